"""The demo's news: topics, pictures and articles. What is there already stays as it is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.models import Locale, Page

from achk_site.demo.content.news import ARTICLES, TOPICS
from achk_site.demo.content.shapes import Article
from achk_site.demo.drawings import DRAWINGS, drawing
from achk_site.demo.streams import Writer, demo_key
from blog.models import NewsPage, NewsPageTopic, Topic

Pictures = dict[str, int]


def load_topics(writers: dict[str, Writer]) -> None:
    for slug, (name, introduction) in TOPICS.items():
        for language, writer in writers.items():
            Topic.objects.get_or_create(
                slug=slug,
                locale=Locale.objects.get(language_code=language),
                defaults={
                    "translation_key": demo_key(f"topics/{slug}"),
                    "name": writer.say(name),
                    "introduction": writer.say(introduction),
                },
            )


def load_pictures(harbour: int) -> Pictures:
    """Return the ids of the drawings by name; ``harbour`` is the id of the one that other pages show, too."""
    images = get_image_model().objects
    made = {"harbour": harbour}
    for name in DRAWINGS:
        title = f"{name.capitalize()} (demo)"
        found = images.filter(title=title).first()
        made[name] = (found or images.create(title=title, file=drawing(name), description=_alt(name))).pk
    return made


def _alt(name: str) -> str:
    return next(article.alt.say("en") for article in ARTICLES if article.picture == name and article.alt)


def write_articles(writer: Writer, made: set[str], *, pictures: Pictures, user: Any) -> None:
    """Fill and publish the articles that were just made, the oldest first."""
    for article in sorted(ARTICLES, key=lambda one: -one.days_ago):
        if article.slug in made:
            page = Page.objects.get(pk=writer.pages[article.slug]).specific
            _write(page, article, writer, pictures)
            page.save_revision(user=user).publish(user=user)


def _write(page: NewsPage, article: Article, writer: Writer, pictures: Pictures) -> None:
    page.kind = article.kind
    page.published_on = timezone.localdate() - timedelta(days=article.days_ago)
    page.authors = writer.say(article.authors).replace("\n\n", "\n") if article.authors else ""
    page.lead_image_id = pictures.get(article.picture)
    page.lead_alt = writer.say(article.alt) if article.alt else ""
    page.body = writer.stream(article.pieces, within=article.slug)
    topics = {topic.slug: topic for topic in Topic.objects.filter(locale_id=page.locale_id)}
    page.article_topics = [
        NewsPageTopic(
            topic=topics[slug],
            locale_id=page.locale_id,
            translation_key=demo_key(f"{article.slug}/topics/{slug}"),
            sort_order=order,
        )
        for order, slug in enumerate(article.topics)
    ]
