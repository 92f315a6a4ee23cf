"""The admin's page "Letters per MP" and its download: public officials and numbers, nothing about supporters."""

from __future__ import annotations

from typing import Any

import django_filters  # type: ignore[import-untyped]
from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, NumberColumn
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import Button
from wagtail.permissions import policy_registry

from actions.letters import admin_views
from actions.letters.models import LetterCampaign
from actions.letters.totals import Row, Total, besides, rows_of, totals_by_member
from actions.letters.totals_csv import NUMBERS, csv_lines
from actions.representatives.affiliations import party_choices
from actions.representatives.models import Representative, Riding
from actions.representatives.provinces import Province
from actions.staff.quick_select import QuickSelect

URL_NAME = "letters_totals"


def may_see_numbers(user: Any) -> bool:
    """Numbers about a letter campaign are for those who make or see it and for those who decide about its letters."""
    policy = policy_registry.get_by_type(LetterCampaign)
    return bool(policy.user_has_any_permission(user, ["change", "view"])) or user.has_perm(admin_views.PERMISSION)


class TotalsFilter(WagtailFilterSet):
    """``letters`` and ``flaws`` are about the rows that the page makes and are applied there."""

    letter_campaign = django_filters.ModelChoiceFilter(
        label=_("Letter campaign"), queryset=LetterCampaign.objects.order_by("name"), method="later"
    )
    letters = django_filters.ChoiceFilter(
        label=_("Which ridings"),
        choices=[("none", _("without letters")), ("all", _("all"))],
        empty_label=_("with letters"),
        method="later",
        widget=forms.RadioSelect,
    )
    flaws = django_filters.ChoiceFilter(
        label=_("Data about the MP"),
        choices=[("any", _("to be mended"))],
        empty_label=_("All"),
        method="later",
        widget=forms.RadioSelect,
    )
    province = django_filters.ChoiceFilter(label=_("Province or territory"), choices=Province.choices)
    party = django_filters.ChoiceFilter(label=_("Party"), choices=party_choices, method="of_party")
    riding = django_filters.ModelChoiceFilter(
        label=_("Riding"), widget=QuickSelect, queryset=Riding.objects.order_by("name_en"), method="only_riding"
    )

    class Meta:
        model = Riding
        fields: list[str] = []

    def later(self, ridings: QuerySet[Riding], name: str, value: Any) -> QuerySet[Riding]:
        return ridings

    def of_party(self, ridings: QuerySet[Riding], name: str, value: str) -> QuerySet[Riding]:
        seated = Representative.objects.filter(is_current=True, party_name_en=value, riding__isnull=False)
        return ridings.filter(pk__in=seated.values("riding"))

    def only_riding(self, ridings: QuerySet[Riding], name: str, value: Riding) -> QuerySet[Riding]:
        return ridings.filter(pk=value.pk)


class MemberColumn(Column):
    """The member, leading to the form when the user may mend what it says."""

    cell_template_name = "actions/admin/member_cell.html"

    def get_cell_context_data(self, instance: Row, parent_context: Any) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        may_mend = policy_registry.get_by_type(Representative).user_has_permission(
            parent_context["request"].user, "change"
        )
        context["url"] = mend_url(instance.person) if may_mend else ""
        return context


def mend_url(person: Representative | None) -> str:
    """Where the member is corrected; for a vacant seat the list, where somebody new is added."""
    viewset: Any = Representative.snippet_viewset  # type: ignore[attr-defined]  # made by register_snippet
    return reverse(viewset.get_url_name("edit"), args=[person.pk]) if person else reverse(viewset.get_url_name("list"))


class TotalsView(BaseListingView):
    page_title = _("Letters per MP")
    header_icon = "group"
    index_url_name = URL_NAME
    index_results_url_name = f"{URL_NAME}_results"
    template_name = "actions/admin/totals.html"
    results_template_name = "actions/admin/totals_results.html"
    filterset_class = TotalsFilter
    paginate_by = 50
    columns = [
        Column("riding_name", label=_("Riding")),
        MemberColumn("person", label=_("Member of Parliament")),
        Column("party", label=_("Party")),
        *(
            NumberColumn(name, label=label, accessor=lambda row, name=name: row.total.number(name))
            for name, label in NUMBERS.items()
        ),
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_see_numbers(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def chosen(self) -> dict[str, Any]:
        return self.filters.form.cleaned_data if self.filters and self.filters.is_valid() else {}

    @cached_property
    def totals(self) -> dict[int | None, Total]:
        return totals_by_member(self.chosen.get("letter_campaign"))

    def get_queryset(self) -> list[Row]:
        ridings = self.filter_queryset(Riding.objects.all())
        rows = rows_of(ridings, self.totals, language=get_language() or "en", now=timezone.now())
        wanted = self.chosen.get("letters", "")
        if wanted != "all":
            rows = [row for row in rows if bool(row.total.letters) == (wanted != "none")]
        return [row for row in rows if row.flaws] if self.chosen.get("flaws") else rows

    def get_page_subtitle(self) -> str:
        return str(self.chosen.get("letter_campaign") or "")

    def get_header_more_buttons(self) -> list[Button]:
        url = f"{reverse(f'{URL_NAME}_csv')}?{self.request.GET.urlencode()}"
        return [Button(gettext("Download CSV"), url, icon_name="download", priority=90)]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        others = besides(self.totals)
        context["besides"] = [
            text % {"count": count}
            for text, count in (
                (
                    ngettext("%(count)d letter to a former member", "%(count)d letters to former members",
                             others.to_former_members),
                    others.to_former_members,
                ),
                (
                    ngettext("%(count)d letter to another recipient", "%(count)d letters to other recipients",
                             others.to_other_recipients),
                    others.to_other_recipients,
                ),
            )
            if count
        ]  # fmt: skip
        return context


class TotalsDownload(TotalsView):
    """The same rows, whole, as a file; each line leaves as soon as it is written."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        answer = StreamingHttpResponse(csv_lines(self.get_queryset()), content_type="text/csv; charset=utf-8")
        letter_campaign = self.chosen.get("letter_campaign")
        name = f"letters-per-mp-{letter_campaign.slug if letter_campaign else 'all'}-{timezone.localdate()}.csv"
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer


class TotalsItem(MenuItem):
    def __init__(self) -> None:
        super().__init__(TotalsView.page_title, reverse(URL_NAME), name="letter-totals", icon_name="group", order=92)

    def is_shown(self, request: HttpRequest) -> bool:
        return may_see_numbers(request.user)


URLS: list[URLPattern] = [
    path("letters/totals/", TotalsView.as_view(), name=URL_NAME),
    path("letters/totals/results/", TotalsView.as_view(results_only=True), name=f"{URL_NAME}_results"),
    path("letters/totals/csv/", TotalsDownload.as_view(), name=f"{URL_NAME}_csv"),
]
