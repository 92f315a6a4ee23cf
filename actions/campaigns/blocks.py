"""Choosing an action, or another record, in a block of any page."""

from __future__ import annotations

from copy import copy
from functools import cached_property
from typing import Any

from wagtail.snippets.blocks import SnippetChooserBlock

ALWAYS_SHOWN = {"campaign", "tally"}


class RecordChooserBlock(SnippetChooserBlock):
    """Chooses a record; its button is in the language of who reads it."""

    @cached_property
    def widget(self) -> Any:
        from home.choosers import SnippetChooser  # once the records are loaded

        icon = super().widget.icon
        return SnippetChooser(self.target_model, icon=icon)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Migrations know it as what it is stored as."""
        _path, args, kwargs = super().deconstruct()
        return "wagtail.snippets.blocks.SnippetChooserBlock", args, kwargs


class ActionChooserBlock(RecordChooserBlock):
    """Chooses an action's record; pages read it with its campaign and its number in one query."""

    @cached_property
    def related(self) -> set[str]:
        return ALWAYS_SHOWN & {field.name for field in self.model_class._meta.get_fields()}

    def bulk_to_python(self, values: list[int]) -> list[Any]:
        records = self.model_class._default_manager.select_related(*self.related).in_bulk(values)
        return [copy(records.get(pk)) for pk in values]
