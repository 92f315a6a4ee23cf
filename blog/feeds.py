"""The feeds of a language: the newest articles with their whole text, as RSS 2.0 and as Atom.

https://www.rssboard.org/rss-specification with https://web.resource.org/rss/1.0/modules/content/, and RFC 4287.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.safestring import mark_safe

from blog.articles import NewsPage
from home.alternates import full_address
from home.blocks import ContentStreamBlock
from home.languages import html_language
from home.site_settings import SiteSettings

if TYPE_CHECKING:
    from blog.index_page import NewsIndexPage

NEWEST = 20
FOR_EVERYBODY = "public, max-age=300, stale-while-revalidate=60"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
CONTENT_BLOCKS = frozenset(ContentStreamBlock().child_blocks)
# What XML 1.0 cannot hold: https://www.w3.org/TR/xml/#charsets
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LOCAL = re.compile(r'\b(href|src)="/(?!/)')
LOCAL_SET = re.compile(r'\bsrcset="([^"]*)"')


class Rss(Rss201rev2Feed):
    """RSS with the whole text beside the description."""

    route = "rss"

    def rss_attributes(self) -> dict[str, str]:
        return {**super().rss_attributes(), "xmlns:content": CONTENT}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content:encoded", item["whole_text"])


class Atom(Atom1Feed):
    """Atom, whose summary and whole text are elements of their own."""

    route = "atom"

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["whole_text"], {"type": "html", "xml:lang": self.feed["language"]})


def feed_response(request: HttpRequest, index: NewsIndexPage, form: type[Rss] | type[Atom]) -> HttpResponse:
    """Return the newest articles of the index; the same for everybody."""
    address = full_address(index.get_url(request) or "/")
    organisation = SiteSettings.current(request).organisation_name
    feed = form(
        title=_plain(f"{index.title} · {organisation}"),
        link=address,
        description=_plain(index.introduction or index.title),
        language=html_language(index.locale.language_code),
        feed_url=address + index.reverse_subpage(form.route).lstrip("/"),
        author_name=organisation,
    )
    articles = NewsPage.objects.child_of(index).shown().select_related("locale")
    for article in articles.prefetch_related("article_topics__topic")[:NEWEST]:
        _add(feed, article, organisation, request)
    response = HttpResponse(content_type=form.content_type, headers={"Cache-Control": FOR_EVERYBODY})
    feed.write(response, "utf-8")
    return response


def _add(feed: SyndicationFeed, article: NewsPage, organisation: str, request: HttpRequest) -> None:
    language = article.locale.language_code
    published = article.published_at
    feed.add_item(
        title=_plain(article.title),
        link=full_address(article.get_url(request) or "/"),
        description=_plain(article.introduction),
        author_name=", ".join(article.author_names) or organisation,
        pubdate=published,
        updateddate=max(article.last_published_at or published, published),
        # The same wherever the article moves: https://www.rfc-editor.org/rfc/rfc4151
        unique_id=f"tag:{urlsplit(settings.SITE_URL).hostname},2026:news/{article.translation_key}/{language}",
        unique_id_is_permalink=False,
        categories=[one.topic.name for one in article.article_topics.all() if one.topic.live],
        whole_text=_plain(whole_text(article, request)),
    )


def whole_text(article: NewsPage, request: HttpRequest) -> str:
    """Return the article as HTML with absolute addresses; a form becomes a link to the article."""
    context = {
        "article": article,
        "address": full_address(article.get_url(request) or "/"),
        "html_lang": html_language(article.locale.language_code),
        "blocks": [
            mark_safe(block.render({"request": request, "page": article}))  # noqa: S308 - rendered by its template
            if block.block_type in CONTENT_BLOCKS
            else ""
            for block in article.body
        ],
    }
    return _absolute(render_to_string("blog/feed_text.html", context))


def _absolute(html: str) -> str:
    html = LOCAL.sub(rf'\1="{settings.SITE_URL}/', html)
    return LOCAL_SET.sub(lambda found: f'srcset="{_absolute_set(found[1])}"', html)


def _absolute_set(value: str) -> str:
    parts = (part.strip() for part in value.split(","))
    return ", ".join(full_address(part) if part.startswith("/") else part for part in parts)


def _plain(text: str) -> str:
    return NOT_XML.sub("", text)
