"""What editors are told about a resource or an event's page before it goes out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from actions import registry
from actions.registry import Finding
from home.languages import own_name
from resources.event_pages import EventPage
from resources.library import Kind, ResourceFile, ResourcePage

OLD = timedelta(days=730)


def about_event_page(page: EventPage) -> Iterator[Finding]:
    """Yield what holds for its event: the page can be in order while the day is over."""
    if page.event_id:
        yield from registry.findings_about(page.event)


def about_resource(page: ResourcePage) -> Iterator[Finding]:
    """Yield what readers would miss in it; what is required is asked for by the form."""
    for part in (_version, _content, _recording, _files):
        yield from (Finding(text) for text in part(page))


def _version(page: ResourcePage) -> Iterator[str]:
    today, day = timezone.localdate(), {"day": date_format(page.version_on)}
    if page.version_on > today:
        yield _("The date of this version is still to come: %(day)s.") % day
    elif page.version_on < today - OLD:
        words = _("This version is more than two years old (%(day)s). Does it still hold? Then give a new date.")
        yield words % day
    if not page.resource_topics.exists():
        yield _("It has no topic: readers who filter by topic do not find it.")


def _content(page: ResourcePage) -> Iterator[str]:
    if page.kind == Kind.TOOLKIT:
        if not page.texts:
            yield _("The toolkit has no texts to pass on.")
        if not page.action:
            yield _("The toolkit has no action: readers cannot do anything at once.")
    elif page.kind == Kind.GUIDE and not page.body and not page.downloads:
        yield _("The guide has neither a text nor a file.")


def _recording(page: ResourcePage) -> Iterator[str]:
    if not page.recording_url:
        return
    if not page.captions.strip():
        yield _("It is not said which captions the recording has: who cannot hear it needs to know.")
    if not page.transcript.strip():
        yield _("The recording has no transcript, for who cannot hear it or would rather read.")
    if page.recorded_on is None:
        yield _("The day of the recording is missing.")
    if page.minutes is None:
        yield _("The length of the recording is missing.")


def _files(page: ResourcePage) -> Iterator[str]:
    """A translated resource begins with the files of its original."""
    if not page.downloads:
        return
    others = ResourceFile.objects.filter(document__in=[one.document_id for one in page.downloads])
    shared = others.filter(page__translation_key=page.translation_key).exclude(page=page.pk)
    codes = sorted(set(shared.values_list("page__locale__language_code", flat=True)))
    for code in codes:
        words = _("It offers the same file as in %(language)s. Does this language have one of its own?")
        yield words % {"language": own_name(code)}
