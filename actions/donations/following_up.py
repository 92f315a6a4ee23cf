"""What the donor hears when the books change. Called in the transaction that changes them; each mail goes out once."""

from __future__ import annotations

from actions.donations.card_emails import send_ended, send_fixed, send_past_due
from actions.donations.models import Donation, Payment
from actions.donations.refund_emails import send_refund, send_refund_failed
from actions.donations.states import DonationState


def after_move(donation: Donation, *, before: str) -> None:
    """Tell the donor of a monthly gift that went from ``before`` to another state, where there is something to tell."""
    if not donation.is_monthly:
        return
    was_past_due = before == DonationState.PAST_DUE
    if donation.state == DonationState.PAST_DUE:
        send_past_due(donation)
    elif donation.state == DonationState.ACTIVE and was_past_due:
        send_fixed(donation)
    elif donation.state == DonationState.CANCELLED:
        send_ended(donation, was_past_due=was_past_due)


def after_payment(donation: Donation, payment: Payment) -> None:
    """Tell the donor what was given back of a payment, and what of it did not arrive."""
    for refund in payment.refunds.all():
        send_refund(donation, payment, refund)
        if refund.undone_at is not None:
            send_refund_failed(donation, refund)
