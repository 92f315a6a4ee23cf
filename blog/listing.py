"""One page of the list of news: which articles, which filters there are, and where it leads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, QuerySet, Window
from django.http import Http404, HttpRequest
from django.utils.http import urlencode

from blog.articles import Kind, NewsPage, NewsPageTopic
from blog.topics import Topic
from home.alternates import Below
from home.languages import CODES, current_language

if TYPE_CHECKING:
    from blog.index_page import NewsIndexPage

PER_PAGE = 12


@dataclass(frozen=True)
class Choice:
    """One link of a filter."""

    label: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class Listing:
    """What is shown; ``total`` counts the articles of all pages. Addresses are blank where there is no such page."""

    articles: list[NewsPage]
    total: int
    page: int
    last_page: int
    kinds: list[Choice]
    all_kinds_url: str
    topics: list[Choice]
    topic: Topic | None
    kind: Kind | None
    previous_url: str
    next_url: str
    below: Below | None


def listing_for(request: HttpRequest, index: NewsIndexPage, *, topic_slug: str = "") -> Listing:
    """Return the page that the query string asks for, the nearest one where there is none.

    Raises Http404 for a topic that is not published in the index's language.
    """
    topics = list(_topics_in_use(index))
    own = [topic for topic in topics if topic.locale_id == index.locale_id]
    topic = _topic(index, own, topic_slug) if topic_slug else None
    kind = _kind(request.GET.get("kind", ""))
    articles, total, page, last_page = _page_of(_articles(index, topic, kind), _number(request.GET.get("page", "")))
    place = _Place(index.get_url(request) or "", topic, kind)
    return Listing(
        articles=articles,
        total=total,
        page=page,
        last_page=last_page,
        kinds=place.kinds(),
        all_kinds_url=place.path + place.of_topic,
        topics=place.topics(own),
        topic=topic,
        kind=kind,
        previous_url=place.url(page=page - 1) if page > 1 else "",
        next_url=place.url(page=page + 1) if page < last_page else "",
        below=place.below(page, _languages(topic, topics)),
    )


@dataclass(frozen=True)
class _Place:
    """Where the list is, and the addresses beside it; ``path`` is the index's."""

    path: str
    topic: Topic | None
    kind: Kind | None

    def url(self, *, page: int = 1) -> str:
        return self.path + self._suffix(self.topic, self.kind, page)

    @property
    def of_topic(self) -> str:
        return self._suffix(self.topic, None, 1)

    def kinds(self) -> list[Choice]:
        return [
            Choice(str(kind.label), self.path + self._suffix(self.topic, kind, 1), kind == self.kind) for kind in Kind
        ]

    def topics(self, topics: list[Topic]) -> list[Choice]:
        return [Choice(one.name, self.path + self._suffix(one, None, 1), one == self.topic) for one in topics]

    def below(self, page: int, codes: frozenset[str]) -> Below | None:
        """Pages of other languages hold other articles, so only the first ones are each other's translations."""
        suffix = self._suffix(self.topic, self.kind, page)
        return Below(suffix, codes if page == 1 else frozenset({current_language()})) if suffix else None

    @staticmethod
    def _suffix(topic: Topic | None, kind: Kind | None, page: int) -> str:
        asked = {"kind": kind.value if kind else "", "page": str(page) if page > 1 else ""}
        query = urlencode({name: value for name, value in asked.items() if value})
        return (f"topic/{topic.slug}/" if topic else "") + (f"?{query}" if query else "")


def _topics_in_use(index: NewsIndexPage) -> QuerySet[Topic]:
    """The published topics of all languages that have an article to show, in the same order in each; one query."""
    used = NewsPageTopic.objects.filter(topic=OuterRef("pk"), page__in=NewsPage.objects.shown().order_by().values("pk"))
    return Topic.objects.filter(Exists(used), live=True).select_related("locale").order_by("slug")


def _topic(index: NewsIndexPage, own: list[Topic], slug: str) -> Topic:
    for topic in own:
        if topic.slug == slug:
            return topic
    found = Topic.objects.filter(live=True, locale_id=index.locale_id, slug=slug).select_related("locale").first()
    if found is None:
        raise Http404
    return found


def _languages(topic: Topic | None, topics: list[Topic]) -> frozenset[str]:
    if topic is None:
        return frozenset(CODES)
    same = [one for one in (*topics, topic) if one.translation_key == topic.translation_key]
    return frozenset(one.locale.language_code for one in same)


def _articles(index: NewsIndexPage, topic: Topic | None, kind: Kind | None) -> QuerySet[NewsPage]:
    found = NewsPage.objects.child_of(index).shown().defer("body")
    if topic is not None:
        found = found.filter(Exists(NewsPageTopic.objects.filter(page=OuterRef("pk"), topic=topic)))
    return found.filter(kind=kind) if kind else found


def _page_of(articles: QuerySet[NewsPage], page: int) -> tuple[list[NewsPage], int, int, int]:
    """Return articles, their number in all, the page and the last page; one query where there is such a page."""
    shown = list(articles.annotate(total=Window(Count("pk")))[(page - 1) * PER_PAGE : page * PER_PAGE])
    if shown:
        total = shown[0].total
        return shown, total, page, -(-total // PER_PAGE)
    return ([], 0, 1, 1) if page == 1 else _page_of(articles, max(1, -(-articles.count() // PER_PAGE)))


def _kind(typed: str) -> Kind | None:
    return Kind(typed) if typed in Kind.values else None


def _number(typed: str) -> int:
    return max(1, int(typed)) if typed.isascii() and typed.isdecimal() and len(typed) < 6 else 1
