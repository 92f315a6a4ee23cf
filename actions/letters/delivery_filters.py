"""By what staff narrow the list of deliveries down; every filter walks an index, also at a million rows."""

from __future__ import annotations

from typing import Any

import django_filters  # type: ignore[import-untyped]
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from actions.letters.models import LetterCampaign, LetterDelivery
from actions.letters.states import HeldReason
from actions.outbox.states import DispatchState
from actions.representatives.affiliations import party_choices
from actions.representatives.models import Recipient, Representative, Riding
from actions.representatives.provinces import Province

# Reasons are given for these states only; naming them lets the database use the index by state.
STATES_WITH_REASON = (DispatchState.HELD, DispatchState.FAILED)


class MemberField(django_filters.fields.ModelChoiceField):
    def label_from_instance(self, person: Representative) -> str:
        name = f"{person.last_name}, {person.first_name}"
        return f"{name} ({person.riding})" if person.is_current and person.riding else name


class MemberFilter(django_filters.ModelChoiceFilter):
    field_class = MemberField


class DeliveryFilter(WagtailFilterSet):
    letter_campaign = django_filters.ModelChoiceFilter(
        label=_("Letter campaign"), queryset=LetterCampaign.objects.order_by("name")
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=DispatchState.choices, empty_label=_("All"), widget=forms.RadioSelect
    )
    held_reason = django_filters.ChoiceFilter(
        label=_("Reason"),
        choices=HeldReason.choices,
        empty_label=_("All"),
        method="with_reason",
        widget=forms.RadioSelect,
    )
    representative = MemberFilter(
        label=_("Member of Parliament"),
        queryset=Representative.objects.select_related("riding").order_by("last_name", "first_name"),
    )
    recipient = django_filters.ModelChoiceFilter(
        label=_("Other recipient"), queryset=Recipient.objects.order_by("name")
    )
    party = django_filters.ChoiceFilter(label=_("Party"), choices=party_choices, method="of_party")
    riding = django_filters.ModelChoiceFilter(label=_("Riding"), queryset=Riding.objects.order_by("name_en"))
    province = django_filters.ChoiceFilter(
        label=_("Province or territory"), choices=Province.choices, method="in_province"
    )
    created_at = django_filters.DateFromToRangeFilter(label=_("Day"), widget=DateRangePickerWidget)

    class Meta:
        model = LetterDelivery
        fields: list[str] = []

    def with_reason(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(state__in=STATES_WITH_REASON, held_reason=value)

    def of_party(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Ask per row, newest first: a list of a party's members would gather all of their letters before sorting."""
        member = Representative.objects.filter(pk=OuterRef("representative"), party_name_en=value)
        other = Recipient.objects.filter(pk=OuterRef("recipient"), party_name_en=value)
        return rows.filter(Q(Exists(member)) | Q(Exists(other)))

    def in_province(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(Exists(Riding.objects.filter(pk=OuterRef("riding"), province=value)))
