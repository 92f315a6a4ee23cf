"""``{% load news_tags %}``: the latest articles for the front page, and data for search engines."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page

from blog.articles import NewsPage
from home.pages import HomePage

register = template.Library()
LATEST = 3
# As django.utils.html.json_script does, whose element is of another type.
NOT_IN_SCRIPT = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.simple_tag
def latest_news(page: HomePage | None) -> list[NewsPage]:
    """The newest articles below a front page; one query, none for what is no page of the tree yet."""
    if not isinstance(page, Page) or not page.path:
        return []
    return list(NewsPage.objects.descendant_of(page).shown().defer("body")[:LATEST])


@register.filter
def index_address(article_address: str) -> str:
    """The address of the list that an article stands in: it is one part shorter."""
    return article_address.rstrip("/").rpartition("/")[0] + "/"


@register.simple_tag
def json_ld(data: dict[str, Any]) -> SafeString:
    """A data block, which no browser runs: a strict policy lets it be."""
    text = json.dumps(data, ensure_ascii=False).translate(NOT_IN_SCRIPT)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 - escaped above
