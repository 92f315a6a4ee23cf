"""How editors see a petition's way to the House: texts side by side, what the check found, and the sheet itself."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.permissions import policy_registry
from wagtail.snippets.views.snippets import SnippetViewSet

from actions.petitions.house_checks import warnings_about
from actions.petitions.house_models import SHEET_LANGUAGES, HousePetition
from actions.petitions.house_sheet import Sheet, sheet_of
from actions.petitions.house_views import pdf_response
from actions.petitions.wording_models import PetitionWording
from home.languages import own_name

PARTS = ("addressee", "grievances", "request")
SHEET_URL_NAME = "petitions_house_sheet"


PRINTED = ("addressee", *(f"{part}_{code}" for part in PARTS for code in SHEET_LANGUAGES))


class HousePetitionForm(WagtailAdminModelForm):
    """Knows whether the printed text was changed while the sheet was on offer.

    It has no drafts, so what is on offer is published: only who may publish petitions' texts offers it or changes it.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.in_use = sheets_of(self.instance) if self.instance.is_offered else []
        if self.for_user is None or may_publish(self.for_user):
            return
        for name in ("is_offered", *(PRINTED if self.instance.is_offered else ())):
            self.fields[name].disabled = True
        self.fields["is_offered"].help_text = _("For whoever publishes petition texts, as is each change from then on.")

    def save(self, commit: bool = True) -> Any:
        after = sheets_of(self.instance)
        self.instance.has_changed_in_use = any(sheet not in after for sheet in self.in_use)
        return super().save(commit)


def may_publish(user: Any) -> bool:
    return bool(policy_registry.get_by_type(PetitionWording).user_has_permission(user, "publish"))


def sheets_of(house: HousePetition) -> list[Sheet]:
    return [sheet_of(house, language) for language in house.languages]


class CheckPanel(HelpPanel):
    """What the check found in the text as it was saved last, and the sheet to look at."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.pop("content", None)
        super().__init__(**{"template": "actions/admin/house_check.html", **kwargs})

    class BoundPanel(HelpPanel.BoundPanel):
        @property
        def warnings(self) -> list[str]:
            return warnings_about(self.instance) if self.instance.pk else []

        @property
        def sheets(self) -> list[tuple[str, str]]:
            """(language, its own name) of each sheet."""
            return [(code, own_name(code)) for code in self.instance.languages] if self.instance.pk else []


def what_the_check_found(house: HousePetition) -> str:
    count = len(warnings_about(house))
    return (
        ngettext("%(count)d point to look at", "%(count)d points to look at", count) % {"count": count} if count else ""
    )


def _texts(code: str, heading: Any) -> MultiFieldPanel:
    fields = [FieldPanel(f"{part}_{code}") for part in PARTS]
    return MultiFieldPanel(fields, heading=heading)


class HousePetitionViewSet(SnippetViewSet):
    model = HousePetition
    icon = "doc-empty"
    menu_label = _("Petitions to the House")
    list_display = [
        Column("petition", label=_("Petition"), sort_key="petition__name"),
        BooleanColumn("is_offered", label=_("Sheet offered")),
        Column("check", label=_("Check of the text"), accessor=what_the_check_found),
        Column("e_petition", label=_("E-petition"), accessor="get_e_petition_status_display"),
    ]
    list_filter = ["is_offered", "e_petition_status"]
    search_fields = ["petition__name", "e_petition_number"]
    ordering = ["petition__name"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            MultiFieldPanel([FieldPanel("petition"), FieldPanel("addressee")], heading=_("Petition")),
            _texts("en", _("The sheet in English")),
            _texts("fr", _("The sheet in French")),
            CheckPanel(heading=_("Check before you offer it")),
            MultiFieldPanel([FieldPanel("is_offered")], heading=_("Offer the sheet")),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("e_petition_url"), FieldPanel("e_petition_number")]),
                    FieldRowPanel([FieldPanel("e_petition_status"), FieldPanel("e_petition_status_on")]),
                ],
                heading=_("Official e-petition"),
            ),
        ],
        base_form_class=HousePetitionForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[HousePetition]:
        return HousePetition.objects.select_related("petition")


def tell_what_the_check_found(request: HttpRequest, instance: Any) -> None:
    """After a petition to the House was saved: warnings that block nothing."""
    if not isinstance(instance, HousePetition):
        return
    if getattr(instance, "has_changed_in_use", False):
        messages.warning(
            request, _("The text has changed while it was offered: sheets that are out already are another petition.")
        )
    for sentence in warnings_about(instance):
        messages.warning(request, sentence)


def sheet(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """The sheet for whoever may write it, offered or not."""
    if not policy_registry.get_by_type(HousePetition).user_has_permission(request.user, "change"):
        raise PermissionDenied
    house = get_object_or_404(HousePetition, pk=pk)
    if language not in house.languages:
        raise Http404
    return pdf_response(request, house, language, cache="private, no-store")


VIEWSETS: list[type[SnippetViewSet]] = [HousePetitionViewSet]
URLS: list[URLPattern] = [path("petitions/house/<int:pk>/<slug:language>.pdf", sheet, name=SHEET_URL_NAME)]
