"""How one letter campaign goes, in numbers: grouped by the database, a few queries each, read from indexes alone."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import CharField, Count, F, QuerySet, Value

from actions.letters.models import Letter, LetterCampaign, LetterDelivery
from actions.letters.states import HeldReason, LetterState
from actions.outbox.states import LEFT_STATES, DispatchState

OTTAWA = ZoneInfo("America/Toronto")
MOST_DAYS, FEWEST_DAYS = 30, 7


@dataclass(frozen=True)
class Numbers:
    """``letters`` counts what supporters wrote, by LetterState; ``deliveries`` each letter to each person, by state.

    ``held_confirmed`` of the held letters were confirmed by their writers: they count as confirmed, and wait for a
    person. What a writer took back counts nowhere but in ``taken_back``. ``oldest_waiting_at`` (UTC) is since when the
    delivery waits that has waited longest.
    """

    letters: Counter[str]
    held_confirmed: int
    deliveries: Counter[str]
    taken_back: int
    oldest_waiting_at: datetime | None

    @property
    def confirmed(self) -> int:
        return self.letters[LetterState.CONFIRMED] + self.held_confirmed

    @property
    def held_unconfirmed(self) -> int:
        return self.letters[LetterState.HELD] - self.held_confirmed

    @property
    def all_deliveries(self) -> int:
        return self.deliveries.total()

    @property
    def waiting(self) -> int:
        return self.deliveries[DispatchState.QUEUED] + self.deliveries[DispatchState.SENDING]


@dataclass(frozen=True)
class Day:
    """One day in Ottawa: deliveries made by confirmed letters, handed over for good, and failed.

    A letter that was held after its writer confirmed it makes its deliveries on the day a person lets it go.
    """

    on: date
    confirmed: int = 0
    sent: int = 0
    failed: int = 0


def numbers_of(letter_campaign: LetterCampaign) -> Numbers:
    deliveries = deliveries_of(letter_campaign)
    by_state = counted(deliveries, "state")
    taken_back = taken_back_of(deliveries).count()
    by_state[DispatchState.FAILED] -= taken_back
    waiting = deliveries.filter(state=DispatchState.QUEUED).order_by("created_at")
    letters = Letter.objects.filter(letter_campaign=letter_campaign)
    return Numbers(
        letters=counted(letters, "state"),
        held_confirmed=letters.filter(state=LetterState.HELD).exclude(confirmed_at=None).count(),
        deliveries=by_state,
        taken_back=taken_back,
        oldest_waiting_at=waiting.values_list("created_at", flat=True).first(),
    )


def deliveries_of(letter_campaign: LetterCampaign) -> QuerySet[LetterDelivery]:
    return LetterDelivery.objects.filter(letter_campaign=letter_campaign)


def taken_back_of(deliveries: QuerySet[LetterDelivery]) -> QuerySet[LetterDelivery]:
    return deliveries.filter(state=DispatchState.FAILED, held_reason=HeldReason.WITHDRAWN)


def counted(rows: QuerySet[Any], column: str) -> Counter[Any]:
    return Counter(dict(rows.order_by().values_list(column).annotate(count=Count("pk"))))


def letters_by_riding(letter_campaign: LetterCampaign) -> Counter[int]:
    """Return how many letters that were passed on came from each riding, by its federal number; none that is held."""
    confirmed = Letter.objects.filter(letter_campaign=letter_campaign, state=LetterState.CONFIRMED)
    return counted(confirmed.exclude(riding=None), "riding")


def days_of(letter_campaign: LetterCampaign, now: datetime) -> list[Day]:
    """Return the campaign's days up to ``now`` (UTC) or to its last event, at least a week and at most thirty days."""
    deliveries = deliveries_of(letter_campaign)
    first, last = _span(letter_campaign, deliveries, now)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    confirmed = _by_day(deliveries, "created_at", days)
    settled = _by_day(deliveries, "settled_at", days, by="state")
    taken_back = _by_day(taken_back_of(deliveries), "settled_at", days)
    return [
        Day(
            on=day,
            confirmed=confirmed[day, ""],
            sent=sum(settled[day, state] for state in LEFT_STATES),
            failed=settled[day, DispatchState.FAILED] - taken_back[day, ""],
        )
        for day in days
    ]


def _span(letter_campaign: LetterCampaign, deliveries: QuerySet[Any], now: datetime) -> tuple[date, date]:
    oldest = deliveries.order_by("created_at").values_list("created_at", flat=True).first()
    last = ottawa_day(now)
    if letter_campaign.is_over(now) and oldest is not None:
        newest = deliveries.order_by("-created_at").values_list("created_at", flat=True).first()
        settled = deliveries.exclude(settled_at=None).order_by("-settled_at").values_list("settled_at", flat=True)
        last = min(last, ottawa_day(max(filter(None, (newest, settled.first())))))
    begun = ottawa_day(oldest) if oldest is not None else last
    return max(last - timedelta(days=MOST_DAYS - 1), min(begun, last - timedelta(days=FEWEST_DAYS - 1))), last


def ottawa_day(moment: datetime) -> date:
    return moment.astimezone(OTTAWA).date()


def _by_day(rows: QuerySet[Any], column: str, days: list[date], *, by: str = "") -> Counter[tuple[date, str]]:
    """Count per day in Ottawa, and per value of ``by`` if given, in one query of one index range for each day.

    Grouping by the day itself would have the database look at each row's clock: on SQLite, call Python for each row.
    """
    ranges = []
    for place, day in enumerate(days):
        start, end = (datetime.combine(one, time(), OTTAWA) for one in (day, day + timedelta(days=1)))
        inside = rows.filter(**{f"{column}__gte": start, f"{column}__lt": end}).order_by()
        value = F(by) if by else Value("", CharField())
        ranges.append(inside.values_list(Value(place), value).annotate(count=Count("pk")))
    found = ranges[0].union(*ranges[1:], all=True)
    return Counter({(days[place], value): count for place, value, count in found})
