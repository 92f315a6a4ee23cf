"""The receipt, in the donor's language. The subject names no cause: others may see it.

The mails about cards, refunds, a year's sum and the donor's own page stand in modules of their own.
"""

from __future__ import annotations

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from actions.donations.amounts import format_amount
from actions.donations.mailing import ask_again_url, because, hello, mail_donor
from actions.donations.models import Donation, Payment
from actions.donations.states import Source
from actions.listing import labelled
from actions.outbox.messages import MailContent, MailLink
from actions.wordings.services import best_wording

RECEIPT_KIND = "donation.receipt"


def send_receipt(donation: Donation, payment: Payment) -> None:
    """Put the receipt of one payment into the outbox, once; the donor's address must be known.

    Whoever does not want one for each month gets the first one only.
    """
    is_first = not donation.payments.filter(paid_at__lt=payment.paid_at).exists()
    if is_first or donation.wants_renewal_receipts:
        mail_donor(
            donation,
            kind=RECEIPT_KIND,
            key=f"donation-receipt:{payment.pk}",
            write=lambda: receipt(donation, payment, is_first=is_first),
        )
    payment.receipt_asked_at = timezone.now()
    Payment.objects.filter(pk=payment.pk).update(receipt_asked_at=payment.receipt_asked_at)


def receipt(donation: Donation, payment: Payment, *, is_first: bool) -> MailContent:
    """The words of a receipt, in the active language."""
    by_card = payment.source == Source.STRIPE
    return MailContent(
        subject=_("Receipt for your payment of %(sum)s") % {"sum": format_amount(payment.amount_cents)},
        paragraphs=[
            hello(donation),
            _("Thank you. Your gift has arrived."),
            *_thank_you(donation, is_first=is_first),
        ],
        sheets=[(_("Receipt"), "\n".join(lines_of(donation, payment)))],
        closing=[
            not_for_taxes(),
            *([_("Your card statement shows a short neutral name and the same amount.")] if by_card else []),
            *([_("Your gift comes again every month until you stop it.")] if donation.is_monthly else []),
        ],
        way_out=_way_out(donation),
        reason=because(),
    )


def not_for_taxes() -> str:
    return _("This is a confirmation of payment. It is not an official receipt for income tax purposes.")


def _way_out(donation: Donation) -> MailLink:
    """Where the donor finds all gifts; for monthly ones also how to stop them, or these mails."""
    label = (
        _("To see, change or stop your gift, or to get no monthly receipts, ask for your link:")
        if donation.is_monthly
        else _("To see all your gifts, ask for your link:")
    )
    url = ask_again_url()
    return MailLink(label, url, url)


def lines_of(donation: Donation, payment: Payment) -> list[str]:
    """The figures of a receipt."""
    day = date_format(timezone.localtime(payment.paid_at), "DATE_FORMAT")
    fee = donation.fee_cover_cents
    by_card = payment.source == Source.STRIPE
    return [
        labelled(_("Number"), f"{payment.pk:06d}"),
        labelled(_("Date"), day),
        *([] if by_card else [labelled(_("How it came"), str(Source(payment.source).label))]),
        labelled(_("Gift"), format_amount(payment.amount_cents - fee if payment.amount_cents > fee else 0)),
        *([labelled(_("Payment fee that you added"), format_amount(fee))] if fee else []),
        labelled(_("Paid"), format_amount(payment.amount_cents)),
    ]


def _thank_you(donation: Donation, *, is_first: bool) -> list[str]:
    """What the editors wrote for who has given, as plain text; once, not every month."""
    if not is_first:
        return []
    wording = best_wording(donation.appeal.wordings.select_related("locale"), donation.language)
    text = strip_tags(wording.thank_you.replace("</p>", "</p>\n")) if wording else ""
    return [line.strip() for line in text.splitlines() if line.strip()]
