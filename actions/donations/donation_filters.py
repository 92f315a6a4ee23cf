"""How the list of donations is narrowed down."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters  # type: ignore[import-untyped]
from django import forms
from django.db.models import Min, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from actions.donations.models import Appeal, Donation
from actions.donations.month_sums import bounds, months_until
from actions.donations.states import DonationState, Frequency, Source
from actions.staff.filters import ListFilter


def month_choices() -> list[tuple[str, str]]:
    """All months since the first gift, the newest first."""
    first = Donation.objects.aggregate(first=Min("created_at"))["first"]
    today = timezone.localdate()
    since = timezone.localdate(first) if first else today
    number = (today.year - since.year) * 12 + today.month - since.month + 1
    return [(f"{one:%Y-%m}", date_format(one, "YEAR_MONTH_FORMAT")) for one in reversed(months_until(today, number))]


class DonationFilter(ListFilter):
    appeal = django_filters.ModelChoiceFilter(label=_("Appeal"), queryset=Appeal.objects.order_by("name"))
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=DonationState.choices, empty_label=_("All"), widget=forms.RadioSelect
    )
    frequency = django_filters.ChoiceFilter(
        label=_("How often"), choices=Frequency.choices, empty_label=_("All"), widget=forms.RadioSelect
    )
    month = django_filters.ChoiceFilter(
        label=_("Begun in"), choices=month_choices, empty_label=_("All"), method="in_month"
    )
    source = django_filters.ChoiceFilter(
        label=_("How it came"), choices=Source.choices, empty_label=_("All"), widget=forms.RadioSelect
    )

    class Meta:
        model = Donation
        fields: list[str] = []

    def in_month(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """By the organisation's own clocks."""
        year, month = value.split("-")
        start, end = bounds(date(int(year), int(month), 1))
        return rows.filter(created_at__gte=start, created_at__lt=end)
