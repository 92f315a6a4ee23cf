"""The yearly summary: in January, one mail to each mailbox with what was given from it in the year before.

A gift's row remembers of which year its donor was told, so that the job may be stopped and repeated at will.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from actions.donations.amounts import format_amount
from actions.donations.donors import Keys, donor_keys, gifts_of
from actions.donations.emails import not_for_taxes
from actions.donations.mailing import ask_again_url, because, hello, mail_donor
from actions.donations.models import Donation, Payment
from actions.donations.modes import counted
from actions.donations.states import PaymentState
from actions.listing import labelled
from actions.outbox.messages import MailContent, MailLink

YEAR_KIND = "donation.year"
JANUARY = 1
# Other mails have their turn then; the job comes again in ten minutes.
TURN_SECONDS = 5.0
MOST_LINES = 60


@dataclass(frozen=True)
class Year:
    """One calendar year of the organisation's own time zone."""

    number: int

    @property
    def payments(self) -> Q:
        first, end = (
            timezone.make_aware(datetime(number, 1, 1)) for number in (self.number, self.number + 1)
        )  # fmt: skip
        return Q(paid_at__gte=first, paid_at__lt=end)


def send_year_sums(now: datetime) -> None:
    """Write to donors who were not written to yet; does nothing outside January. The worker's job."""
    today = timezone.localdate(now)
    if today.month != JANUARY:
        return
    year, keys, until = Year(today.year - 1), donor_keys(), time.monotonic() + TURN_SECONDS
    for donation_id in _waiting(year).order_by("pk").values_list("pk", flat=True).iterator():
        send_year_sum(donation_id, year=year, keys=keys)
        if time.monotonic() >= until:
            return


def _waiting(year: Year) -> QuerySet[Donation]:
    told = Q(summarised_year__gte=year.number)
    paid = Payment.objects.filter(year.payments).values("donation")
    rows = Donation.objects.filter(pk__in=paid, erased_at=None).exclude(email_fingerprint="")
    return counted(rows.exclude(told))


def send_year_sum(donation_id: int, *, year: Year, keys: Keys) -> bool:
    """Write to the donor of a gift and mark all gifts of the same mailbox; False when it was done already."""
    with transaction.atomic():
        first = Donation.objects.get(pk=donation_id)
        rows = gifts_of(first.email, keys=keys).filter(erased_at=None).order_by("pk")
        gifts = list(rows.select_for_update(of=("self",)))
        if not any(one.pk == donation_id and not _is_told(one, year) for one in gifts):
            Donation.objects.filter(pk=donation_id).update(summarised_year=year.number)
            return False
        Donation.objects.filter(pk__in=[one.pk for one in gifts]).update(summarised_year=year.number)
        payments = list(payments_of(gifts, year))
        if any(_is_told(one, year) for one in gifts) or not sum(one.kept_cents for one in payments):
            return False
        newest = max(gifts, key=lambda one: (one.last_paid_at or one.created_at, one.pk))
        mail_donor(
            newest,
            kind=YEAR_KIND,
            key=f"donation-year:{year.number}:{gifts[0].pk}",
            write=lambda: year_sum(newest, payments, year),
        )
    return True


def _is_told(gift: Donation, year: Year) -> bool:
    return gift.summarised_year is not None and gift.summarised_year >= year.number


def payments_of(gifts: Iterable[Donation], year: Year) -> QuerySet[Payment]:
    """Return what was paid in the year and is not disputed, the oldest first."""
    found = Payment.objects.filter(year.payments, donation__in=gifts).exclude(state=PaymentState.DISPUTED)
    return found.order_by("paid_at", "pk")


def year_sum(donation: Donation, payments: list[Payment], year: Year) -> MailContent:
    """The words, in the active language; sums are what was not given back."""
    total = format_amount(sum(one.kept_cents for one in payments))
    url = ask_again_url()
    return MailContent(
        subject=_("Your payments in %(year)s") % {"year": year.number},
        paragraphs=[
            hello(donation),
            _("In %(year)s you gave %(sum)s in all. Thank you.") % {"year": year.number, "sum": total},
        ],
        sheets=[(str(year.number), "\n".join(lines_of(payments, total)))],
        closing=[not_for_taxes()],
        way_out=MailLink(_("To see all your gifts, ask for your link:"), url, url),
        reason=because(),
    )


def lines_of(payments: list[Payment], total: str) -> list[str]:
    """A line for each payment, and the sum; beyond MOST_LINES the newest ones."""
    lines = []
    for one in payments[-MOST_LINES:]:
        day = date_format(timezone.localtime(one.paid_at), "DATE_FORMAT")
        paid = format_amount(one.amount_cents)
        back = _("%(sum)s given back") % {"sum": format_amount(one.refunded_cents)} if one.refunded_cents else ""
        lines.append(labelled(day, f"{paid} ({back})" if back else paid))
    if len(payments) > MOST_LINES:
        lines.insert(0, _("Only the last %(count)d payments are listed; the sum holds all.") % {"count": MOST_LINES})
    return [*lines, labelled(_("In all"), total)]
