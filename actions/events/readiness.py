"""What editors are told about an event before its page goes out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import ReferenceIndex

from actions.events.models import Event
from actions.readiness.sentences import missing_languages
from actions.registry import Finding

LONG = timedelta(hours=12)


def about_event(event: Event) -> Iterator[Finding]:
    """Yield what could be better. What is required (day, times, zone, a place or a link) is asked for by the form."""
    url = reverse(Event.snippet_viewset.get_url_name("edit"), args=[event.pk])  # type: ignore[attr-defined]
    about = {"event": event.name_en}
    yield from (Finding(text % about, url) for text in _when(event))
    texts = {
        _("“%(event)s” has no name in %(languages)s: mails and calendars there show the English one."): "name",
        _("“%(event)s” has no place in %(languages)s: mails and calendars there show the English one."): "place",
    }
    for text, field in texts.items():
        if languages := _without(event, field):
            yield Finding(text % {**about, "languages": languages}, url)
    if not ReferenceIndex.get_references_to(event).exists():
        yield Finding(_("No page shows “%(event)s” yet: make one under Pages, below “Events”.") % about)


def _when(event: Event) -> Iterator[str]:
    if event.is_cancelled:
        yield _("“%(event)s” is cancelled: its page says so and takes no sign-ups.")
    elif event.is_over:
        yield _("“%(event)s” is over: nobody can sign up any more. Is the date right?")
    elif event.starts_at <= timezone.now():
        yield _("“%(event)s” has begun: nobody can sign up any more.")
    if event.ends_at - event.starts_at >= LONG:
        yield _("“%(event)s” lasts twelve hours or more. An end before the beginning counts as the next day.")


def _without(event: Event, field: str) -> str:
    """The languages in which a text is missing; blank where the event has none in English either."""
    texts = {"en": f"{field}_en", "fr": f"{field}_fr", "zh-hant": f"{field}_zh"}
    there = [code for code, name in texts.items() if getattr(event, name)]
    return missing_languages(there) if there else ""
