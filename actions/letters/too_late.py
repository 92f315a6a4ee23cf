"""What would come too late is held, and its writer told once, whatever else holds the letters back at that moment."""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat

from actions.letters import emails
from actions.letters.models import Letter, LetterCampaign, LetterDelivery
from actions.letters.queueing import tell_trouble
from actions.letters.states import HeldReason, LetterState
from actions.outbox.dispatch import RELEASED
from actions.outbox.models import OutboxMessage
from actions.outbox.states import DispatchState

log = logging.getLogger(__name__)

# Held deliveries whose writers know already, and the one reason that must stay for a person to see.
LEFT_ALONE = (
    HeldReason.TOO_LATE,
    HeldReason.MP_CHANGED,
    HeldReason.SEAT_FILLED,
    HeldReason.DISSOLVED,
    HeldReason.AFTER_ELECTION,
    HeldReason.WITHDRAWN,
    HeldReason.TEXT_CHANGED,
)
TOLD_LETTERS = (
    HeldReason.TOO_LATE,
    HeldReason.MP_CHANGED,
    HeldReason.SEAT_FILLED,
    HeldReason.DISSOLVED,
    HeldReason.ERROR,
)


def is_too_late(letter_campaign: LetterCampaign, now: datetime) -> bool:
    """Return whether a letter that leaves at ``now`` (UTC) would come too late."""
    return letter_campaign.useless_after is not None and now >= letter_campaign.useless_after


def hold_too_late(now: datetime) -> None:
    """Hold every letter and delivery that has missed its moment; the one that a worker has in hand finishes."""
    waiting = _waiting_deliveries(now).values_list("letter", flat=True)
    for pk in waiting.order_by("letter").distinct():
        _hold_deliveries(pk, now)
    for pk in _untold_letters(now).values_list("pk", flat=True):
        _tell_held(pk)


def _waiting_deliveries(now: datetime) -> QuerySet[LetterDelivery]:
    late = LetterDelivery.objects.filter(letter_campaign__useless_after__lte=now)
    held = late.filter(state=DispatchState.HELD).exclude(held_reason__in=LEFT_ALONE)
    return late.filter(state=DispatchState.QUEUED) | held


def _hold_deliveries(letter_id: int, now: datetime) -> None:
    """Hold what still waits of one letter and tell its writer in one mail whom it did not reach."""
    with transaction.atomic():
        letter = Letter.objects.select_for_update(of=("self",)).select_related("letter_campaign", "riding")
        stored = letter.get(pk=letter_id)
        rows = list(_waiting_deliveries(now).filter(letter=stored).select_for_update(of=("self",)).order_by("pk"))
        LetterDelivery.objects.filter(pk__in=[row.pk for row in rows]).update(
            state=DispatchState.HELD, held_reason=HeldReason.TOO_LATE, settled_at=now, **RELEASED
        )
        if rows and stored.state == LetterState.CONFIRMED:
            tell_trouble(
                stored, reason=HeldReason.TOO_LATE, delivery=rows[0], names=[row.recipient_name for row in rows]
            )


def _untold_letters(now: datetime) -> QuerySet[Letter]:
    """Confirmed letters that still wait for a person to decide; the doubt about them stays on record.

    Who was told that Parliament is dissolved is not told again, as those whose letters are held for it are not.
    """
    start = Concat(Value("letter-trouble:letter:"), Cast(OuterRef("pk"), CharField()), Value(":"))
    keys = [Concat(start, Value(str(reason))) for reason in emails.TOLD_ONCE]
    held = Letter.objects.filter(
        state=LetterState.HELD, letter_campaign__useless_after__lte=now, email__isblank=False
    ).exclude(confirmed_at=None)
    return held.exclude(held_reason__in=TOLD_LETTERS).exclude(Exists(OutboxMessage.objects.filter(dedupe_key__in=keys)))


def _tell_held(letter_id: int) -> None:
    """Tell the writer; a row that cannot be read is marked, so that it is tried and logged once."""
    try:
        with transaction.atomic():
            letter = Letter.objects.select_for_update(of=("self",)).select_related("letter_campaign", "riding")
            emails.send_trouble(letter.get(pk=letter_id, state=LetterState.HELD), reason=HeldReason.TOO_LATE)
    except Letter.DoesNotExist:
        return  # decided a moment ago
    except Exception as error:  # noqa: BLE001 - one bad row must not keep the others from being told
        log.error("writer of letter %s not told: %s", letter_id, type(error).__name__)
        Letter.objects.filter(pk=letter_id, state=LetterState.HELD).update(held_reason=HeldReason.ERROR)
