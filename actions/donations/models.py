"""Re-exports the room's models."""

from actions.donations.appeal_models import Appeal
from actions.donations.donation_models import Donation
from actions.donations.ledger_models import (
    ComparedMonth,
    Dispute,
    DisputeEntry,
    Payment,
    Payout,
    PayoutLine,
    Reconciliation,
    Refund,
    StripeEvent,
)
from actions.donations.link_models import DonorLinkWish
from actions.donations.wording_models import AppealWording

__all__ = [
    "Appeal",
    "AppealWording",
    "ComparedMonth",
    "Dispute",
    "DisputeEntry",
    "Donation",
    "DonorLinkWish",
    "Payment",
    "Payout",
    "PayoutLine",
    "Reconciliation",
    "Refund",
    "StripeEvent",
]
