"""What a deposit on our bank account is made of: gifts - fees - refunds - disputes = deposit, to the cent.

A payout's lines are Stripe's own bookings. Each is put into one column by its kind, none is left out, and what does not
add up is shown and not hidden: https://docs.stripe.com/reports/balance-transaction-types
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from actions.donations.models import Payment, Payout, PayoutLine, Refund
from actions.donations.modes import counts_live

GIFTS = ("charge", "payment")
REFUNDS = ("refund", "payment_refund", "refund_failure", "payment_failure_refund")
FEES = ("stripe_fee", "tax_fee")
DISPUTES = ("adjustment",)


@dataclass(frozen=True)
class Sums:
    """Columns in cents; each has the sign with which it goes into the deposit."""

    count: int = 0
    gifts_cents: int = 0
    fees_cents: int = 0
    refunds_cents: int = 0
    disputes_cents: int = 0
    other_cents: int = 0
    deposit_cents: int = 0

    @property
    def difference_cents(self) -> int:
        """What the deposit holds and its lines do not explain; zero when all is well."""
        parts = self.gifts_cents + self.fees_cents + self.refunds_cents + self.disputes_cents + self.other_cents
        return self.deposit_cents - parts

    def plus(self, other: Sums) -> Sums:
        return Sums(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))


@dataclass(frozen=True)
class Entry:
    """One line of a deposit; ``donation_id`` is the gift it belongs to, None for what is not of this site."""

    line: PayoutLine
    donation_id: int | None = None


@dataclass
class Deposit:
    """One payout with its sums."""

    payout: Payout
    sums: Sums
    entries: list[Entry] = field(default_factory=list)


def payouts_in(year: int, month: int) -> QuerySet[Payout]:
    """Return the payouts that reached the bank in a month, oldest first; failed ones stay in sight."""
    first = date(year, month, 1)
    end = (first + timedelta(days=31)).replace(day=1)
    rows = Payout.objects.filter(arrives_on__gte=first, arrives_on__lt=end, livemode=counts_live())
    return rows.order_by("arrives_on", "pk")


def deposits_of(payouts: Iterable[Payout]) -> list[Deposit]:
    """Return each payout with its sums, added up by the database: one query for all."""
    found = list(payouts)
    rows = (
        PayoutLine.objects.filter(payout__in=found)
        .order_by()
        .values_list("payout")
        .annotate(
            count=Count("pk", filter=Q(kind__in=GIFTS)),
            gifts=_amounts(Q(kind__in=GIFTS)),
            fees=_amounts(Q(kind__in=FEES)) - Sum("fee_cents"),
            refunds=_amounts(Q(kind__in=REFUNDS)),
            disputes=_amounts(Q(kind__in=DISPUTES)),
            other=_amounts(~Q(kind__in=(*GIFTS, *REFUNDS, *DISPUTES, *FEES))),
        )
    )
    by_payout: dict[int, list[int]] = {row[0]: list(row[1:]) for row in rows}
    return [Deposit(one, replace(Sums(*by_payout.get(one.pk, [])), deposit_cents=one.amount_cents)) for one in found]


def _amounts(which: Q) -> Sum:
    return Sum("amount_cents", filter=which, default=0)


def total_of(deposits: Iterable[Deposit]) -> Sums:
    """Return the sums of those that arrived or are on their way; what a bank sent back is no deposit."""
    total = Sums()
    for deposit in deposits:
        if deposit.payout.status not in ("failed", "canceled"):
            total = total.plus(deposit.sums)
    return total


def deposit_of(payout: Payout) -> Deposit:
    """Return one payout with its sums and each of its lines."""
    (deposit,) = deposits_of([payout])
    lines = list(payout.lines.order_by("kind", "pk"))
    numbers = [line.source_id for line in lines]
    gifts = dict(Payment.objects.filter(charge_id__in=numbers).values_list("charge_id", "donation_id"))
    gifts |= dict(Refund.objects.filter(refund_id__in=numbers).values_list("refund_id", "payment__donation_id"))
    gifts |= dict(
        Payment.objects.filter(disputes__dispute_id__in=numbers).values_list("disputes__dispute_id", "donation_id")
    )
    deposit.entries = [Entry(line, gifts.get(line.source_id)) for line in lines]
    return deposit


def not_paid_out(year: int, month: int) -> tuple[int, int]:
    """Return how many payments by card up to the month's end wait for their deposit, and their net sum in cents."""
    end = (date(year, month, 1) + timedelta(days=31)).replace(day=1)
    rows = Payment.objects.filter(payout=None, livemode=counts_live()).exclude(charge_id=None)
    rows = rows.filter(paid_at__lt=timezone.make_aware(datetime(end.year, end.month, 1)))
    found = rows.aggregate(count=Count("pk"), cents=Sum("net_cents", default=0))
    return found["count"], found["cents"]
