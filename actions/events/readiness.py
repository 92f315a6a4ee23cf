"""What editors are told about an event before its page goes out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from actions.events.models import Event
from actions.readiness.sentences import missing_languages
from actions.registry import Finding

LONG = timedelta(hours=12)

def about_event(event: Event) -> Iterator[Finding]:
    """Yield what could be better. What is required (day, times, zone, a place or a link) is asked for by the form."""
    url = reverse(Event.snippet_viewset.get_url_name("edit"), args=[event.pk])  # type: ignore[attr-defined]
    yield from (Finding(text % {"event": event.name_en}, url) for text in _sentences(event))


def _sentences(event: Event) -> Iterator[str]:
    if event.is_cancelled:
        yield _("“%(event)s” is cancelled: its page says so and takes no sign-ups.")
    elif event.is_over:
        yield _("“%(event)s” is over: nobody can sign up any more. Is the year right?")
    elif event.starts_at <= timezone.now():
        yield _("“%(event)s” has begun: nobody can sign up any more.")
    if event.ends_at - event.starts_at >= LONG:
        yield _("“%(event)s” lasts twelve hours or more. An end before the beginning counts as the next day.")
    yield from _languages(event)


def _languages(event: Event) -> Iterator[str]:
    names = {"en": event.name_en, "fr": event.name_fr, "zh-hant": event.name_zh}
    if missing := missing_languages(code for code, name in names.items() if name):
        words = _("“%(event)s” has no name in %(languages)s: mails and calendars there show the English one.")
        yield words.replace("%(languages)s", missing)
    places = {"en": event.place_en, "fr": event.place_fr, "zh-hant": event.place_zh}
    missing = missing_languages(code for code, place in places.items() if place)
    if event.place_en and missing:
        words = _("“%(event)s” has no place in %(languages)s: mails and calendars there show the English one.")
        yield words.replace("%(languages)s", missing)
