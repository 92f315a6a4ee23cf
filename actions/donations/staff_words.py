"""Stripe's words and our own short ones, as the finance role reads them; what is not here is shown as it is."""

from __future__ import annotations

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from actions.donations.card_emails import ENDED_KIND, EXPIRING_KIND, FIXED_KIND, PAST_DUE_KIND
from actions.donations.emails import RECEIPT_KIND
from actions.donations.models import Donation
from actions.donations.refund_emails import REFUND_KIND

MAILS = {
    RECEIPT_KIND: _("receipt"),
    REFUND_KIND: _("given back"),
    EXPIRING_KIND: _("the card expires soon"),
    PAST_DUE_KIND: _("the card was refused"),
    FIXED_KIND: _("the card works again"),
    ENDED_KIND: _("the monthly gift has ended"),
}
# https://docs.stripe.com/api/payouts/object#payout_object-status
PAYOUTS = {
    "paid": _("on the account"),
    "pending": _("on its way"),
    "in_transit": _("on its way"),
    "canceled": _("taken back"),
    "failed": _("sent back by the bank"),
}
# https://docs.stripe.com/reports/balance-transaction-types
BOOKINGS = {
    "charge": _("gift"),
    "payment": _("gift"),
    "refund": _("given back"),
    "payment_refund": _("given back"),
    "refund_failure": _("refund that came back"),
    "adjustment": _("dispute"),
    "stripe_fee": _("fee of Stripe’s"),
}


def state_of(donation: Donation) -> str:
    """A gift's state; of a monthly one that its donor has stopped, when it ends."""
    if donation.is_running and donation.ends_at is not None:
        day = date_format(timezone.localtime(donation.ends_at), "DATE_FORMAT")
        return gettext("monthly, ends on %(day)s") % {"day": day}
    return str(donation.get_state_display())
