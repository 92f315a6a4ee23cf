"""Counting: one delta for each signature more or less, added up by the worker a moment later.

``add_up`` locks the tally, adds and deletes in one transaction, so any number of workers count each delta once; a
worker that dies in between has done nothing. The signer's own transaction only inserts a row and waits for nobody.

The number is told at once, its parts by place ten changes at a time: who watched both, and the names of those who asked
to be shown, would else read in which riding the name that has just come lives.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Aggregate, Count, F, OuterRef, QuerySet, Subquery, Sum
from django.utils import timezone

from actions.petitions.models import DayTally, GoalReached, Petition, RidingTally, Signature, Tally, TallyDelta
from actions.petitions.numbers import SMALL_CELL
from actions.petitions.states import Place, SignatureState

log = logging.getLogger(__name__)

ADDED_AT_ONCE = 2_000
UNTOLD = ("untold", "untold_confirmed", "untold_abroad", "untold_ridings")


def count(signature: Signature, change: int) -> None:
    """Note one signature more (1) or less (-1), in the caller's transaction."""
    TallyDelta.objects.create(
        petition_id=signature.petition_id,
        riding_id=signature.riding_id,
        is_abroad=signature.place == Place.ABROAD,
        change=change,
    )


def count_many(petition_id: int, signatures: Iterable[Signature], sign: int) -> None:
    """Note many signatures more (``sign`` 1) or less (-1), one delta for each riding, in the caller's transaction.

    The caller says which of them are in the number, so that nothing is taken back that was never counted.
    """
    numbers = Counter((one.riding_id, one.place == Place.ABROAD) for one in signatures)
    TallyDelta.objects.bulk_create(
        TallyDelta(petition_id=petition_id, riding_id=riding, is_abroad=is_abroad, change=sign * number)
        for (riding, is_abroad), number in numbers.items()
    )


def add_up_all(now: datetime) -> bool:
    """Add up what waits, of every petition; returns whether there was anything. One query where there is not."""
    waiting = list(TallyDelta.objects.order_by().values_list("petition_id", flat=True).distinct())
    return sum(add_up(petition_id=pk, now=now) for pk in waiting) > 0


def add_up(*, petition_id: int, now: datetime) -> int:
    """Add what waits to the petition's numbers and return how many deltas that were.

    The rows are read after the lock is held and deleted by their own numbers, so a row that another transaction commits
    meanwhile is neither lost nor counted twice.
    """
    Tally.objects.get_or_create(petition_id=petition_id)
    with transaction.atomic():
        tally = Tally.objects.select_for_update().select_related(None).get(petition_id=petition_id)
        deltas = list(TallyDelta.objects.filter(petition_id=petition_id).order_by("pk")[:ADDED_AT_ONCE])
        if not deltas:
            return 0
        _add_ridings(petition_id, deltas)
        _add_days(petition_id, deltas)
        _add(tally, deltas)
        tally.counted_at = now
        tally.save(update_fields=["confirmed", "abroad", "ridings", "counted_at", *UNTOLD])
        TallyDelta.objects.filter(pk__in=[delta.pk for delta in deltas]).delete()
        note_goals(petition_id=petition_id, confirmed=tally.confirmed, now=now)
        return len(deltas)


def _add(tally: Tally, deltas: Sequence[TallyDelta]) -> None:
    """Add to the locked tally, and tell all parts once at least ten changes have come together."""
    rows = RidingTally.objects.filter(petition_id=tally.petition_id)
    change, change_abroad = (sum(one.change for one in part) for part in (deltas, [d for d in deltas if d.is_abroad]))
    ridings = rows.filter(confirmed__gt=0).count()
    changes = tally.untold + sum(abs(delta.change) for delta in deltas)
    if changes < SMALL_CELL:
        tally.untold = changes
        tally.untold_confirmed += change
        tally.untold_abroad += change_abroad
        tally.untold_ridings += ridings - tally.ridings
    else:
        tally.untold = tally.untold_confirmed = tally.untold_abroad = tally.untold_ridings = 0
        rows.exclude(untold=0).update(untold=0)
    tally.confirmed += change
    tally.abroad += change_abroad
    tally.ridings = ridings


def _add_ridings(petition_id: int, deltas: Iterable[TallyDelta]) -> None:
    changes: Counter[int] = Counter()
    for delta in deltas:
        if delta.riding_id is not None:
            changes[delta.riding_id] += delta.change
    rows = RidingTally.objects.filter(petition_id=petition_id)
    known = set(rows.filter(riding__in=changes).values_list("riding_id", flat=True))
    RidingTally.objects.bulk_create(
        RidingTally(petition_id=petition_id, riding_id=riding) for riding in changes if riding not in known
    )
    for change in {number for number in changes.values() if number}:
        ridings = [riding for riding, number in changes.items() if number == change]
        rows.filter(riding__in=ridings).update(confirmed=F("confirmed") + change, untold=F("untold") + change)


def _add_days(petition_id: int, deltas: Iterable[TallyDelta]) -> None:
    """The tally's lock is held, so nobody else makes the same day's row."""
    changes: Counter[date] = Counter()
    for delta in deltas:
        changes[timezone.localdate(delta.created_at)] += delta.change
    for day, change in changes.items():
        rows = DayTally.objects.filter(petition_id=petition_id, on=day)
        if not rows.update(change=F("change") + change):
            DayTally.objects.create(petition_id=petition_id, on=day, change=change)


def note_goals(*, petition_id: int, confirmed: int, now: datetime) -> None:
    """Note the goals that are reached now, and forget those that the number has fallen below."""
    petition = Petition.objects.get(pk=petition_id)
    reached = petition.goals_reached(confirmed)
    rows = GoalReached.objects.filter(petition_id=petition_id)
    noted = set(rows.values_list("number", flat=True))
    rows.filter(number__gt=confirmed).delete()
    GoalReached.objects.bulk_create(
        GoalReached(petition_id=petition_id, number=goal, reached_at=now) for goal in reached if goal not in noted
    )


def check_drift(now: datetime) -> None:
    """Compare each open number with the signatures themselves and report what differs; nothing is ever mended here.

    What is not added up yet belongs to the number. A frozen number is never looked at again: its rows may have gone.
    """
    for petition in Petition.objects.filter(tally__isnull=False):
        if petition.is_frozen(now):
            continue
        drift = drift_of(petition.pk)
        tallies = Tally.objects.filter(petition=petition)
        if not drift:
            tallies.exclude(drift=None).update(drift=None, drift_found_at=None)
            continue
        log.error("the count of petition %s is off by %+d", petition.pk, drift)
        tallies.filter(drift=None).update(drift_found_at=now)
        tallies.update(drift=drift)


def drift_of(petition_id: int) -> int:
    """Counted minus signed; where only the ridings are off, by how much they are in all. 0 when all agree.

    One statement, so that both databases look at one moment: a signature confirmed meanwhile is in all parts or none.
    """
    signed = Signature.objects.filter(petition=OuterRef("pk"), state=SignatureState.CONFIRMED)
    waiting = TallyDelta.objects.filter(petition=OuterRef("pk"))
    ridings = RidingTally.objects.filter(petition=OuterRef("pk"))
    parts = {
        "signed": _one(signed, Count("pk")),
        "placed": _one(signed.filter(riding__isnull=False), Count("pk")),
        "waiting": _one(waiting, Sum("change")),
        "waiting_placed": _one(waiting.filter(riding__isnull=False), Sum("change")),
        "by_riding": _one(ridings, Sum("confirmed")),
    }
    row = Petition.objects.filter(pk=petition_id).annotate(**parts).values("tally__confirmed", *parts).get()
    found = {name: number or 0 for name, number in row.items()}
    total = found["tally__confirmed"] + found["waiting"] - found["signed"]
    return total or found["by_riding"] + found["waiting_placed"] - found["placed"]


def _one(rows: QuerySet[Any], number: Aggregate) -> Subquery:
    """Return an aggregate of the rows of one petition as a subquery."""
    return Subquery(rows.order_by().values("petition").annotate(number=number).values("number"))
