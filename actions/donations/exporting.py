"""The payments with their donors as a file, for the books."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from actions.donations.models import Appeal, Payment
from actions.donations.month_sums import payments
from actions.donations.states import Source
from actions.exports.definitions import Choice, Export, Extent, Row
from actions.exports.forms import ExportForm
from actions.exports.reading import ROWS_AT_ONCE

ALL = _("all")


class DonationsForm(ExportForm):
    appeal = forms.ModelChoiceField(
        label=_("Appeal"), queryset=Appeal.objects.order_by("name"), required=False, empty_label=ALL
    )
    source = forms.ChoiceField(label=_("How it came"), choices=[("", ALL), *Source.choices], required=False)
    since = forms.DateField(label=_("Paid from"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(
        label=_("Paid until"), required=False, widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("This day is in the file. By the clocks of the organisation, not of Greenwich."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("since") and cleaned.get("until") and cleaned["until"] < cleaned["since"]:
            self.add_error("until", _("The last day must not come before the first."))
        return cleaned


class DonationsExport(Export):
    """One row for each payment, with what was given back of it so far and the deposit that it came with."""

    name = "donations"
    label = _("Donations")
    explanation = _(
        "One row for each payment: day, amount, fee, net, given back, deposit, appeal, and the name and e-mail of who "
        "gave. For the books."
    )
    permission = "actions.export_donation"
    is_personal = True
    form_class = DonationsForm

    def headings(self) -> Sequence[str]:
        return (
            gettext("No."), gettext("Receipt"), gettext("Day"), gettext("Donation"), gettext("Appeal"),
            gettext("Campaign"), gettext("How often"), gettext("How it came"), gettext("Amount"), gettext("Fee"),
            gettext("Net"), gettext("Given back"), gettext("Currency"), gettext("State"), gettext("Deposit"),
            gettext("Deposited on"), gettext("Name"), gettext("E-mail"), gettext("Language"), gettext("Anonymous"),
        )  # fmt: skip

    def measure(self, choice: Choice) -> Extent:
        found = chosen(choice).aggregate(count=Count("pk"), last=Max("pk"))
        return Extent(found["count"], found["last"] or 0)

    def rows(self, choice: Choice, extent: Extent) -> Iterator[Row]:
        reached, yes, no = 0, gettext("yes"), gettext("no")
        related = ("donation__appeal__campaign", "payout")
        while True:
            piece = chosen(choice).filter(pk__gt=reached, pk__lte=extent.last).select_related(*related)
            found = list(piece.order_by("pk")[:ROWS_AT_ONCE])
            for payment in found:
                reached = payment.pk
                yield Row(cells_of(payment, yes=yes, no=no))
            if len(found) < ROWS_AT_ONCE:
                return

    def in_words(self, choice: Choice) -> str:
        appeal = choice["appeal"].pk if choice["appeal"] else "all"
        return f"appeal {appeal}, {choice['source'] or 'all'}, {choice['since'] or ''}..{choice['until'] or ''}"


def chosen(choice: Choice) -> QuerySet[Payment]:
    rows = payments()
    if choice["appeal"]:
        rows = rows.filter(donation__appeal=choice["appeal"])
    if choice["source"]:
        rows = rows.filter(source=choice["source"])
    if choice["since"]:
        rows = rows.filter(_booked("gte", choice["since"]))
    if choice["until"]:
        rows = rows.filter(_booked("lt", choice["until"] + timedelta(days=1)))
    return rows


def _booked(comparison: str, day: date) -> Q:
    """Compare the moment at which the books count a payment with the beginning of a day."""
    moment = timezone.make_aware(datetime.combine(day, time()))
    as_paid = Q(booked_at=None, **{f"paid_at__{comparison}": moment})
    return as_paid | Q(**{f"booked_at__{comparison}": moment})


def dollars(cents: int | None) -> Decimal | None:
    return None if cents is None else Decimal(cents).scaleb(-2)


def cells_of(payment: Payment, *, yes: str, no: str) -> tuple[Any, ...]:
    gift = payment.donation
    payout = payment.payout
    return (
        f"{payment.pk:06d}", timezone.localdate(payment.paid_at), gift.pk, gift.appeal.name,
        gift.appeal.campaign.name if gift.appeal.campaign else "", str(gift.get_frequency_display()),
        str(payment.get_source_display()), dollars(payment.amount_cents), dollars(payment.fee_cents),
        dollars(payment.net_cents), dollars(payment.refunded_cents), payment.currency,
        str(payment.get_state_display()), payout.payout_id if payout else "", payout.arrives_on if payout else None,
        gift.name, gift.email, gift.language, yes if gift.is_anonymous else no,
    )  # fmt: skip
