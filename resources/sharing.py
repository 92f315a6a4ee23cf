"""How resources and events are shown elsewhere: links to pass them on, and what search engines are told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from actions.events.models import Event
from actions.events.times import local
from actions.sharing.links import ShareKit
from actions.sharing.page_cards import card_address
from home.alternates import full_address
from home.languages import html_language
from home.site_settings import SiteSettings
from home.structured_data import CONTEXT, organisation

if TYPE_CHECKING:
    from wagtail.models import Page

    from resources.event_pages import EventPage
    from resources.library import ResourcePage

NOWHERE: dict[str, Any] = {"kit": None, "json_ld": None}


def resource_context(page: ResourcePage, request: HttpRequest) -> dict[str, Any]:
    """Return what the templates need beyond the page itself; a page without an address has no links."""
    address = _address(page, request)
    if not address:
        return NOWHERE
    data = as_learning_resource(page, address, SiteSettings.current(request))
    return {"kit": ShareKit(url=address, text=page.title), "json_ld": data}


def event_context(page: EventPage, request: HttpRequest) -> dict[str, Any]:
    """The same for an event."""
    address = _address(page, request)
    if not address:
        return NOWHERE
    data = as_event(page, address, SiteSettings.current(request))
    return {"kit": ShareKit(url=address, text=page.title), "json_ld": data}


def _address(page: Page, request: HttpRequest) -> str:
    parts = page.get_url_parts(request)
    return full_address(parts[2]) if parts and parts[2] else ""


def as_learning_resource(page: ResourcePage, address: str, site: SiteSettings) -> dict[str, Any]:
    """Return https://schema.org/LearningResource as a dictionary."""
    published = page.first_published_at or page.last_published_at
    return {
        "@context": CONTEXT,
        "@type": "LearningResource",
        "name": page.title,
        "description": page.search_description or page.introduction,
        "inLanguage": html_language(page.locale.language_code),
        "datePublished": published.isoformat() if published else page.version_on.isoformat(),
        "dateModified": page.version_on.isoformat(),
        "version": str(page.version),
        "learningResourceType": page.kind,
        "url": address,
        "publisher": organisation(site),
    }


def as_event(page: EventPage, address: str, site: SiteSettings) -> dict[str, Any]:
    """Return https://developers.google.com/search/docs/appearance/structured-data/event as a dictionary.

    Where it is held online the address is this page: the link to take part is nobody's but theirs who have a place.
    """
    event = page.event
    modes = {(True, True): "Mixed", (True, False): "Offline", (False, True): "Online"}
    mode = modes.get((bool(event.place), bool(event.online_link)), "Offline")
    places: list[dict[str, Any]] = []
    if event.place:
        places.append({"@type": "Place", "name": event.place, "address": event.place})
    if event.online_link:
        places.append({"@type": "VirtualLocation", "url": address})
    status = "EventCancelled" if event.is_cancelled else "EventScheduled"
    return {
        "@context": CONTEXT,
        "@type": "Event",
        "name": page.title,
        "description": page.search_description or page.introduction,
        "inLanguage": html_language(page.locale.language_code),
        "startDate": _local_time(event, "starts_at"),
        "endDate": _local_time(event, "ends_at"),
        "eventStatus": f"{CONTEXT}/{status}",
        "eventAttendanceMode": f"{CONTEXT}/{mode}EventAttendanceMode",
        "location": places,
        "isAccessibleForFree": True,
        "image": [card_address(page)],
        "url": address,
        "organizer": organisation(site),
    }


def _local_time(event: Event, field: str) -> str:
    return local(event, getattr(event, field)).isoformat()
