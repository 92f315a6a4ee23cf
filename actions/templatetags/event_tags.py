"""``{% load event_tags %}``: when an event is, and the form for a place, wherever a page shows them."""

from __future__ import annotations

from typing import Any

from django import template

from actions.events import times
from actions.events.forms import PlaceForm
from actions.events.models import Event
from home.languages import language_of

register = template.Library()


@register.filter
def event_day(event: Event) -> str:
    return times.day_of(event)


@register.filter
def event_hours(event: Event) -> str:
    return times.hours_of(event)


@register.filter
def event_place_language(event: Event) -> str:
    """The language of the place's name: English where nobody has written it in the visitor's."""
    return language_of(event, "place")


@register.inclusion_tag("actions/events/includes/facts.html")
def event_facts(event: Event) -> dict[str, Any]:
    """When and where, in the event's own zone and in the others of Canada, and the file for calendars."""
    return {"event": event, "elsewhere": times.elsewhere(event)}


@register.inclusion_tag("actions/events/includes/card.html", takes_context=True)
def event_form(context: dict[str, Any], event: Event, *, is_own_page: bool = False) -> dict[str, Any]:
    """Draw the form; on its own page the context holds the posted ``form``."""
    request = context.get("request")
    own = context if is_own_page else {}
    return {
        "request": request,
        "event": event,
        "form": own.get("form") or PlaceForm(auto_id="id_place_%s"),
        "form_token": own.get("form_token", ""),
        "is_preview": bool(getattr(request, "is_preview", False) or getattr(request, "is_dummy", False)),
    }
