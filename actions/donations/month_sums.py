"""What was given, month by month in the organisation's own time zone, and for what.

Money given back counts in the month in which it was given back, so that a closed month stays closed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, IntegerField, Q, QuerySet, Sum, Value
from django.utils import timezone

from actions.donations import gateway
from actions.donations.models import Appeal, Dispute, Payment, Refund
from actions.donations.states import Frequency, RefundState, Source

MONTHS = 13  # this one and the same of last year among them
LOST = ("lost", "charge_refunded")
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
    """What an appeal brought in a year: payments, cents given and cents given back of them since."""

    appeal: Appeal
    count: int
    given_cents: int
    refunded_cents: int

    @property
    def kept_cents(self) -> int:
        return self.given_cents - self.refunded_cents


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
    """All payments that count: real money, or test money where only that can be."""
    return Payment.objects.exclude(source=Source.STRIPE, livemode=not gateway.is_live())


def sums_by_month(months: list[date]) -> list[Month]:
    """Return each month's sums; three queries, each of one index range per month."""
    card = Q(source=Source.STRIPE)
    paid = _by_month(
        payments(), "paid_at", months,
        count=Count("pk"),
        once_cents=_cents(card & Q(donation__frequency=Frequency.ONE_TIME)),
        monthly_cents=_cents(card & Q(donation__frequency=Frequency.MONTHLY)),
        offline_cents=_cents(~card),
        fees_cents=Sum("fee_cents", default=0),
    )  # fmt: skip
    back = Refund.objects.filter(payment__in=payments(), status__in=GONE)
    refunded = _by_month(back, "created_at", months, refunded_cents=Sum("amount_cents", default=0))
    lost = Dispute.objects.filter(payment__in=payments(), status__in=(*LOST, *Dispute.OPEN))
    disputed = _by_month(lost, "created_at", months, disputed_cents=Sum("amount_cents", default=0))
    return [
        Month(on=month, **paid.get(place, {}), **refunded.get(place, {}), **disputed.get(place, {}))
        for place, month in enumerate(months)
    ]


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
    """Return what each appeal brought in a year, the most first."""
    start, end = bounds(date(year, 1, 1))[0], bounds(date(year, 12, 1))[1]
    rows = payments().filter(paid_at__gte=start, paid_at__lt=end).order_by().values_list("donation__appeal")
    found = rows.annotate(count=Count("pk"), given=Sum("amount_cents"), back=Sum("refunded_cents"))
    appeals = Appeal.objects.select_related("campaign").in_bulk([pk for pk, *_sums in found])
    sums = [AppealSum(appeals[pk], count, given, back) for pk, count, given, back in found]
    return sorted(sums, key=lambda one: (-one.given_cents, one.appeal.name))
