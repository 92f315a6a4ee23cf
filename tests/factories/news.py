"""News in three languages: ``NewsTree(tree)`` puts a list under each front page."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

import factory
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Locale

from blog.models import NewsIndexPage, NewsPage, NewsPageTopic, Topic
from tests.factories.pages import CODES, PageFactory, SiteTree, insert_pages

FIRST_DAY = date(2026, 3, 1)
TITLES = {"en": "News", "fr": "Nouvelles", "zh-hant": "最新消息"}


class NewsIndexPageFactory(PageFactory):
    class Meta:
        model = NewsIndexPage

    title = factory.LazyAttribute(lambda o: TITLES[o.language])
    slug = "news"


class NewsPageFactory(PageFactory):
    class Meta:
        model = NewsPage

    title = factory.Sequence(lambda n: f"Article {n}")
    introduction = "What happened."
    published_on = factory.Sequence(lambda n: FIRST_DAY + timedelta(days=n))


class NewsTree:
    """The list of each language, as ``news["fr"]``."""

    def __init__(self, tree: SiteTree) -> None:
        key = uuid.uuid4()
        self.lists = {
            code: NewsIndexPageFactory(parent=tree[code], language=code, translation_key=key) for code in CODES
        }

    def __getitem__(self, code: str) -> NewsIndexPage:
        return self.lists[code]

    def add(self, code: str = "en", *, topics: tuple[Topic, ...] = (), **kwargs: Any) -> NewsPage:
        article = NewsPageFactory(parent=self[code], language=code, **kwargs)
        for order, topic in enumerate(topics):
            NewsPageTopic.objects.create(page=article, topic=topic, locale=article.locale, sort_order=order)
        return article


def make_topic(name: str, code: str = "en", **kwargs: Any) -> Topic:
    locale = Locale.objects.get_or_create(language_code=code)[0]
    return Topic.objects.create(**{"name": name, "slug": name.lower(), "locale": locale, **kwargs})


def make_many(news: NewsTree, number: int, *, topics: tuple[Topic, ...] = (), code: str = "en") -> None:
    """Live articles as publishing leaves them, in bulk."""
    parent = type(news[code]).objects.get(pk=news[code].pk)
    first = parent.numchild
    pages = [
        NewsPage(
            title=f"Bulk {n}", draft_title=f"Bulk {n}", slug=f"bulk-{n}", introduction="What happened.",
            published_on=FIRST_DAY - timedelta(days=n), locale=parent.locale, depth=parent.depth + 1,
            path=NewsPage._get_path(parent.path, parent.depth + 1, first + 1 + n),
            url_path=f"{parent.url_path}bulk-{n}/",
            content_type_id=_content_type(), translation_key=uuid.uuid4(), live=True,
        )
        for n in range(number)
    ]  # fmt: skip
    insert_pages(pages)
    type(parent).objects.filter(pk=parent.pk).update(numchild=first + number)
    NewsPageTopic.objects.bulk_create(
        [NewsPageTopic(page=page, topic=topic, locale=page.locale) for page in pages for topic in topics]
    )


def _content_type() -> int:
    return ContentType.objects.get_for_model(NewsPage).pk
