"""Resources and events in three languages: ``ResourceTree(tree)`` puts both lists under each front page."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

import factory
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.models import Page

from actions.events.models import Event
from blog.topics import Topic
from resources.models import EventIndexPage, EventPage, ResourceFile, ResourceIndexPage, ResourcePage, ResourceTopic
from tests.factories.events import make_event
from tests.factories.pages import CODES, PageFactory, SiteTree, insert_pages
from tests.factories.uploads import pdf

FIRST_DAY = date(2026, 3, 1)


class ResourceIndexPageFactory(PageFactory):
    class Meta:
        model = ResourceIndexPage

    title = "Resources"
    slug = "resources"


class EventIndexPageFactory(PageFactory):
    class Meta:
        model = EventIndexPage

    title = "Events"
    slug = "events"


class ResourcePageFactory(PageFactory):
    class Meta:
        model = ResourcePage

    title = factory.Sequence(lambda n: f"Guide {n}")
    introduction = "What it is for."
    version_on = factory.Sequence(lambda n: FIRST_DAY + timedelta(days=n))


class EventPageFactory(PageFactory):
    class Meta:
        model = EventPage

    title = factory.Sequence(lambda n: f"Event {n}")
    introduction = "What happens."


class ResourceTree:
    """The lists of each language, as ``lists.library["fr"]`` and ``lists.events["fr"]``."""

    def __init__(self, tree: SiteTree) -> None:
        keys = uuid.uuid4(), uuid.uuid4()
        self.library: dict[str, ResourceIndexPage] = {}
        self.events: dict[str, EventIndexPage] = {}
        for code in CODES:
            self.library[code] = ResourceIndexPageFactory(parent=tree[code], language=code, translation_key=keys[0])
            self.events[code] = EventIndexPageFactory(parent=tree[code], language=code, translation_key=keys[1])

    def add(self, code: str = "en", *, topics: tuple[Topic, ...] = (), **kwargs: Any) -> ResourcePage:
        page = ResourcePageFactory(parent=self.library[code], language=code, **kwargs)
        for order, topic in enumerate(topics):
            ResourceTopic.objects.create(page=page, topic=topic, locale=page.locale, sort_order=order)
        return page

    def add_event(self, code: str = "en", *, event: Event | None = None, **kwargs: Any) -> EventPage:
        return EventPageFactory(parent=self.events[code], language=code, event=event or make_event(), **kwargs)


def add_file(page: ResourcePage, name: str = "guide.pdf", content: bytes = b"") -> ResourceFile:
    document = get_document_model()(title="A guide")
    document.file.save(name, ContentFile(content or pdf()), save=False)
    document.save()
    return ResourceFile.objects.create(page=page, document=document, locale=page.locale)


def make_many_resources(lists: ResourceTree, number: int, *, topics: tuple[Topic, ...] = ()) -> None:
    """Live English resources as publishing leaves them, in bulk."""
    pages = _many(lists.library["en"], ResourcePage, number, lambda n: {"version_on": FIRST_DAY - timedelta(days=n)})
    ResourceTopic.objects.bulk_create(
        [ResourceTopic(page=page, topic=topic, locale=page.locale) for page in pages for topic in topics]
    )


def make_many_events(lists: ResourceTree, number: int) -> None:
    event = make_event()
    _many(lists.events["en"], EventPage, number, lambda n: {"event": event})


def _many(index: Page, model: type[Page], number: int, values: Any) -> list[Any]:
    parent = type(index).objects.get(pk=index.pk)
    first = parent.numchild
    kind = ContentType.objects.get_for_model(model).pk
    pages = [
        model(
            title=f"Bulk {n}", draft_title=f"Bulk {n}", slug=f"bulk-{n}", introduction="What it is for.",
            locale=parent.locale, depth=parent.depth + 1,
            path=model._get_path(parent.path, parent.depth + 1, first + 1 + n),
            url_path=f"{parent.url_path}bulk-{n}/", content_type_id=kind, translation_key=uuid.uuid4(), live=True,
            **values(n),
        )
        for n in range(number)
    ]  # fmt: skip
    insert_pages(pages)
    type(parent).objects.filter(pk=parent.pk).update(numchild=first + number)
    return pages
