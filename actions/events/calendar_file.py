"""The event as a file for calendars, RFC 5545: without the link to take part for everybody, with it in mails."""

from __future__ import annotations

from datetime import UTC
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from icalendar import Calendar
from icalendar import Event as CalendarEvent

from actions.events.models import Event
from actions.registry import Attachment
from home.site_settings import SiteSettings

MIME_TYPE = "text/calendar"


def calendar_file(event: Event, *, language: str, is_private: bool) -> bytes:
    """Return the file in ``language``; ``is_private`` adds the link to take part.

    A later version of an event has the same UID and a higher SEQUENCE, so that calendars replace the earlier one.
    """
    zone = ZoneInfo(event.zone)
    with translation.override(language):
        entry = CalendarEvent()
        entry.add("uid", f"event-{event.pk}@{settings.SENDER_DOMAIN}")
        entry.add("summary", event.name)
        entry.add("dtstamp", event.changed_at.astimezone(UTC))
        entry.add("dtstart", event.starts_at.astimezone(zone))
        entry.add("dtend", event.ends_at.astimezone(zone))
        entry.add("sequence", event.version - 1)
        entry.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
        entry.add("transp", "OPAQUE")
        if event.place:
            entry.add("location", event.place)
        if is_private and event.online_link:
            entry.add("url", event.online_link)
            entry.add("description", event.online_link)
        calendar = Calendar()
        calendar.add("prodid", f"-//{SiteSettings.current().organisation_name}//{settings.SENDER_DOMAIN}//")
        calendar.add("version", "2.0")
        calendar.add("method", "PUBLISH")
        calendar.add_component(entry)
    calendar.add_missing_timezones()
    return calendar.to_ical()


def attached(data: dict[str, Any]) -> Attachment:
    """The file that goes with a mail to who has a place; made when the mail leaves."""
    event = Event.objects.get(pk=data["event"])
    content = calendar_file(event, language=data["language"], is_private=True)
    return Attachment(f"{event.slug}.ics", content, MIME_TYPE)
