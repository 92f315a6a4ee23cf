"""A link asked for before we had heard of the payment: it is mailed as soon as we have.

The donors of the last hours are looked for among the wishes, not the other way round: wishes are anybody's, who could
make them by the thousand.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from actions.donations.donor_links import mail_link, wish_key
from actions.donations.donors import donor_keys, gifts_of
from actions.donations.link_models import WISH_KEPT
from actions.donations.models import Donation, DonorLinkWish
from actions.donations.states import GIVEN
from actions.privacy.fingerprints import email_fingerprint


def send_late_links(now: datetime) -> None:
    """Mail the links that have become possible, and forget wishes that are answered or over. The worker's job."""
    DonorLinkWish.objects.filter(is_open=False).delete()
    DonorLinkWish.objects.filter(created_at__lt=now - WISH_KEPT).delete()
    waiting = set(DonorLinkWish.objects.values_list("email_fingerprint", flat=True))
    if not waiting:
        return
    key, keys = wish_key(), donor_keys()
    for donation in _new_donors(now):
        try:
            mark = email_fingerprint(key, donation.email)
        except ValueError:  # what Stripe took for an address is none
            continue
        if mark in waiting:
            waiting.discard(mark)
            newest = gifts_of(donation.email, keys=keys).order_by("-created_at", "-pk").first()
            if newest is not None:
                _answer(mark, newest.pk)


def _new_donors(now: datetime) -> Iterator[Donation]:
    rows = Donation.objects.filter(state__in=GIVEN, erased_at=None, email__isblank=False)
    yield from rows.filter(created_at__gte=now - 2 * WISH_KEPT).order_by("pk")


def _answer(mark: str, donation_id: int) -> None:
    """Mail one link, however often it was asked for; of two workers one does it."""
    with transaction.atomic():
        rows = DonorLinkWish.objects.select_for_update().filter(email_fingerprint=mark).order_by("pk")
        wishes = list(rows)
        if wishes and DonorLinkWish.objects.filter(pk__in=[one.pk for one in wishes]).delete()[0]:
            mail_link(donation_id, email=wishes[-1].email, language=wishes[-1].language)


def wishes_of(email: str) -> Iterator[DonorLinkWish]:
    yield from DonorLinkWish.objects.filter(email_fingerprint=email_fingerprint(wish_key(), email))
