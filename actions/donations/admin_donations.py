"""The admin's list of donations: numbers, sums and states; who gave stands on one donation's page, on request."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.ui.tables import Column, StatusTagColumn
from wagtail.admin.widgets.button import HeaderButton

from actions.donations.admin_page import LIST_TITLE, LIST_URL, MAY_ENTER, MAY_SEE, ONE_URL
from actions.donations.amounts import format_amount
from actions.donations.donation_filters import DonationFilter
from actions.donations.donation_models import PERSONAL_COLUMNS
from actions.donations.models import Donation
from actions.donations.modes import counted
from actions.donations.staff_words import state_of
from actions.donations.states import DonationState
from actions.staff.columns import LabelledColumn
from actions.staff.listing import LeafedView, PermittedItem
from actions.staff.paging import Course

GOOD = (DonationState.PAID, DonationState.ACTIVE)


class NumberColumn(Column):
    """A donation's number, which leads to its page."""

    cell_template_name = "actions/admin/donation_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        return {**context, "url": reverse(ONE_URL, args=[instance.pk]), "number": str(instance.pk)}


def day_of(row: Donation) -> str:
    return date_format(timezone.localtime(row.created_at), "DATE_FORMAT")


def sum_of(row: Donation) -> str:
    return format_amount(row.total_cents)


def all_columns() -> list[Column]:
    return [
        NumberColumn("pk", label=pgettext_lazy("of a donation", "Number"), classname="staff-leading"),
        LabelledColumn("day", label=_("Begun"), accessor=day_of),
        LabelledColumn("sum", label=_("Amount"), accessor=sum_of),
        LabelledColumn("frequency", label=_("How often"), accessor="get_frequency_display"),
        StatusTagColumn("state", label=_("State"), accessor=state_of, primary=lambda row: row.state in GOOD),
        LabelledColumn("appeal", label=_("Appeal")),
        LabelledColumn("source", label=_("How it came"), accessor="get_source_display"),
    ]


def counted_gifts() -> QuerySet[Donation]:
    """All gifts that count; nobody's name is read."""
    rows = Donation.objects.select_related("appeal").defer(*PERSONAL_COLUMNS)
    return counted(rows)


class DonationsView(LeafedView):
    permission = MAY_SEE
    page_title = LIST_TITLE
    header_icon = "list-ul"
    verbose_name_plural = _("donations")
    index_url_name = LIST_URL
    index_results_url_name = f"{LIST_URL}_results"
    template_name = "actions/admin/donations.html"
    results_template_name = "actions/admin/donations_results.html"
    filterset_class = DonationFilter
    course = Course(("created_at", "pk"))

    @cached_property
    def columns(self) -> Sequence[Column]:
        return all_columns()

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        if not self.request.user.has_perm(MAY_ENTER):
            return []
        return [HeaderButton(_("Enter a gift"), reverse("donations_enter"), icon_name="plus")]

    def get_base_queryset(self) -> QuerySet[Donation]:
        return counted_gifts()


def menu_item() -> PermittedItem:
    return PermittedItem(LIST_TITLE, LIST_URL, permission=MAY_SEE, icon_name="list-ul", order=20)


URLS: list[URLPattern] = [
    path("donations/all/", DonationsView.as_view(), name=LIST_URL),
    path("donations/all/results/", DonationsView.as_view(results_only=True), name=f"{LIST_URL}_results"),
]
