"""The mails about the card behind a monthly gift. They come from us alone: Stripe's own are turned off in its settings.

https://docs.stripe.com/billing/revenue-recovery/customer-emails
"""

from __future__ import annotations

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from actions.donations.amounts import format_amount
from actions.donations.checkout import form_url
from actions.donations.mailing import because, hello, mail_donor, new_card_link
from actions.donations.models import Donation
from actions.donations.states import DonationState
from actions.outbox.messages import MailContent

EXPIRING_KIND = "donation.card-expiring"
PAST_DUE_KIND = "donation.past-due"
FIXED_KIND = "donation.card-fixed"
ENDED_KIND = "donation.ended"


def send_expiring(donation: Donation) -> None:
    """Say before it happens that the card ends, once for each card."""
    key = f"donation-card-expiring:{donation.pk}:{donation.card_expires_on}"
    mail_donor(donation, kind=EXPIRING_KIND, key=key, write=lambda: expiring(donation))


def send_past_due(donation: Donation) -> None:
    """Say that the card was refused, once for each time that the trouble begins."""
    since = donation.past_due_at or timezone.now()
    key = f"donation-past-due:{donation.pk}:{since:%Y%m%d%H%M%S%f}"
    mail_donor(donation, kind=PAST_DUE_KIND, key=key, write=lambda: past_due(donation))


def send_fixed(donation: Donation) -> None:
    key = f"donation-card-fixed:{donation.pk}:{donation.synced_at:%Y%m%d%H%M%S%f}"
    mail_donor(donation, kind=FIXED_KIND, key=key, write=lambda: fixed(donation))


def send_ended(donation: Donation, *, was_past_due: bool) -> None:
    key = f"donation-ended:{donation.pk}"
    mail_donor(donation, kind=ENDED_KIND, key=key, write=lambda: ended(donation, was_past_due=was_past_due))


def sum_of(donation: Donation) -> dict[str, str]:
    return {"sum": format_amount(donation.total_cents)}


def expiring(donation: Donation) -> MailContent:
    assert donation.card_expires_on is not None  # noqa: S101 - the caller knows the day
    month = date_format(donation.card_expires_on, "YEAR_MONTH_FORMAT")
    return MailContent(
        subject=_("Your card expires soon: monthly payment of %(sum)s") % sum_of(donation),
        paragraphs=[
            hello(donation),
            _("The card with which you pay %(sum)s every month expires at the end of %(month)s.")
            % {**sum_of(donation), "month": month},
            _("If your bank has sent you a new one, please enter it. It takes a minute."),
        ],
        button=(_("Enter another card"), new_card_link(donation)),
        closing=[
            _("If you do nothing, your bank may pass the new card on by itself; if not, the payment will fail."),
            _("We then write to you, and after some tries the monthly gift ends by itself. You never owe anything."),
        ],
        reason=because(),
    )


def past_due(donation: Donation) -> MailContent:
    return MailContent(
        subject=_("Your monthly payment of %(sum)s did not go through") % sum_of(donation),
        paragraphs=[
            hello(donation),
            _("Your bank refused this month's payment of %(sum)s. Nothing was charged.") % sum_of(donation),
            _("Often the card has expired or was replaced. You can enter another one in a minute."),
        ],
        button=(_("Enter another card"), new_card_link(donation)),
        closing=[
            _("If you do nothing, the bank is asked some more times in the coming weeks."),
            _("If it goes on refusing, the monthly gift ends by itself. You owe nothing, then or now."),
        ],
        reason=because(),
    )


def fixed(donation: Donation) -> MailContent:
    return MailContent(
        subject=_("Your monthly payment works again"),
        paragraphs=[
            hello(donation),
            _("The payment of %(sum)s has gone through, and your monthly gift goes on. There is nothing left to do.")
            % sum_of(donation),
        ],
        closing=[_("Thank you.")],
        reason=because(),
    )


def ended(donation: Donation, *, was_past_due: bool) -> MailContent:
    """What is said to who ended it, and to whose card failed to the last."""
    why = (
        _("Your bank refused the payment again and again, so your monthly gift of %(sum)s has ended by itself.")
        if was_past_due
        else _("Your monthly gift of %(sum)s has ended.")
    )
    return MailContent(
        subject=_("Your monthly payment has ended"),
        paragraphs=[
            hello(donation),
            why % sum_of(donation),
            _("Nothing more will be charged, and you owe nothing. Thank you for all that you gave."),
        ],
        button=(_("Start again"), form_url(donation)),
        closing=[_("Only if you want to: the form keeps your amount.")],
        reason=because(),
    )


def is_expiring_wanted(donation_id: int) -> bool:
    return _is_in(donation_id, DonationState.ACTIVE)


def is_past_due_wanted(donation_id: int) -> bool:
    return _is_in(donation_id, DonationState.PAST_DUE)


def is_fixed_wanted(donation_id: int) -> bool:
    return _is_in(donation_id, DonationState.ACTIVE)


def _is_in(donation_id: int, state: DonationState) -> bool:
    """Between asking for a mail and its leaving the card may have been mended, or the gift ended."""
    return Donation.objects.filter(pk=donation_id, state=state, erased_at=None).exists()
