"""All signatures of one mailbox, however its address is written, without reading anybody's."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db.models import Q

from actions.petitions.models import Signature
from actions.petitions.petition_models import KEY_OWNER
from actions.petitions.signature_models import PERSONAL_COLUMNS
from actions.privacy.access import record_access
from actions.privacy.addresses import RULES_VERSIONS
from actions.privacy.fingerprints import email_fingerprint
from actions.privacy.record_keys import live_record_keys

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

    Staff = AbstractBaseUser | AnonymousUser

MAY_FIND = "actions.find_signature"
KEYS_AT_ONCE = 100


def signatures_of(email: str) -> Iterator[Signature]:
    """Yield every signature of the mailbox, under each petition's own key and by each version of the rules.

    One query for a hundred fingerprints. Raises ValueError when it is no address.
    """
    wanted = [
        Q(petition_id=petition_id, email_fingerprint=fingerprint)
        for petition_id, key in live_record_keys(KEY_OWNER)
        for fingerprint in {email_fingerprint(key, email, rules_version=version) for version in RULES_VERSIONS}
    ]
    for start in range(0, len(wanted), KEYS_AT_ONCE):
        yield from Signature.objects.filter(reduce(or_, wanted[start : start + KEYS_AT_ONCE])).order_by("pk")


def look_up(*, email: str, reason: str, user: Staff) -> list[Signature]:
    """Return the mailbox's signatures by their plain columns, and put on record that somebody looked, not for whom."""
    pks = [row.pk for row in signatures_of(email)]
    rows = Signature.objects.filter(pk__in=pks).select_related("petition", "riding").defer(*PERSONAL_COLUMNS)
    found = list(rows.order_by("-pk"))
    record_access(user=user, verb="find", subject="signatures of one person", reason=reason, count=len(found))
    return found
