"""What the donor who comes back is told: our ledger when it knows, else Stripe itself, else that nobody knows yet."""

from __future__ import annotations

from enum import Enum

from django.core.cache import cache

from actions.donations import gateway
from actions.donations.facts import SessionFacts
from actions.donations.gateway import NotThere, StripeTrouble
from actions.donations.models import Donation
from actions.donations.states import DonationState

# Reloading the page asks Stripe once in so many seconds.
KEPT_SECONDS = 4


class Outcome(Enum):
    """``processing``: the money is on its way, such as a bank debit. ``open``: the payment page was left unpaid."""

    PAID = "paid"
    PROCESSING = "processing"
    OPEN = "open"
    NOT_PAID = "not-paid"
    UNKNOWN = "unknown"

    @property
    def is_unknown(self) -> bool:
        return self is Outcome.UNKNOWN


def look(donation: Donation) -> Outcome:
    """Return what is known of the gift now; reads only."""
    if donation.is_given:
        return Outcome.PAID
    if donation.state in (DonationState.EXPIRED, DonationState.FAILED):
        return Outcome.NOT_PAID
    key = f"donations-return:{donation.pk}"
    kept = cache.get(key)
    if kept is not None:
        return Outcome(kept)
    outcome = _asked(str(donation.session_id))
    cache.set(key, outcome.value, KEPT_SECONDS)
    return outcome


def _asked(session_id: str) -> Outcome:
    try:
        return of_session(gateway.session(session_id))
    except NotThere:
        return Outcome.NOT_PAID
    except StripeTrouble:
        return Outcome.UNKNOWN


def of_session(found: SessionFacts) -> Outcome:
    if found.is_paid:
        return Outcome.PAID
    if found.status == "complete":
        return Outcome.PROCESSING
    return Outcome.OPEN if found.status == "open" else Outcome.NOT_PAID
