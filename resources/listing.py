"""One page of the library: which resources, which filters there are, and where it leads."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.http import urlencode

from blog.topics import Topic
from home.alternates import Below
from home.languages import CODES, current_language, own_name
from resources.library import LONG_TEXTS, Kind, ResourcePage, ResourceTopic
from resources.paging import Leaf, leaf_of, number_of

if TYPE_CHECKING:
    from resources.index_page import ResourceIndexPage


@dataclass(frozen=True)
class Choice:
    """One link of a filter; choosing what is chosen takes it away again."""

    label: str
    url: str
    is_current: bool
    language: str = ""


@dataclass(frozen=True)
class Asked:
    """What the query string asks for; what is unknown is no filter."""

    kind: str = ""
    topic: str = ""
    language: str = ""
    page: int = 1

    @property
    def suffix(self) -> str:
        page = str(self.page) if self.page > 1 else ""
        parts = {"kind": self.kind, "topic": self.topic, "language": self.language, "page": page}
        query = urlencode({name: value for name, value in parts.items() if value})
        return f"?{query}" if query else ""

    @property
    def is_filtered(self) -> bool:
        return bool(self.kind or self.topic or self.language)


@dataclass(frozen=True)
class Listing:
    """What is shown. Addresses are blank where there is no such page."""

    leaf: Leaf
    asked: Asked
    kinds: list[Choice]
    topics: list[Choice]
    languages: list[Choice]
    previous_url: str
    next_url: str
    below: Below | None

    @property
    def resources(self) -> list[ResourcePage]:
        return self.leaf.items


def listing_for(request: HttpRequest, index: ResourceIndexPage) -> Listing:
    """Return the page that the query string asks for, the nearest one where there is none."""
    topics = list(_topics_in_use(index))
    asked = _asked(request, topics)
    leaf = leaf_of(_resources(asked), number_of(request.GET.get("page", "")))
    path, here = index.get_url(request) or "", replace(asked, page=leaf.page)
    return Listing(
        leaf=leaf,
        asked=here,
        kinds=_choices(path, asked, "kind", [(kind.value, str(kind.label)) for kind in Kind]),
        topics=_choices(path, asked, "topic", [(topic.slug, topic.name) for topic in topics]),
        languages=_choices(path, asked, "language", [(code, own_name(code)) for code in CODES]),
        previous_url=path + replace(asked, page=leaf.page - 1).suffix if leaf.page > 1 else "",
        next_url=path + replace(asked, page=leaf.page + 1).suffix if leaf.page < leaf.last_page else "",
        below=Below(here.suffix, frozenset(CODES if leaf.page == 1 and not here.topic else {current_language()}))
        if here.suffix
        else None,
    )


def _asked(request: HttpRequest, topics: list[Topic]) -> Asked:
    kind, topic, language = (request.GET.get(name, "") for name in ("kind", "topic", "language"))
    return Asked(
        kind=kind if kind in Kind.values else "",
        topic=topic if topic in {one.slug for one in topics} else "",
        language=language if language in CODES else "",
    )


def _choices(path: str, asked: Asked, name: str, values: list[tuple[str, str]]) -> list[Choice]:
    chosen = getattr(asked, name)
    return [
        Choice(
            label,
            path + replace(asked, page=1, **{name: "" if value == chosen else value}).suffix,
            value == chosen,
            value if name == "language" else "",
        )
        for value, label in values
    ]


def _topics_in_use(index: ResourceIndexPage) -> QuerySet[Topic]:
    """The published topics of the index's language that some resource has, in whatever language; one query."""
    open_pages = ResourcePage.objects.open().order_by().values("pk")
    used = ResourceTopic.objects.filter(topic__slug=OuterRef("slug"), topic__live=True, page__in=open_pages)
    return Topic.objects.filter(Exists(used), live=True, locale_id=index.locale_id).order_by("slug")


def _resources(asked: Asked) -> QuerySet[ResourcePage]:
    found = ResourcePage.objects.shown().defer(*LONG_TEXTS)
    found = found.filter(locale__language_code=asked.language) if asked.language else found.once(current_language())
    if asked.topic:
        of_topic = ResourceTopic.objects.filter(page=OuterRef("pk"), topic__slug=asked.topic, topic__live=True)
        found = found.filter(Exists(of_topic))
    return found.filter(kind=asked.kind) if asked.kind else found
