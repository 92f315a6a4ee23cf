"""Articles, statements and press releases."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page, PageManager, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from actions.blocks import PageStreamBlock
from actions.readiness.panel import ReadinessPanel
from blog.article_form import ArticleForm
from blog.related import related_to
from blog.sharing import share_context
from blog.topics import Topic
from home.open_pages import OpenPageQuerySet
from home.translations.guarded import OwnLanguagePage

PUBLISHED = "published texts of the organisation"
# What the list answers itself; an article there would never be reached.
LIST_SLUGS = frozenset({"feed", "topic"})


class Kind(models.TextChoices):
    NEWS = "news", _("News")
    STATEMENT = "statement", _("Statement")
    PRESS_RELEASE = "press-release", _("Press release")


class NewsPageQuerySet(OpenPageQuerySet):
    def shown(self) -> NewsPageQuerySet:
        """Return the live articles that anybody may read, newest first."""
        return self.open().select_related("lead_image").order_by("-published_on", "-first_published_at", "-pk")


class NewsPage(OwnLanguagePage):
    """An article, a statement or a press release."""

    holds_no_personal_data = PUBLISHED

    kind = models.CharField(
        _("kind"),
        max_length=20,
        choices=Kind.choices,
        default=Kind.NEWS,
        help_text=_("A statement says where we stand; a press release is written for journalists."),
    )
    published_on = models.DateField(
        _("date"),
        default=timezone.localdate,
        help_text=_("The day that readers see. To publish at a set time, use the schedule at the side."),
    )
    authors = models.TextField(
        _("who wrote it"),
        max_length=300,
        blank=True,
        help_text=_("Names as readers should see them, one a line. Empty: the organisation."),
    )
    introduction = models.TextField(
        _("introduction"),
        max_length=500,
        help_text=_("Two or three sentences that say what happened. They stand in lists and beside links, too."),
    )
    lead_image = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("picture at the top"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_(
            "At least 1200 pixels wide. Ask everyone who can be recognised: a picture can put families at risk."
        ),
    )
    lead_alt = models.CharField(
        _("what the picture shows"),
        max_length=200,
        blank=True,
        help_text=_("For people who cannot see it. One sentence, without “picture of”."),
    )
    body = StreamField(
        PageStreamBlock(),
        verbose_name=_("text"),
        blank=True,
        help_text=_("The article, block by block. An action block lets readers act at once."),
    )

    objects = PageManager.from_queryset(NewsPageQuerySet)()

    base_form_class = ArticleForm
    parent_page_types = ["blog.NewsIndexPage"]
    subpage_types: list[str] = []
    template = "blog/news_page.html"
    routed_with = ("lead_image",)
    override_translatable_fields = [SynchronizedField("slug")]
    search_fields = [
        *Page.search_fields,
        index.SearchField("introduction"),
        index.SearchField("authors"),
        index.SearchField("body"),
        index.FilterField("published_on"),
    ]
    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(
            [FieldPanel("kind"), FieldPanel("published_on"), FieldPanel("authors")], heading=_("About this article")
        ),
        FieldPanel("introduction"),
        MultiFieldPanel([FieldPanel("lead_image"), FieldPanel("lead_alt")], heading=_("Picture at the top")),
        FieldPanel("body"),
        InlinePanel(
            "article_topics",
            [FieldPanel("topic")],
            heading=_("Topics"),
            label=_("Topic"),
            max_num=4,
            help_text=_("Readers find more articles of the same topics below this one."),
        ),
        ReadinessPanel(),
    ]

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        indexes = [models.Index(fields=["-published_on"], name="news_newest_first")]

    def clean(self) -> None:
        super().clean()
        if self.slug in LIST_SLUGS:
            raise ValidationError({"slug": _("This address is used by the site itself. Please choose another.")})

    @property
    def card_line(self) -> str:
        return self.get_kind_display()

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return {**context, **share_context(self, request), "related": self.related()}

    @cached_property
    def topics(self) -> list[Topic]:
        """The published ones, in the editor's order."""
        chosen = self.article_topics.select_related("topic").order_by("sort_order")
        return [one.topic for one in chosen if one.topic.live]

    def related(self) -> list[NewsPage]:
        """Return the newest other articles of the same topics; no query for an article without topics."""
        others = NewsPage.objects.shown().filter(locale_id=self.locale_id).defer("body")
        return related_to(self, others, through=NewsPageTopic, fills_up=False)

    @property
    def author_names(self) -> list[str]:
        return [line.strip() for line in self.authors.splitlines() if line.strip()]

    @property
    def published_at(self) -> datetime:
        """When it appeared; noon in Ottawa where an editor gave another day."""
        appeared = self.first_published_at
        if appeared and timezone.localdate(appeared) == self.published_on:
            return timezone.localtime(appeared)
        return timezone.make_aware(datetime.combine(self.published_on, time(12)))


class NewsPageTopic(TranslatableMixin, Orderable):
    """One topic of an article; a translated article gets the topic of its language."""

    holds_no_personal_data = PUBLISHED

    page = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="article_topics")
    topic = models.ForeignKey(
        Topic,
        verbose_name=_("topic"),
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Kept under “Topics”. Only published ones are shown to readers."),
    )

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("topic of an article")
        verbose_name_plural = _("topics of articles")
        indexes = [models.Index(fields=["topic", "page"], name="articles_of_topic")]

    def __str__(self) -> str:
        return str(self.topic)
