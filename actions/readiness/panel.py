"""The panel "Before you publish" at the end of an editor: what could be better, as the page or text was saved last."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel
from wagtail.models import Page

from actions import registry
from actions.readiness.alone import refusal_for
from actions.readiness.pages import findings_about_page
from actions.registry import Finding


def findings(thing: Any) -> list[Finding]:
    """Return what is to be said about a page, or about a record or text of a room."""
    if thing is None or not thing.pk:
        return []
    return list(findings_about_page(thing) if isinstance(thing, Page) else registry.findings_about(thing))


class ReadinessPanel(Panel):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"heading": _("Before you publish"), "icon": "check", **kwargs})

    class BoundPanel(Panel.BoundPanel):
        template_name = "actions/admin/readiness.html"

        def is_shown(self) -> bool:
            return super().is_shown() and bool(self.instance is not None and self.instance.pk)

        @property
        def findings(self) -> list[Finding]:
            return [*self._alone(), *findings(self.instance)]

        def _alone(self) -> Iterator[Finding]:
            if self.request is not None and (text := refusal_for(self.instance, self.request)):
                yield Finding(text)
