"""``{% load news_tags %}``: the latest articles for the front page, and where an article is listed."""

from __future__ import annotations

from django import template
from wagtail.models import Page

from blog.articles import NewsPage
from home.pages import HomePage

register = template.Library()
LATEST = 3


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
