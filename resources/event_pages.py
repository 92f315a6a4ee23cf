"""Events on the site: the list of what is coming and what has been, and one page per event and language."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from actions.blocks import PageStreamBlock
from actions.events.times import day_of
from actions.readiness.panel import ReadinessPanel
from blog.articles import PUBLISHED
from home.alternates import Below
from home.languages import CODES, current_language
from home.open_pages import OpenPageQuerySet
from home.pages import ReservedSlugMixin
from home.translations.guarded import OwnLanguagePage
from resources.paging import leaf_of, number_of
from resources.sharing import event_context


class EventPageQuerySet(OpenPageQuerySet):
    def shown(self) -> EventPageQuerySet:
        """Return what anybody may read, with the event."""
        return self.open().select_related("event").defer("body")

    def coming(self) -> EventPageQuerySet:
        """What is not over, the next one first."""
        return self.shown().filter(event__ends_at__gt=timezone.now()).order_by("event__starts_at", "pk")

    def past(self) -> EventPageQuerySet:
        return self.shown().filter(event__ends_at__lte=timezone.now()).order_by("-event__starts_at", "-pk")


class EventIndexPage(ReservedSlugMixin, Page):
    """``/<language>/events/``: what is coming, or with ``?past=yes`` what has been."""

    holds_no_personal_data = PUBLISHED

    introduction = models.TextField(
        _("introduction"), max_length=500, blank=True, help_text=_("What readers find here, in a sentence or two.")
    )

    allowed_slugs = frozenset({"events"})
    parent_page_types = ["home.HomePage"]
    subpage_types = ["resources.EventPage"]
    template = "resources/event_index_page.html"
    override_translatable_fields = [SynchronizedField("slug")]
    search_fields = [*Page.search_fields, index.SearchField("introduction")]
    content_panels = [*Page.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("list of events")
        verbose_name_plural = _("lists of events")

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        is_past = request.GET.get("past") == "yes"
        pages = EventPage.objects.child_of(self)
        leaf = leaf_of(pages.past() if is_past else pages.coming(), number_of(request.GET.get("page", "")))
        base = "?past=yes" if is_past else ""
        suffix = base if leaf.page == 1 else f"{base or '?'}{'&' if base else ''}page={leaf.page}"
        codes = frozenset(CODES if leaf.page == 1 else {current_language()})
        return {
            **super().get_context(request, *args, **kwargs),
            "leaf": leaf,
            "is_past": is_past,
            "below": Below(suffix, codes) if suffix else None,
        }


class EventPage(OwnLanguagePage):
    """One event in one language, with the form for a place."""

    holds_no_personal_data = PUBLISHED

    introduction = models.TextField(
        _("introduction"), max_length=500, help_text=_("What happens there and whom it is for.")
    )
    event = models.ForeignKey(
        "actions.Event",
        verbose_name=_("event"),
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Time, place and sign-ups, the same in all languages. Plan it under Campaigns, “Events”, first."),
    )
    body = StreamField(
        PageStreamBlock(),
        verbose_name=_("text"),
        blank=True,
        help_text=_("What happens there, block by block. The form for a place stands beside it by itself."),
    )

    objects = PageManager.from_queryset(EventPageQuerySet)()

    parent_page_types = ["resources.EventIndexPage"]
    subpage_types: list[str] = []
    template = "resources/event_page.html"
    routed_with = ("event",)
    override_translatable_fields = [SynchronizedField("slug"), SynchronizedField("event", overridable=False)]
    search_fields = [*Page.search_fields, index.SearchField("introduction"), index.SearchField("body")]
    content_panels = [
        *Page.content_panels,
        FieldPanel("event"),
        FieldPanel("introduction"),
        FieldPanel("body"),
        ReadinessPanel(),
    ]

    class Meta:
        verbose_name = _("event page")
        verbose_name_plural = _("event pages")

    @property
    def card_line(self) -> str:
        return day_of(self.event)

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), **event_context(self, request)}
