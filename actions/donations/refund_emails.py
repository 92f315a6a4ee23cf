"""The mails about money that was given back, and about money that did not arrive."""

from __future__ import annotations

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from actions.donations.amounts import format_amount
from actions.donations.mailing import because, hello, mail_donor
from actions.donations.models import Donation, Payment, Refund
from actions.donations.states import RefundState, Source
from actions.outbox.messages import MailContent
from actions.outbox.models import OutboxMessage

REFUND_KIND = "donation.refund"
# What a counter-entry of staff says: nothing was paid back, a wrong number was put right.
CORRECTION = "correction"


def send_refund(donation: Donation, payment: Payment, refund: Refund) -> None:
    """Tell the donor of one refund, once; a correction in our own books is none."""
    if refund.status not in (RefundState.PENDING, RefundState.SUCCEEDED) or refund.reason == CORRECTION:
        return
    mail_donor(donation, kind=REFUND_KIND, key=_key(refund), write=lambda: refunded(donation, payment, refund))


def send_refund_failed(donation: Donation, refund: Refund) -> None:
    """Tell the donor, once, that what we said was given back has come back to us; nobody who was told of none."""
    was_told = OutboxMessage.objects.filter(dedupe_key=_key(refund)).exists()
    if refund.undone_at is None or not was_told:
        return
    key = f"donation-refund-failed:{refund.refund_id}"
    mail_donor(donation, kind=REFUND_KIND, key=key, write=lambda: refund_failed(donation, refund))


def _key(refund: Refund) -> str:
    return f"donation-refund:{refund.refund_id}"


def refund_failed(donation: Donation, refund: Refund) -> MailContent:
    return MailContent(
        subject=_("A repayment did not reach you"),
        paragraphs=[
            hello(donation),
            _("We told you that we had given %(sum)s back. The money did not reach you: it came back to us.")
            % {"sum": format_amount(refund.amount_cents)},
            _(
                "The usual reason is that the card was closed. Please answer this mail and tell us how we can "
                "reach you."
            ),
        ],
        reason=because(),
    )


def refunded(donation: Donation, payment: Payment, refund: Refund) -> MailContent:
    sums = {"sum": format_amount(refund.amount_cents), "whole": format_amount(payment.amount_cents)}
    day = date_format(timezone.localtime(payment.paid_at), "DATE_FORMAT")
    is_whole = refund.amount_cents == payment.amount_cents
    what = _("We have given your payment of %(whole)s back.") if is_whole else _(
        "We have given %(sum)s of your payment of %(whole)s back."
    )  # fmt: skip
    by_card = payment.source == Source.STRIPE
    when = _("It reaches the card you paid with in five to ten days, under the same short name.")
    return MailContent(
        subject=_("%(sum)s is paid back to you") % sums,
        paragraphs=[
            hello(donation),
            what % sums,
            _("You had paid on %(day)s.") % {"day": day},
            *([when] if by_card else []),
        ],
        closing=[_("A monthly gift goes on unless you end it.")] if donation.is_monthly and donation.is_running else [],
        reason=because(),
    )
