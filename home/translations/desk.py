"""What who only translates finds in the admin: the list of what waits, and nothing of what others do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from home.translations.admin_list import list_url
from home.translations.roles import only_translates
from home.translations.waiting import translations_waiting

SHOWN = 10
LEFT_IN_MENU = frozenset({"translations", "help"})


class TranslatorPanel(Component):
    """The front page of a translator."""

    name = "translations_waiting"
    template_name = "home/admin/translator_panel.html"
    order = 10

    class Media:
        css = {"all": ("css/staff.css", "css/desk.css")}

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        waiting = translations_waiting(parent_context["request"].user) if parent_context else []
        return {
            "lines": waiting[:SHOWN],
            "more": max(0, len(waiting) - SHOWN),
            "list_url": list_url(),
        }


def shorten_menu(request: HttpRequest, items: list[Any]) -> None:
    """Hook: no menu of pages, pictures and campaigns for who only translates."""
    if only_translates(request.user):
        items[:] = [item for item in items if item.name in LEFT_IN_MENU]


def without_their_report(request: HttpRequest, items: list[Any]) -> None:
    """Hook: our list shows more, and two of one name would be one too many."""
    items[:] = [item for item in items if "localize/reports" not in str(getattr(item, "url", ""))]


def without_copies(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Hook: "Convert to alias page" would show the original's words under this language."""
    items[:] = [item for item in items if item.name != "localize-convert-to-alias"]


def show(request: HttpRequest, panels: list[Any]) -> None:
    """Hook: beside it, who only translates keeps what Wagtail itself shows: their drafts and what they handed over."""
    if only_translates(request.user):
        panels[:] = [panel for panel in panels if type(panel).__module__.startswith("wagtail.")]
        panels.append(TranslatorPanel())


def without_summary(request: HttpRequest, items: list[Any]) -> None:
    """Hook: Wagtail's summary leads to all pages, where who only translates would be refused at nearly every button."""
    if only_translates(request.user):
        items.clear()
