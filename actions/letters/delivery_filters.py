"""By what staff narrow the list of deliveries down; every filter walks an index, also at a million rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import django_filters  # type: ignore[import-untyped]
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget

from actions.letters.models import LetterCampaign, LetterDelivery
from actions.letters.states import HeldReason
from actions.outbox.states import DispatchState
from actions.representatives.affiliations import party_choices
from actions.representatives.models import Recipient, Representative, Riding
from actions.representatives.provinces import Province
from actions.staff.filters import ListFilter
from actions.staff.paging import Course
from actions.staff.quick_select import QuickSelect

# Each of these columns has an index that ends in created_at.
HAVE_INDEX = ("letter_campaign", "state", "held_reason", "representative", "recipient", "riding")
A_FEW = 20  # people or ridings whose letters are quickly gathered and sorted


class MemberField(django_filters.fields.ModelChoiceField):
    def label_from_instance(self, person: Representative) -> str:
        name = f"{person.last_name}, {person.first_name}"
        return f"{name} ({person.riding})" if person.is_current and person.riding else name


class MemberFilter(django_filters.ModelChoiceFilter):
    field_class = MemberField


class DeliveryFilter(ListFilter):
    letter_campaign = django_filters.ModelChoiceFilter(
        label=_("Letter campaign"), queryset=LetterCampaign.objects.order_by("name")
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=DispatchState.choices, empty_label=_("All"), widget=forms.RadioSelect
    )
    held_reason = django_filters.ChoiceFilter(
        label=_("Reason"), choices=HeldReason.choices, empty_label=_("All"), widget=forms.RadioSelect
    )
    representative = MemberFilter(
        label=_("Member of Parliament"),
        widget=QuickSelect,
        queryset=Representative.objects.select_related("riding").order_by("last_name", "first_name"),
    )
    recipient = django_filters.ModelChoiceFilter(
        label=_("Other recipient"), queryset=Recipient.objects.order_by("name")
    )
    party = django_filters.ChoiceFilter(label=_("Party"), choices=party_choices, method="of_party")
    riding = django_filters.ModelChoiceFilter(
        label=_("Riding"), widget=QuickSelect, queryset=Riding.objects.order_by("name_en")
    )
    province = django_filters.ChoiceFilter(
        label=_("Province or territory"), choices=Province.choices, method="in_province"
    )
    created_at = django_filters.DateFromToRangeFilter(label=_("Day"), widget=DateRangePickerWidget, method="on_days")

    class Meta:
        model = LetterDelivery
        fields: list[str] = []

    def of_party(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        members = Representative.objects.filter(party_name_en=value)
        others = Recipient.objects.filter(party_name_en=value)
        return rows.filter(_among(members, "representative") | _among(others, "recipient"))

    def in_province(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(_among(Riding.objects.filter(province=value), "riding"))


def course_of(chosen: Mapping[str, Any]) -> Course:
    """Return how to walk the rows of the chosen filters, so that an index leads from each row to the next.

    Days alone have none: they are walked state by state. Without any of these, numbers rise with time as well.
    """
    if any(chosen.get(name) for name in HAVE_INDEX):
        return Course(("created_at", "pk"))
    if chosen.get("created_at"):
        return Course(("created_at", "pk"), apart=[Q(state=state) for state in DispatchState.values])
    return Course(("pk",))


def _among(wanted: QuerySet[Any], column: str) -> Q:
    """A few are named, so that only their letters are looked at; many are asked for per row, newest first."""
    pks = list(wanted.values_list("pk", flat=True)[: A_FEW + 1])
    if len(pks) <= A_FEW:
        return Q(**{f"{column}__in": pks})
    return Q(Exists(wanted.filter(pk=OuterRef(column))))
