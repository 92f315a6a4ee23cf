"""Pages made for action: the list of what can be done now, and one page around an action."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from actions.asks import ask_of
from actions.blocks import PageStreamBlock
from actions.readiness.panel import ReadinessPanel
from actions.sharing.asks import campaign_line
from home.open_pages import OpenPageQuerySet
from home.pages import ReservedSlugMixin

ACTION_BLOCKS = ("letter", "petition", "donation")
PUBLISHED = "published texts of the organisation"


class ActionIndexPage(ReservedSlugMixin, Page):
    """Lists the action pages below it that anybody may read, newest first."""

    holds_no_personal_data = PUBLISHED

    introduction = models.TextField(
        _("introduction"),
        max_length=500,
        blank=True,
        help_text=_("One or two sentences above the list of what can be done now."),
    )

    parent_page_types = ["home.HomePage"]
    subpage_types = ["actions.ActionPage"]
    template = "actions/action_index_page.html"
    override_translatable_fields = [SynchronizedField("slug")]
    search_fields = [*Page.search_fields, index.SearchField("introduction")]
    content_panels = [*Page.content_panels, FieldPanel("introduction"), ReadinessPanel()]

    class Meta:
        verbose_name = _("list of actions")
        verbose_name_plural = _("lists of actions")

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["actions"] = ActionPage.objects.open().child_of(self).order_by("-first_published_at")
        return context


class ActionPage(ReservedSlugMixin, Page):
    """A story with its action beside it: the first action block becomes the card, the rest follows as it stands."""

    holds_no_personal_data = PUBLISHED

    introduction = models.TextField(
        _("introduction"), max_length=500, help_text=_("Two or three sentences: what is happening, what can be done.")
    )
    campaign = models.ForeignKey(
        "actions.Campaign",
        verbose_name=_("campaign"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Its bill, stage and next date are shown on the page."),
    )
    body = StreamField(
        PageStreamBlock(),
        verbose_name=_("body"),
        help_text=_(
            "Your story, block by block. The first action block becomes the card with the form, wherever it stands."
        ),
    )

    objects = PageManager.from_queryset(OpenPageQuerySet)()

    parent_page_types = ["actions.ActionIndexPage"]
    subpage_types: list[str] = []
    template = "actions/action_page.html"
    override_translatable_fields = [SynchronizedField("slug"), SynchronizedField("campaign")]
    search_fields = [*Page.search_fields, index.SearchField("introduction"), index.SearchField("body")]
    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldPanel("campaign"),
        FieldPanel("body"),
        ReadinessPanel(),
    ]

    class Meta:
        verbose_name = _("action page")
        verbose_name_plural = _("action pages")

    @property
    def card_line(self) -> str:
        return campaign_line(self.campaign)

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        card = next((block for block in self.body if block.block_type in ACTION_BLOCKS), None)
        rest = [block for block in self.body if block is not card]
        opens_with_text = bool(rest) and rest[0].block_type == "paragraph"
        context["card"] = card
        context["ask"] = ask = ask_of(card, request)
        if ask and ask.campaign and ask.campaign.pk == self.campaign_id:
            self.campaign = ask.campaign  # it has been read already
        parts = self.get_url_parts(request)  # None for a preview of a page that has no address yet
        context["own_path"] = parts[2] if parts else ""
        context["lead"], context["story"] = (rest[:1], rest[1:]) if opens_with_text else ([], rest)
        return context
