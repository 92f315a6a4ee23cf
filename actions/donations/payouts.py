"""Transfers to our bank account and what adds up to them, so that a treasurer can close a month."""

from __future__ import annotations

from actions.donations.donation_models import CURRENCY
from actions.donations.facts import BalanceLine, PayoutFacts
from actions.donations.models import Payment, Payout, PayoutLine


def apply_payout(found: PayoutFacts, lines: list[BalanceLine]) -> str:
    """Write the payout and its lines, and tell each payment with which it came; in the caller's transaction."""
    if found.currency != CURRENCY:
        return "wrong-currency"
    payout, _ = Payout.objects.update_or_create(
        payout_id=found.id,
        defaults={
            "amount_cents": found.amount_cents,
            "status": found.status,
            # Stripe gives midnight UTC of the day: https://docs.stripe.com/api/payouts/object#payout_object-arrival_date
            "arrives_on": found.arrives_at.date(),
            "created_at": found.created_at,
            "livemode": found.livemode,
        },
    )
    rows = (
        PayoutLine(
            payout=payout,
            balance_transaction_id=line.id,
            kind=line.kind[:40],
            source_id=line.source_id,
            amount_cents=line.amount_cents,
            fee_cents=line.fee_cents,
            net_cents=line.net_cents,
        )
        for line in lines
    )
    PayoutLine.objects.bulk_create(rows, ignore_conflicts=True)
    Payment.objects.filter(charge_id__in=[line.source_id for line in lines]).update(payout=payout)
    return "applied"
