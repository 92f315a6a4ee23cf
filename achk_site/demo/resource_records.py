"""The demo's resources and its event. What is there already stays as it is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import Page

from achk_site.demo.content import events
from achk_site.demo.content.resources import RESOURCES
from achk_site.demo.content.shapes import Resource
from achk_site.demo.streams import Writer, demo_key
from actions.events.models import Event
from blog.models import Topic
from home.languages import SUFFIXES
from resources.models import EventPage, ResourceFile, ResourcePage, ResourceTopic


def load_event() -> Event:
    """The event in two weeks, counted from the day on which the demo is loaded."""
    found = Event.objects.filter(slug=events.SLUG).first()
    if found is not None:
        return found
    names = {f"name_{suffix}": events.NAME.say(language) for language, suffix in SUFFIXES.items()}
    event = Event(
        slug=events.SLUG, day=timezone.localdate() + timedelta(days=events.IN_DAYS), begins=events.BEGINS,
        ends=events.ENDS, zone=events.ZONE, online_link=events.LINK, seats=events.SEATS, **names,
    )  # fmt: skip
    event.set_times()
    event.save()
    return event


def write_event(writer: Writer, made: set[str], *, event: Event, user: Any) -> None:
    if events.EVENT.slug in made:
        page: EventPage = Page.objects.get(pk=writer.pages[events.EVENT.slug]).specific
        page.event = event
        page.body = writer.stream(events.EVENT.pieces, within=events.EVENT.slug)
        page.save_revision(user=user).publish(user=user)


def write_resources(writer: Writer, made: set[str], *, user: Any) -> None:
    """Fill and publish the resources that were just made."""
    for resource in RESOURCES:
        if resource.slug in made:
            page = Page.objects.get(pk=writer.pages[resource.slug]).specific
            _write(page, resource, writer)
            page.save_revision(user=user).publish(user=user)


def _write(page: ResourcePage, resource: Resource, writer: Writer) -> None:
    today = timezone.localdate()
    page.kind, page.version = resource.kind, resource.version
    page.version_on = today - timedelta(days=resource.days_ago)
    page.version_note = writer.say(resource.version_note) if resource.version_note else ""
    page.body = writer.stream(resource.pieces, within=resource.slug)
    page.share_texts = writer.say(resource.texts) if resource.texts else ""
    if resource.action:
        page.action = writer.stream((resource.action,), within=f"{resource.slug}/action")
    if resource.recording:
        page.recording_url, page.minutes = resource.recording.url, resource.recording.minutes
        page.recorded_on = today - timedelta(days=resource.recording.days_ago)
        page.captions = writer.say(resource.recording.captions)
        page.transcript = writer.say(resource.recording.transcript)
    topics = {topic.slug: topic for topic in Topic.objects.filter(locale_id=page.locale_id)}
    page.resource_topics = [
        ResourceTopic(
            topic=topics[slug],
            locale_id=page.locale_id,
            translation_key=demo_key(f"{resource.slug}/topics/{slug}"),
            sort_order=order,
        )
        for order, slug in enumerate(resource.topics)
    ]
    if resource.file:
        page.files = [_file(page, resource, writer)]


def _file(page: ResourcePage, resource: Resource, writer: Writer) -> ResourceFile:
    assert resource.file is not None  # noqa: S101 - the caller has looked
    title, text = (writer.say(words) for words in resource.file)
    content = f"{title}\n\n{text}\n".encode()
    document = get_document_model()(title=f"{title} (demo)", file_size=len(content))
    document.file.save(f"{resource.slug}-{writer.language}.txt", ContentFile(content), save=False)
    document.save()
    key = demo_key(f"{resource.slug}/file")
    return ResourceFile(document=document, label=title, locale_id=page.locale_id, translation_key=key)
