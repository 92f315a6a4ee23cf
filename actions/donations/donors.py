"""Recognising a donor: all gifts of one mailbox, under each appeal's own key."""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from actions.donations.appeal_models import KEY_OWNER
from actions.donations.models import Donation
from actions.donations.modes import counted
from actions.donations.states import GIVEN
from actions.privacy.fingerprints import email_fingerprint
from actions.privacy.record_keys import live_record_keys

Keys = list[tuple[int, bytes]]


def donor_keys() -> Keys:
    """Return the key of each appeal, for asking about many donors in a row."""
    return list(live_record_keys(KEY_OWNER))


def gifts_of(email: str, *, keys: Keys | None = None) -> QuerySet[Donation]:
    """Return what was given from a mailbox, in one query for all appeals; nothing for what is no address.

    Gifts in the mode that does not count are left out: test payments are no gifts.
    """
    try:
        marks = [
            Q(appeal_id=owner_id, email_fingerprint=email_fingerprint(key, email))
            for owner_id, key in (donor_keys() if keys is None else keys)
        ]
    except ValueError:
        marks = []
    found = Donation.objects.filter(reduce(or_, marks, Q(pk__in=[])), state__in=GIVEN)
    return counted(found)
