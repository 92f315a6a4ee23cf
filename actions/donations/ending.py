"""Ending somebody's monthly gift, asked for by staff: on record first, then at Stripe, then in our books.

Ending twice is ending once, so nothing needs a key: whatever dies in between, the same button does the rest, and what
Stripe did without our hearing of it comes by webhook or is found within the hour.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from actions.donations import gateway
from actions.donations.gateway import Refused, StripeTrouble
from actions.donations.models import Donation
from actions.donations.processing import about_subscription
from actions.donations.states import DonationState
from actions.privacy.access import record_access
from actions.privacy.models import AccessLog

if TYPE_CHECKING:
    from django.contrib.auth.models import User

VERB = "end-gift"


class CannotEnd(Exception):
    """There is no monthly gift that runs."""


@dataclass(frozen=True)
class EndOrder:
    """Which gift staff want ended; ``attempt`` is the form's own, ``reason`` stands in the access log."""

    donation_id: int
    reason: str
    attempt: uuid.UUID


def can_be_ended(donation: Donation) -> bool:
    return donation.is_running and bool(donation.subscription_id)


def end(order: EndOrder, *, user: User) -> bool:
    """End the gift at once; returns whether our books show it already (else they will within the hour).

    The donor is told by mail when the books are written. Raises CannotEnd, Busy or Unavailable when nobody knows: then
    the same order may be given again.
    """
    donation = Donation.objects.get(pk=order.donation_id)
    if donation.state == DonationState.CANCELLED and _is_on_record(order):
        return True
    if not can_be_ended(donation):
        raise CannotEnd
    if not _is_on_record(order):
        record_access(user=user, verb=VERB, subject=_subject(order), reason=order.reason, count=1)
    number, is_refused = str(donation.subscription_id), False
    try:
        gateway.cancel_subscription(number)
    except Refused:  # most often it has ended meanwhile: what Stripe says of it now is written below
        is_refused = True
    return _written(donation, number, is_refused=is_refused)


def _written(donation: Donation, number: str, *, is_refused: bool) -> bool:
    try:
        apply = about_subscription(number)
    except StripeTrouble:
        if is_refused:
            raise
        return False
    with transaction.atomic():
        apply()
    has_ended = not Donation.objects.get(pk=donation.pk).is_running
    if is_refused and not has_ended:
        raise CannotEnd
    return has_ended


def _subject(order: EndOrder) -> str:
    return f"donation {order.donation_id}, {order.attempt.hex[:12]}"


def _is_on_record(order: EndOrder) -> bool:
    return AccessLog.objects.filter(verb=VERB, subject=_subject(order)).exists()
