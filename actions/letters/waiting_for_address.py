"""Letters that wait because their recipient's address does not work, and how they leave again."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Count, Q
from django.db.models.functions import Lower
from django.utils import timezone

from actions.letters.models import LetterDelivery
from actions.letters.queueing import pace_key_of
from actions.letters.states import HeldReason
from actions.outbox.dispatch import RELEASED
from actions.outbox.states import DispatchState
from actions.privacy.access import record_access
from actions.representatives import dead_addresses
from actions.representatives.models import Recipient, Representative

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser


HELD_FOR_IT = {"state": DispatchState.HELD, "held_reason": HeldReason.DEAD_ADDRESS}


def waiting_counts(addresses: list[str]) -> dict[str, int]:
    """Return how many letters wait for each address (in small letters): held for it, or queued and about to be."""
    waiting = LetterDelivery.objects.filter(Q(**HELD_FOR_IT) | Q(state=DispatchState.QUEUED))
    rows = waiting.annotate(inbox=Lower("recipient_email")).filter(inbox__in=addresses)
    return dict(rows.order_by().values_list("inbox").annotate(number=Count("pk")))


def say_it_works(*, trouble_id: int, user: AbstractBaseUser | AnonymousUser | None) -> bool:
    """A person says that an address works: its letters leave again. False when somebody was faster.

    Raises AddressTrouble.DoesNotExist.
    """
    now = timezone.now()
    with transaction.atomic():
        if not dead_addresses.close(trouble_id=trouble_id, now=now):
            return False
        released = release_waiting(now)
        record_access(user=user, verb="decide", subject=f"address {trouble_id}", reason="address works", count=released)
    return True


def release_corrected(now: datetime) -> None:
    """Close the troubles of addresses that nobody has any more, and let go what waits for none that is dead."""
    dead_addresses.close_corrected(now)
    release_waiting(now)


def release_waiting(now: datetime) -> int:
    """Queue again what is held for an address that works, at the person's address of today; returns the number.

    Before each letter leaves it is checked again whether the person still holds the seat or the office.
    """
    dead = list(dead_addresses.open_troubles().values_list("address", flat=True))
    held = LetterDelivery.objects.filter(**HELD_FOR_IT).annotate(inbox=Lower("recipient_email"))
    to_whom = (
        held.exclude(inbox__in=dead)
        .order_by()
        .values_list("representative_id", "recipient_id", "recipient_email")
        .distinct()
    )
    return sum(_release(*one, now=now) for one in list(to_whom))


def _release(representative_id: int | None, recipient_id: int | None, address: str, *, now: datetime) -> int:
    columns: dict[str, Any] = {"state": DispatchState.QUEUED, "held_reason": "", "settled_at": None, **RELEASED}
    columns |= {"next_attempt_at": now, "attempts": 0}
    if today := _address_today(representative_id, recipient_id):
        columns |= {"recipient_email": today, "pace_key": pace_key_of(today)}
    theirs = Q(representative=representative_id, recipient=recipient_id, recipient_email=address)
    return LetterDelivery.objects.filter(theirs, **HELD_FOR_IT).update(**columns)


def _address_today(representative_id: int | None, recipient_id: int | None) -> str:
    """Return the person's address while they are in office, else ""."""
    if representative_id is not None:
        sitting = Representative.objects.filter(pk=representative_id, is_current=True)
        return sitting.values_list("email", flat=True).first() or ""
    return Recipient.objects.filter(pk=recipient_id or 0, is_active=True).values_list("email", flat=True).first() or ""
