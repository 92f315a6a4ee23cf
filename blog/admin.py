"""How editors see the news: all articles by date in one list, and the topics."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column, LocaleColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from actions.campaigns.admin import DayColumn, NamePanel
from blog.articles import NewsPage
from blog.topics import Topic
from home.page_lists import PageListViewSet

SUBMENU_HOOK = "register_news_menu_item"


class ArticlesViewSet(PageListViewSet):
    """A flat list, the newest date first; its button asks in which language's list a new article goes."""

    model = NewsPage
    icon = "doc-full-inverse"
    menu_label = _("Articles")
    name = "news-articles"
    menu_hook = SUBMENU_HOOK
    menu_order = 0
    ordering = ["-published_on"]
    list_filter = {"kind": ["exact"], "published_on": ["gte", "lte"], "locale": ["exact"]}
    columns = [
        *PageListViewSet.columns[:2],
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind", width="12%"),
        DayColumn("published_on", label=_("Date"), sort_key="published_on", width="12%"),
        *PageListViewSet.columns[-1:],
    ]


class TopicViewSet(SnippetViewSet):
    model = Topic
    icon = "tag"
    menu_label = _("Topics")
    list_display = ["name", "slug", LocaleColumn()]
    search_fields = ["name", "slug"]
    ordering = ["slug", "locale"]
    copy_view_enabled = False
    panels = [NamePanel("name", placeholder=False), FieldPanel("slug"), FieldPanel("introduction")]
