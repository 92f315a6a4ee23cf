"""The lives of an appeal, of a gift, and of what moves the money."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AppealState(models.TextChoices):
    """Worked out from dates, switches and keys, never stored::

    not-yet --opens_at--> open --closes_at--> closed --editor--> archived
    open <--editor--> paused;   open <--no Stripe key--> off;   open <--too many failed payments--> held
    """

    NOT_YET = "not-yet", _("opens later")
    OPEN = "open", _("open")
    PAUSED = "paused", _("paused")
    CLOSED = "closed", _("closed")
    ARCHIVED = "archived", _("archived")
    HELD = "held", _("paused by itself: too many payments fail")
    OFF = "off", _("no payments by card: no Stripe key is set")


class Frequency(models.TextChoices):
    ONE_TIME = "one_time", _("One time")
    MONTHLY = "monthly", _("Every month")


class Source(models.TextChoices):
    """How the money came; all but the first are entered by staff."""

    STRIPE = "stripe", _("card, through Stripe")
    E_TRANSFER = "e-transfer", _("Interac e-Transfer")
    CHEQUE = "cheque", _("cheque")
    CASH = "cash", _("cash")


class DonationState(models.TextChoices):
    """::

        started --Stripe--> paid <--all of it given back / the refund failed--> refunded
           |  |              '--the cardholder's bank takes it / gives it up--> disputed
           |  '--the session's hour is over--> expired
           '--the payment failed for good--> failed
        monthly: started --> active <--card fails / card fixed--> past_due;   active, past_due --> cancelled

    What comes later is only what Stripe says when it is asked anew, so the order of its messages does not matter. A
    state moves to a higher rank alone (``RANK``), save for what may turn round (``BOTH_WAYS``); money that did arrive
    outranks an expiry or a failure.
    """

    STARTED = "started", _("started")
    EXPIRED = "expired", _("not paid in time")
    FAILED = "failed", _("payment failed")
    PAID = "paid", _("paid")
    ACTIVE = "active", _("monthly, running")
    PAST_DUE = "past_due", _("monthly, the card fails")
    CANCELLED = "cancelled", _("monthly, ended")
    REFUNDED = "refunded", _("refunded")
    DISPUTED = "disputed", _("disputed by the cardholder")


RANK = {
    DonationState.STARTED: 0,
    DonationState.EXPIRED: 1,
    DonationState.FAILED: 1,
    DonationState.PAID: 2,
    DonationState.ACTIVE: 2,
    DonationState.PAST_DUE: 2,
    DonationState.CANCELLED: 3,
    DonationState.REFUNDED: 3,
    DonationState.DISPUTED: 4,
}
GIVEN = (
    DonationState.PAID,
    DonationState.ACTIVE,
    DonationState.PAST_DUE,
    DonationState.CANCELLED,
    DonationState.REFUNDED,
    DonationState.DISPUTED,
)
RUNNING = (DonationState.ACTIVE, DonationState.PAST_DUE)  # monthly, and charged again

# What may turn round when Stripe says so anew: a card that fails and is mended, a refund that the bank sends back, a
# dispute that is won.
BOTH_WAYS = (
    {DonationState.ACTIVE, DonationState.PAST_DUE},
    {DonationState.PAID, DonationState.REFUNDED},
    {DonationState.PAID, DonationState.DISPUTED},
    {DonationState.REFUNDED, DonationState.DISPUTED},
)


def may_move(before: str, after: str, *, is_older: bool = False) -> bool:
    """Return whether a gift may go from one state to the other; an ``is_older`` answer only ever moves up in rank."""
    old, new = DonationState(before), DonationState(after)
    return RANK[new] > RANK[old] or (old != new and {old, new} in BOTH_WAYS and not is_older)


class PaymentState(models.TextChoices):
    """``paid <--given back in full, or the refund failed--> refunded``; ``paid, refunded <--the bank--> disputed``."""

    PAID = "paid", _("paid")
    REFUNDED = "refunded", _("refunded")
    DISPUTED = "disputed", _("disputed by the cardholder")


class RefundState(models.TextChoices):
    """As Stripe names it: https://docs.stripe.com/api/refunds/object#refund_object-status"""

    PENDING = "pending", _("on its way")
    REQUIRES_ACTION = "requires_action", _("waits for the donor")
    SUCCEEDED = "succeeded", _("given back")
    FAILED = "failed", _("failed")
    CANCELED = "canceled", _("taken back")


class CameBy(models.TextChoices):
    """How we heard of an event."""

    WEBHOOK = "webhook", _("Stripe called us")
    RECONCILE = "reconcile", _("found when we asked")
