"""Columns of wide lists: on a phone their rows are stacked (``css/staff.css``), so each cell brings its own heading."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.middleware.csrf import get_token
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BaseColumn, Column, NumberColumn

FORM_ID = "decide-several"
# What a person may decide about a row: choices with ``value`` and ``label``, none where nothing is open.
DecisionsAbout = Callable[[Any], Sequence[Any]]


class LabelledCells:
    """Cells written in one go: a page has hundreds of them, and a template for each takes half of its time."""

    def render_cell_html(self, instance: Any, parent_context: Any) -> SafeString:
        value = self.get_cell_context_data(instance, parent_context)["value"]  # type: ignore[attr-defined]
        shown = "" if value is None else value
        classes = f"{self.classname or ''} {'' if value else 'staff-blank'}".strip()  # type: ignore[attr-defined]
        return format_html(
            '<td class="{}"><span class="staff-label">{}</span>{}</td>',
            classes,
            self.label,  # type: ignore[attr-defined]
            shown,
        )


class LabelledColumn(LabelledCells, Column):
    pass


class LabelledNumberColumn(LabelledCells, NumberColumn):
    pass


class LeadingColumn(Column):
    """What a row is about: it stands first where rows are stacked, and needs no heading."""

    def __init__(self, name: str, label: object) -> None:
        super().__init__(name, label=label, classname="staff-leading")


class DecisionColumn(Column):
    """One form with a button for each decision that a row allows; ``field`` is the name its number is posted under."""

    cell_template_name = "actions/admin/decision_cell.html"

    def __init__(self, decisions_about: DecisionsAbout, *, field: str = "row") -> None:
        super().__init__("decision", label=_("Decision"))
        self.decisions_about, self.field = decisions_about, field

    def get_value(self, instance: Any) -> Sequence[Any]:
        return self.decisions_about(instance)

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        context["csrf_token"] = parent_context.get("csrf_token") or get_token(parent_context["request"])
        context["field"] = self.field
        return context


class TickColumn(BaseColumn):
    """A box for each row that a person may decide about; it belongs to the form below the table."""

    header_template_name = "actions/admin/tick_header.html"
    cell_template_name = "actions/admin/tick_cell.html"

    def __init__(self, decisions_about: DecisionsAbout) -> None:
        super().__init__("tick", label=_("Select"), classname="bulk-action-checkbox-cell")
        self.decisions_about = decisions_about

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        return {**context, "form_id": FORM_ID, "is_open": bool(self.decisions_about(instance))}
