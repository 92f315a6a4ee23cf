"""The admin's list "Translations": what stands where in each language, and the way straight to the work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permissions import policy_registry

from home.languages import CODES, own_name
from home.translations.roles import may_translate
from home.translations.settings_texts import MODELS as SETTINGS
from home.translations.standing import WAITING, State, kinds
from home.translations.waiting import LIST_URL, Line, translations

LINES_PER_PAGE = 50
WAITING_ONLY, EVERYTHING = "waiting", "all"


@dataclass(frozen=True)
class Choice:
    value: str
    label: str


def may_see(user: Any) -> bool:
    """Whoever may change a page or a text in any language, or the settings."""
    return any(may_translate(user, kind) for kind in kinds()) or any(
        policy_registry.get_by_type(model).user_has_permission(user, "change") for model in SETTINGS
    )


class TranslationsView(WagtailAdminTemplateMixin, TemplateView):
    """Filters are plain GET fields; a value that is none of ours counts as no filter."""

    page_title = _("Translations")
    header_icon = "globe"
    template_name = "home/admin/translations.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_see(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def lines(self) -> list[Line]:
        found = translations(self.request.user)
        order = [*WAITING, *(state for state in State if state not in WAITING)]
        return sorted(found, key=lambda line: (order.index(State(line.state)), line.title, line.language))

    def chosen(self, name: str) -> str:
        return self.request.GET.get(name, "")[:60]

    def shown(self) -> list[Line]:
        language, kind, state = self.chosen("language"), self.chosen("kind"), self.chosen("state") or WAITING_ONLY
        return [
            line
            for line in self.lines
            if (language not in CODES or line.language == language)
            and (not kind or line.model_label == kind)
            and (state == EVERYTHING or (line.is_to_be_done if state == WAITING_ONLY else line.state == state))
        ]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(self.shown(), LINES_PER_PAGE).get_page(self.request.GET.get("p"))
        asked = self.request.GET.copy()
        asked.pop("p", None)
        about = {
            "page": page,
            "query": asked.urlencode(),
            "languages": [Choice(code, own_name(code)) for code in CODES],
            "kinds": sorted({Choice(line.model_label, line.kind) for line in self.lines}, key=lambda one: one.label),
            "states": self._states(),
            "language": self.chosen("language"),
            "kind": self.chosen("kind"),
            "state": self.chosen("state") or WAITING_ONLY,
        }
        return super().get_context_data(**about, **kwargs)

    def _states(self) -> list[Choice]:
        every = [Choice(str(value), str(label)) for value, label in State.choices]
        return [Choice(WAITING_ONLY, str(_("to be done"))), *every, Choice(EVERYTHING, str(_("everything")))]


class TranslationsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_see(request.user)


def menu_item() -> MenuItem:
    return TranslationsItem(
        TranslationsView.page_title, reverse_lazy(LIST_URL), name="translations", icon_name="globe", order=145
    )


def list_url(state: str = "") -> str:
    """Where the list is, or what of it stands in one state."""
    return reverse(LIST_URL) + (f"?{urlencode({'state': state})}" if state else "")


URLS: list[URLPattern] = [path("translations/", TranslationsView.as_view(), name=LIST_URL)]
