"""Columns of wide lists: on a phone their rows are stacked (``css/staff.css``), so each cell brings its own heading."""

from __future__ import annotations

from wagtail.admin.ui.tables import Column, NumberColumn


class LabelledColumn(Column):
    cell_template_name = "actions/admin/labelled_cell.html"


class LabelledNumberColumn(NumberColumn):
    cell_template_name = "actions/admin/labelled_cell.html"


class LeadingColumn(Column):
    """What a row is about: it stands first where rows are stacked, and needs no heading."""

    def __init__(self, name: str, label: object) -> None:
        super().__init__(name, label=label, classname="staff-leading")
