"""The block that puts an event, or the next ones, on any page."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from home.languages import current_language

# By name: the pages of events stand above this room.
EVENT_PAGE = "resources.EventPage"
ONE, NEXT = "one", "next"
MOST = 3


class EventChooserBlock(blocks.PageChooserBlock):
    """Chooses the page of an event; each has the event's pages in all languages as ``versions``, found in one query."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"page_type": EVENT_PAGE, **kwargs})

    @cached_property
    def widget(self) -> Any:
        from home.choosers import PageChooser  # once the pages are loaded

        return PageChooser(target_models=self.target_models, can_choose_root=self.can_choose_root)

    def bulk_to_python(self, values: list[int | None]) -> list[Any]:
        found = self.model_class.objects.in_all_languages([pk for pk in values if pk])
        return [copy(found.get(pk)) for pk in values]

    def to_python(self, value: int | None) -> Any:
        return self.bulk_to_python([value])[0] if value else None

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Migrations know it as what it is stored as."""
        _path, args, kwargs = super().deconstruct()
        return "wagtail.blocks.PageChooserBlock", args, kwargs


class EventBlock(blocks.StructBlock):
    """Points at an event's page, or at whatever comes next. Nothing to show: visitors see no block at all."""

    which = blocks.ChoiceBlock(
        choices=[(ONE, _("One event")), (NEXT, _("The next events"))],
        default=ONE,
        label=_("What it shows"),
        help_text=_("“The next events” changes by itself as time goes on."),
    )
    event = EventChooserBlock(
        required=False, label=_("Event"), help_text=_("Its page, in any language; readers get it in theirs.")
    )
    number = blocks.IntegerBlock(
        default=MOST,
        min_value=1,
        max_value=MOST,
        label=_("How many"),
        help_text=_("Of the next events, one to three. It says nothing about one event."),
    )
    heading = blocks.CharBlock(
        required=False, max_length=80, label=_("Heading"), help_text=_("A few words. It may stay empty.")
    )

    class Meta:
        icon = "date"
        label = _("Event")
        group = pgettext_lazy("block group", "Actions")
        template = "actions/events/block.html"
        description = _("When and where an event is, and the way to its form; or the next events.")
        preview_template = "actions/events/block_preview.html"

    def bulk_to_python(self, values: Iterable[dict[str, Any]]) -> list[Any]:
        """Read what all event blocks of a page show with one query: the chosen events and those that come next."""
        rows = list(values)
        pks = [pk for row in rows if (pk := row.get("event"))]
        coming = MOST if any(row.get("which") == NEXT for row in rows) else 0
        found = apps.get_model(EVENT_PAGE).objects.in_all_languages(pks, coming=coming)
        blocks_of_page: list[Any] = super().bulk_to_python([{**row, "event": None} for row in rows])
        for row, value in zip(rows, blocks_of_page, strict=True):
            value["event"] = copy(found.get(row.get("event")))
            value.around = list(found.values())
        return blocks_of_page

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if value["which"] == ONE and not value["event"] and not self.is_deferred_validation:
            raise StructBlockValidationError(block_errors={"event": ValidationError(_("Choose the event."))})
        return value

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        request = context.get("request")
        return {
            **context,
            "pages": _pages(value),
            "is_preview": bool(getattr(request, "is_preview", False) or getattr(request, "is_dummy", False)),
        }


def _pages(value: Any) -> list[Any]:
    """Return the pages to show, each in the best language for the visitor."""
    if value.get("which") == NEXT:
        model = apps.get_model(EVENT_PAGE)
        found: list[Any] = model.objects.next_ones(
            value.get("number") or MOST, current_language(), among=getattr(value, "around", None)
        )
        return found
    chosen = value.get("event")
    shown = chosen.in_best_language(current_language()) if chosen else None
    return [shown] if shown else []
