"""Parliament is dissolved: letters to MPs wait for a person, and each writer is told once, with their own text.

From the dissolution until the election nobody is a Member of Parliament:
https://sencanada.ca/en/sencaplus/how-why/what-is-dissolution-of-parliament/ . Lifting the switch lets none of these
letters leave: who sits after the election may be somebody else, so a person decides about each.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from actions.letters.compose import from_rows
from actions.letters.models import Letter, LetterDelivery
from actions.letters.queueing import delivery_to, tell_trouble
from actions.letters.states import HeldReason
from actions.letters.switches import current_switches
from actions.outbox.dispatch import RELEASED
from actions.outbox.states import DispatchState

# What waits for a working address would leave by itself, too.
WAITS = Q(state=DispatchState.QUEUED) | Q(state=DispatchState.HELD, held_reason=HeldReason.DEAD_ADDRESS)


def hold_while_dissolved(now: datetime) -> None:
    """The periodic job: hold every letter to an MP that waits in the queue."""
    hold_letters_to_mps(LetterDelivery.objects.all(), now)


def hold_letters_to_mps(deliveries: QuerySet[LetterDelivery], now: datetime) -> int:
    """While Parliament is dissolved, hold what waits to leave for an MP and return how many were; else do nothing.

    One transaction each: what a worker has in hand finishes first, and an unreadable row stops no other.
    """
    if not current_switches().is_parliament_dissolved:
        return 0
    waiting = deliveries.filter(WAITS, representative__isnull=False)
    return sum(_hold(pk, now) for pk in list(waiting.order_by("pk").values_list("pk", flat=True)))


def tell_like_others(letter: Letter) -> None:
    """While Parliament is dissolved, tell the writer of a letter in doubt what the writer of any other one is told.

    It waits for a person as theirs do. Without the mail, and the page that goes with it, a stranger could find out
    which letters we doubt.
    """
    if not current_switches().is_parliament_dissolved:
        return
    for person in from_rows(letter.addressees):
        if person.is_mp:
            tell_trouble(letter, reason=HeldReason.DISSOLVED, delivery=delivery_to(letter, person))


def _hold(pk: int, now: datetime) -> bool:
    with transaction.atomic():
        row = LetterDelivery.objects.select_for_update().filter(WAITS, pk=pk).first()
        if row is None:
            return False
        LetterDelivery.objects.filter(pk=pk).update(
            state=DispatchState.HELD, held_reason=HeldReason.DISSOLVED, settled_at=now, **RELEASED
        )
        tell_trouble(row.letter, reason=HeldReason.DISSOLVED, delivery=row)
    return True
