"""The library: one page per language, where a resource that exists in another language only is listed too."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from home.pages import ReservedSlugMixin
from resources.listing import listing_for

PUBLISHED = "published texts of the organisation"


class ResourceIndexPage(ReservedSlugMixin, Page):
    """``/<language>/resources/``: everything, or a topic, a kind, a language of it."""

    holds_no_personal_data = PUBLISHED

    introduction = models.TextField(
        _("introduction"), max_length=500, blank=True, help_text=_("What readers find here, in a sentence or two.")
    )

    allowed_slugs = frozenset({"resources"})
    parent_page_types = ["home.HomePage"]
    subpage_types = ["resources.ResourcePage"]
    template = "resources/resource_index_page.html"
    override_translatable_fields = [SynchronizedField("slug")]
    search_fields = [*Page.search_fields, index.SearchField("introduction")]
    content_panels = [*Page.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("list of resources")
        verbose_name_plural = _("lists of resources")

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        listing = listing_for(request, self)
        return {**super().get_context(request, *args, **kwargs), "listing": listing, "below": listing.below}
