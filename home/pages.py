"""The pages that every site has: the front page and pages of plain content."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from actions.blocks import PageStreamBlock
from actions.readiness.panel import ReadinessPanel
from home.blocks import PrincipleBlock
from home.languages import current_language
from home.navigation import live_pages
from home.site_settings import SiteSettings
from home.structured_data import as_website
from home.translations.guarded import OwnLanguagePage

# First path segments that belong to views; a page there would never be reached.
RESERVED_SLUGS = frozenset(
    {
        "act",
        "news",
        "resources",
        "events",
        "search",
        "my-data",
        "subscribe",
        "demo",
        "admin",
        "documents",
        "static",
        "media",
    }
)
ROOT_PAGE_DEPTH = 3  # the tree's root is 1, a language's front page 2


class ReservedSlugMixin(OwnLanguagePage):
    """Refuses a slug that a view already answers, for pages directly under a front page.

    A page that has no place in the tree yet is treated as if it went there. ``allowed_slugs`` names the exceptions.
    """

    allowed_slugs: frozenset[str] = frozenset()

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        taken = RESERVED_SLUGS - self.allowed_slugs
        if self.depth in (None, ROOT_PAGE_DEPTH) and self.slug in taken:
            raise ValidationError({"slug": _("This address is used by the site itself. Please choose another.")})


class HomePage(OwnLanguagePage):
    """A language's front page: what we stand for, and the one thing to do today."""

    mission = models.CharField(_("mission"), max_length=160, help_text=_("One sentence, set large over the scene."))
    introduction = models.TextField(
        _("introduction"),
        max_length=500,
        blank=True,
        help_text=_("A short paragraph under the sentence: who we are and what we do."),
    )
    featured_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("live action"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The page to act on today; its title and description become the card."),
    )
    featured_button = models.CharField(
        _("words on the button"), max_length=60, blank=True, help_text=_("Such as: Write to your MP. Empty: Take part.")
    )
    featured_note = models.CharField(
        _("note under the button"), max_length=80, blank=True, help_text=_("For example: about 40 seconds")
    )
    principles = StreamField(
        [("principle", PrincipleBlock())],
        verbose_name=_("principles"),
        blank=True,
        max_num=4,
        help_text=_("Up to four, each with a title and one or two sentences."),
    )
    join_heading = models.CharField(
        _("heading"), max_length=80, blank=True, help_text=_("Above the invitation, such as: Join the alliance.")
    )
    join_text = models.TextField(
        _("text"), max_length=400, blank=True, help_text=_("Who can join and what it means, in a few sentences.")
    )
    join_button = models.CharField(
        _("words on the button"),
        max_length=60,
        blank=True,
        help_text=_("Such as: Bring your group. Empty: the title of the page."),
    )
    join_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The page that tells how to join."),
    )
    body = StreamField(
        PageStreamBlock(),
        verbose_name=_("more"),
        blank=True,
        help_text=_("What else stands on the front page, block by block. It may stay empty."),
    )

    parent_page_types = ["wagtailcore.Page"]
    template = "home/home_page.html"
    override_translatable_fields = [
        SynchronizedField("slug"),
        SynchronizedField("featured_page"),
        SynchronizedField("join_page"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("mission"), index.SearchField("introduction")]
    content_panels = [
        *Page.content_panels,
        FieldPanel("mission"),
        FieldPanel("introduction"),
        MultiFieldPanel(
            [FieldPanel("featured_page"), FieldPanel("featured_button"), FieldPanel("featured_note")],
            heading=_("Live action"),
        ),
        FieldPanel("principles"),
        MultiFieldPanel(
            [FieldPanel("join_heading"), FieldPanel("join_text"), FieldPanel("join_button"), FieldPanel("join_page")],
            heading=_("Join the alliance"),
        ),
        FieldPanel("body"),
        ReadinessPanel(),
    ]

    class Meta:
        verbose_name = _("front page")
        verbose_name_plural = _("front pages")

    @property
    def card_title(self) -> str:
        return self.mission

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        chosen = {pk for pk in (self.featured_page_id, self.join_page_id) if pk}
        shown = live_pages(chosen, current_language())
        context["featured"] = shown.get(self.featured_page_id)
        context["join"] = shown.get(self.join_page_id)
        context["json_ld"] = as_website(SiteSettings.current(request), current_language())
        return context


class StandardPage(ReservedSlugMixin):
    """Plain content: mission, principles, privacy, contact, join the alliance."""

    introduction = models.TextField(
        _("introduction"),
        max_length=500,
        blank=True,
        help_text=_("Two or three sentences under the title. Empty: the page begins with its first block."),
    )
    body = StreamField(
        PageStreamBlock(), verbose_name=_("body"), blank=True, help_text=_("The page itself, block by block.")
    )

    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]
    template = "home/standard_page.html"
    override_translatable_fields = [SynchronizedField("slug")]
    search_fields = [*Page.search_fields, index.SearchField("introduction"), index.SearchField("body")]
    content_panels = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("body"), ReadinessPanel()]

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
