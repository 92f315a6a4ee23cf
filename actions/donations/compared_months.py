"""One calendar month (UTC) of charges: Stripe's against ours, and what is kept of it until it is compared again.

The sums of our own books are kept beside the result. While they stay as they were, nothing has happened to any charge
of the month that we know of; when they have changed, by a late refund or a hand in the table, it is compared again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from django.db import transaction
from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from actions.donations import gateway
from actions.donations.applying import NOT_OURS
from actions.donations.facts import ChargeFacts
from actions.donations.models import ComparedMonth, Dispute, Payment
from actions.donations.processing import about_charge
from actions.donations.states import PaymentState, Source

MOST_DETAILS = 200


def first_of(moment: datetime) -> date:
    return moment.astimezone(UTC).date().replace(day=1)


def next_month(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def start_of(month: date) -> datetime:
    return datetime(month.year, month.month, 1, tzinfo=UTC)


def all_months() -> list[ComparedMonth]:
    """Return what is kept of each month, the oldest first."""
    return list(ComparedMonth.objects.filter(livemode=gateway.is_live()).order_by("on"))


def months_due(since: datetime, until: datetime, *, whole_since: datetime) -> list[date]:
    """Return the months to compare now, the oldest first.

    All from that of ``whole_since`` on, and of the older ones those never compared, those that differed, those whose
    sums in our books are not what they were, and the one that was compared longest ago.
    """
    kept = {month.on: month for month in all_months()}
    due, quiet = [], []
    month, last = first_of(since), first_of(until)
    while month <= last:
        known = kept.get(month)
        if month >= first_of(whole_since) or known is None or known.difference_cents or known.ledger != sums_of(month):
            due.append(month)
        else:
            quiet.append(known)
        month = next_month(month)
    longest_ago = min(quiet, key=lambda one: (one.compared_at, one.on), default=None)
    return sorted([*due, longest_ago.on] if longest_ago else due)


def payments_of(month: date) -> QuerySet[Payment]:
    rows = Payment.objects.filter(source=Source.STRIPE, livemode=gateway.is_live())
    return rows.filter(paid_at__gte=start_of(month), paid_at__lt=start_of(next_month(month)))


def sums_of(month: date) -> list[int]:
    """Return what our books say of the month: each figure that the comparison looks at, added up."""
    found = payments_of(month).aggregate(
        count=Count("pk"),
        amount=Sum("amount_cents", default=0),
        refunded=Sum("refunded_cents", default=0),
        fee=Sum("fee_cents", default=0),
        net=Sum("net_cents", default=0),
        disputed=Sum("amount_cents", filter=Q(state=PaymentState.DISPUTED), default=0),
    )
    return [found[name] for name in ("count", "amount", "refunded", "fee", "net", "disputed")]


@dataclass
class CompareMonth:
    """Compares one month up to ``until``; ``details`` are (what, Stripe's number, cents), their sizes are added."""

    month: date
    until: datetime
    healed: int = 0
    looked_at: int = 0
    stripe_cents: int = 0
    ledger_cents: int = 0
    ledger: list[int] = field(default_factory=list)
    details: list[tuple[str, str, int]] = field(default_factory=list)

    def compare(self) -> CompareMonth:
        """Ask Stripe, mend what can be mended, and keep the result. Raises StripeTrouble.

        Our sums are read before Stripe is asked: what changes meanwhile makes the month due again.
        """
        self.ledger = sums_of(self.month)
        end = min(start_of(next_month(self.month)), self.until)
        charges = gateway.charges_since(start_of(self.month), end)
        at_stripe = {one.id: one for one in charges if one.is_paid}
        ours = {str(row.charge_id): row for row in self._ours(end)}
        for number, found in at_stripe.items():
            self._one(found, ours.pop(number, None))
        for number, payment in ours.items():
            self.details.append(("not at Stripe", number, payment.amount_cents))
            self.ledger_cents += payment.kept_cents
        self._keep()
        return self

    def _ours(self, end: datetime) -> QuerySet[Payment]:
        return payments_of(self.month).filter(paid_at__lt=end).prefetch_related("disputes")

    def _one(self, found: ChargeFacts, payment: Payment | None) -> None:
        self.looked_at += 1
        if differences(found, payment):
            if written_anew(found.id) == NOT_OURS:
                return
            self.healed += 1
            found, payment = gateway.charge(found.id), Payment.objects.filter(charge_id=found.id).first()
        self.details += [(what, found.id, cents) for what, cents in differences(found, payment)]
        self.stripe_cents += found.amount_cents - found.refunded_cents
        self.ledger_cents += payment.kept_cents if payment else 0

    def _keep(self) -> None:
        ComparedMonth.objects.update_or_create(
            on=self.month,
            livemode=gateway.is_live(),
            defaults={
                "compared_at": timezone.now(),
                "charges": self.looked_at,
                "stripe_cents": self.stripe_cents,
                "ledger_cents": self.ledger_cents,
                "difference_cents": sum(abs(cents) for _what, _number, cents in self.details),
                "ledger": self.ledger,
                "details": [list(detail) for detail in self.details[:MOST_DETAILS]],
            },
        )


def differences(found: ChargeFacts, payment: Payment | None) -> list[tuple[str, int]]:
    """Return what differs and by how many cents."""
    if payment is None:
        return [("not in our books", found.amount_cents)]
    disputes = payment.disputes.all()
    taken = any(one.status in Dispute.TAKEN for one in disputes)
    shown = payment.state == PaymentState.DISPUTED
    pairs = [
        ("amount", found.amount_cents, payment.amount_cents),
        ("given back", found.refunded_cents, payment.refunded_cents),
        ("fee", found.fee_cents or 0, payment.fee_cents or 0),
        ("net", found.net_cents or 0, payment.net_cents or 0),
        ("disputed", found.amount_cents * found.is_disputed, found.amount_cents * bool(disputes)),
        ("dispute", found.amount_cents * taken, found.amount_cents * shown),
    ]
    return [(what, theirs - mine) for what, theirs, mine in pairs if theirs != mine]


def written_anew(charge_id: str) -> str:
    """Ask about the charge and write what Stripe says; returns the word for it."""
    apply = about_charge(charge_id)
    with transaction.atomic():
        return apply()
