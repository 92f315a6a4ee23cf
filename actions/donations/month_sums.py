"""What was given, month by month in the organisation's own time zone, and for what.

Money given back counts in the month in which it was given back, and what comes back to us (a refund that failed, a
dispute that was won) in the month in which it came back, so that a closed month stays closed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, IntegerField, Q, QuerySet, Sum, Value
from django.utils import timezone

from actions.donations.models import Appeal, DisputeEntry, Payment, Refund
from actions.donations.modes import counted
from actions.donations.states import Frequency, RefundState, Source

MONTHS = 13  # this one and the same of last year among them
GONE = (RefundState.PENDING, RefundState.REQUIRES_ACTION, RefundState.SUCCEEDED)


@dataclass(frozen=True)
class Month:
    """Sums in cents; ``fees_cents`` as Stripe has booked them so far, ``offline_cents`` came another way."""

    on: date
    count: int = 0
    once_cents: int = 0
    monthly_cents: int = 0
    offline_cents: int = 0
    fees_cents: int = 0
    refunded_cents: int = 0
    disputed_cents: int = 0

    @property
    def given_cents(self) -> int:
        return self.once_cents + self.monthly_cents + self.offline_cents

    @property
    def kept_cents(self) -> int:
        """What is left for the work."""
        return self.given_cents - self.fees_cents - self.refunded_cents - self.disputed_cents


@dataclass(frozen=True)
class AppealSum:
    """What an appeal brought in a year: payments, and cents given, given back and lost to disputes in that year."""

    appeal: Appeal
    count: int = 0
    given_cents: int = 0
    refunded_cents: int = 0
    disputed_cents: int = 0

    @property
    def kept_cents(self) -> int:
        """What is left, before fees."""
        return self.given_cents - self.refunded_cents - self.disputed_cents


def months_until(today: date, number: int = MONTHS) -> list[date]:
    """Return the first days of the last ``number`` months, the oldest first."""
    last = today.year * 12 + today.month - 1
    return [date(month // 12, month % 12 + 1, 1) for month in range(last - number + 1, last + 1)]


def bounds(first: date) -> tuple[datetime, datetime]:
    """Return when the month begins and ends (UTC-aware), by the organisation's clocks."""
    after = (first + timedelta(days=31)).replace(day=1)
    start, end = (timezone.make_aware(datetime(day.year, day.month, 1)) for day in (first, after))
    return start, end


def payments() -> QuerySet[Payment]:
    """All payments that count."""
    return counted(Payment.objects.all())


def given_back() -> QuerySet[Refund]:
    """All refunds of payments that count; those that failed later too, but not those of which no money is known."""
    return Refund.objects.filter(Q(status__in=GONE) | Q(undone_at__isnull=False), payment__in=payments())


def undone() -> QuerySet[Refund]:
    """All refunds of payments that count which came back to us, by ``undone_at``."""
    return Refund.objects.filter(undone_at__isnull=False, payment__in=payments())


def disputed() -> QuerySet[DisputeEntry]:
    """All that disputes of payments that count took (negative) and gave back."""
    return DisputeEntry.objects.filter(dispute__payment__in=payments())


def sums_by_month(months: list[date]) -> list[Month]:
    """Return each month's sums; five queries, each of one range of days per month."""
    card = Q(source=Source.STRIPE)
    sums = {
        "count": Count("pk"),
        "once_cents": _cents(card & Q(donation__frequency=Frequency.ONE_TIME)),
        "monthly_cents": _cents(card & Q(donation__frequency=Frequency.MONTHLY)),
        "offline_cents": _cents(~card),
        "fees_cents": Sum("fee_cents", default=0),
    }
    paid = _by_month(payments().filter(booked_at=None), "paid_at", months, **sums)
    booked = _by_month(payments(), "booked_at", months, **sums)
    refunded = _by_month(given_back(), "created_at", months, refunded_cents=Sum("amount_cents", default=0))
    came_back = _by_month(undone(), "undone_at", months, refunded_cents=-Sum("amount_cents", default=0))
    moved = _by_month(disputed(), "moved_at", months, disputed_cents=-Sum("amount_cents", default=0))
    return [
        Month(on=month, **added_up(part.get(place, {}) for part in (paid, booked, refunded, came_back, moved)))
        for place, month in enumerate(months)
    ]


def added_up(parts: Iterable[dict[str, int]]) -> dict[str, int]:
    """Return the sums of several parts, name by name."""
    total: Counter[str] = Counter()
    for part in parts:
        for name, cents in part.items():
            total[name] += cents
    return dict(total)


def _cents(which: Q) -> Sum:
    return Sum("amount_cents", filter=which, default=0)


def _by_month(rows: QuerySet[Any], column: str, months: list[date], **sums: Any) -> dict[int, dict[str, int]]:
    """Add up per month in one query. Grouping by the month itself would have the database look at each row's clock."""
    ranges = []
    for place, month in enumerate(months):
        start, end = bounds(month)
        inside = rows.filter(**{f"{column}__gte": start, f"{column}__lt": end}).order_by()
        marked = inside.annotate(place=Value(place, IntegerField())).values("place")
        ranges.append(marked.annotate(**sums).values_list("place", *sums))
    found = ranges[0].union(*ranges[1:], all=True)
    return {place: dict(zip(sums, values, strict=True)) for place, *values in found}


def years(today: date) -> list[int]:
    """Return the years with payments, this one first."""
    oldest = payments().order_by("paid_at").values_list("paid_at", flat=True).first()
    first = timezone.localtime(oldest).year if oldest else today.year
    return list(range(today.year, first - 1, -1))


def sums_by_appeal(year: int) -> list[AppealSum]:
    """Return what each appeal brought in a year, the most first; each sum in the year in which it moved."""
    found: dict[int, dict[str, int]] = {}
    of_payment = "payment__donation__appeal"
    given = {"count": Count("pk"), "given_cents": Sum("amount_cents")}
    for rows, column, path, sums in (
        (payments().filter(booked_at=None), "paid_at", "donation__appeal", given),
        (payments(), "booked_at", "donation__appeal", given),
        (given_back(), "created_at", of_payment, {"refunded_cents": Sum("amount_cents")}),
        (undone(), "undone_at", of_payment, {"refunded_cents": -Sum("amount_cents")}),
        (disputed(), "moved_at", f"dispute__{of_payment}", {"disputed_cents": -Sum("amount_cents")}),
    ):
        for pk, *values in _in_year(rows, column, year).values_list(path).annotate(**sums):
            found[pk] = added_up((found.get(pk, {}), dict(zip(sums, values, strict=True))))
    appeals = Appeal.objects.select_related("campaign").in_bulk(list(found))
    return sorted((AppealSum(appeals[pk], **sums) for pk, sums in found.items()), key=_most_first)


def _in_year(rows: QuerySet[Any], column: str, year: int) -> QuerySet[Any]:
    start, end = bounds(date(year, 1, 1))[0], bounds(date(year, 12, 1))[1]
    return rows.filter(**{f"{column}__gte": start, f"{column}__lt": end}).order_by()


def _most_first(one: AppealSum) -> tuple[int, str]:
    return -one.given_cents, one.appeal.name
