"""The mails of the donations room, in the donor's language. The subject names no cause: others may see it."""

from __future__ import annotations

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from actions.donations.amounts import format_amount
from actions.donations.models import Donation, Payment
from actions.listing import labelled
from actions.outbox.messages import MailContent
from actions.outbox.services import enqueue
from actions.wordings.services import best_wording

RECEIPT_KIND = "donation.receipt"


def send_receipt(donation: Donation, payment: Payment) -> None:
    """Put the receipt of one payment into the outbox, once; the donor's address must be known.

    Whoever does not want one for each month gets the first one only.
    """
    is_first = not donation.payments.filter(paid_at__lt=payment.paid_at).exists()
    if is_first or donation.wants_renewal_receipts:
        with translation.override(donation.language):
            content = receipt(donation, payment, is_first=is_first)
        enqueue(
            kind=RECEIPT_KIND,
            dedupe_key=f"donation-receipt:{payment.pk}",
            to=donation.email,
            content=content,
            language=donation.language,
            is_solicited=True,
        )
    payment.receipt_asked_at = timezone.now()
    Payment.objects.filter(pk=payment.pk).update(receipt_asked_at=payment.receipt_asked_at)


def receipt(donation: Donation, payment: Payment, *, is_first: bool) -> MailContent:
    """The words of a receipt, in the active language."""
    return MailContent(
        subject=_("Receipt for your payment of %(sum)s") % {"sum": format_amount(payment.amount_cents)},
        paragraphs=[
            _("Hello %(name)s,") % {"name": donation.name} if donation.name else _("Hello,"),
            _("Thank you. Your gift has arrived."),
            *_thank_you(donation, is_first=is_first),
        ],
        sheets=[(_("Receipt"), "\n".join(lines_of(donation, payment)))],
        closing=[
            _("This is a confirmation of payment. It is not an official receipt for income tax purposes."),
            _("Your card statement shows a short neutral name and the same amount."),
            *([_("It comes again every month until you stop it.")] if donation.is_monthly else []),
        ],
        reason=_("You get this mail because somebody paid with this address on our site."),
    )


def lines_of(donation: Donation, payment: Payment) -> list[str]:
    """The figures of a receipt."""
    day = date_format(timezone.localtime(payment.paid_at), "DATE_FORMAT")
    fee = donation.fee_cover_cents
    return [
        labelled(_("Number"), f"{payment.pk:06d}"),
        labelled(_("Date"), day),
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
