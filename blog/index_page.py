"""The list of news: one page per language, with a view for each of its addresses."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from actions.readiness.panel import ReadinessPanel
from blog.feeds import Atom, Rss, feed_response
from blog.listing import listing_for
from home.pages import ReservedSlugMixin

PUBLISHED = "published texts of the organisation"


class NewsIndexPage(RoutablePageMixin, ReservedSlugMixin, Page):
    """``/<language>/news/``: all articles, those of a topic or a kind, and the feeds."""

    holds_no_personal_data = PUBLISHED

    introduction = models.TextField(
        _("introduction"), max_length=500, blank=True, help_text=_("What readers find here, in a sentence or two.")
    )

    allowed_slugs = frozenset({"news"})
    parent_page_types = ["home.HomePage"]
    subpage_types = ["blog.NewsPage"]
    template = "blog/news_index_page.html"
    override_translatable_fields = [SynchronizedField("slug")]
    search_fields = [*Page.search_fields, index.SearchField("introduction")]
    content_panels = [*Page.content_panels, FieldPanel("introduction"), ReadinessPanel()]

    class Meta:
        verbose_name = _("list of news")
        verbose_name_plural = _("lists of news")

    @path("")
    def all_articles(self, request: HttpRequest) -> HttpResponse:
        return self.render(request, context_overrides=self._listed(request))

    @path("topic/<slug:slug>/")
    def articles_of_topic(self, request: HttpRequest, slug: str) -> HttpResponse:
        return self.render(request, context_overrides=self._listed(request, topic=slug))

    @path("feed/", name="rss")
    def rss(self, request: HttpRequest) -> HttpResponse:
        return feed_response(request, self, Rss)

    @path("feed/atom/", name="atom")
    def atom(self, request: HttpRequest) -> HttpResponse:
        return feed_response(request, self, Atom)

    def _listed(self, request: HttpRequest, *, topic: str = "") -> dict[str, Any]:
        listing = listing_for(request, self, topic_slug=topic)
        return {"listing": listing, "below": listing.below}
