"""Toolkits, guides and recordings: what people can use, with the version that they hold in their hands."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page, PageManager, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from actions.blocks import OneActionBlock, PageStreamBlock
from actions.readiness.panel import ReadinessPanel
from blog.related import related_to
from blog.topics import Topic
from home.languages import CODES
from home.open_pages import OpenPageQuerySet
from home.translations.guarded import OwnLanguagePage
from resources.sharing import resource_context

PUBLISHED = "published texts of the organisation"
# What no list shows.
LONG_TEXTS = ("body", "action", "transcript", "share_texts")


class Kind(models.TextChoices):
    TOOLKIT = "toolkit", _("Toolkit")
    GUIDE = "guide", _("Guide")
    RECORDING = "recording", _("Recording")


class ResourcePageQuerySet(OpenPageQuerySet):
    def shown(self) -> ResourcePageQuerySet:
        """Return what anybody may read, the latest version first; each says in which languages it exists."""
        same = ResourcePage.objects.open().filter(translation_key=OuterRef("translation_key")).order_by()
        spoken = {_flag(code): Exists(same.filter(locale__language_code=code)) for code in CODES}
        latest_first = ("-version_on", "-first_published_at", "-pk")
        return self.open().annotate(**spoken).select_related("locale").order_by(*latest_first)

    def once(self, language: str) -> ResourcePageQuerySet:
        """Leave of each resource one page: in ``language``, else in the first of the others in which it exists."""
        order = [language, *(code for code in CODES if code != language)]
        wanted = Q()
        for number, code in enumerate(order):
            better = {_flag(one): False for one in order[:number]}
            wanted |= Q(locale__language_code=code, **better)
        return self.filter(wanted)


def _flag(code: str) -> str:
    return f"in_{code.replace('-', '_')}"


class ResourcePage(OwnLanguagePage):
    """A guide; a toolkit, which is a guide with texts to pass on and an action; or the recording of a webinar."""

    holds_no_personal_data = PUBLISHED

    kind = models.CharField(
        _("kind"),
        max_length=20,
        choices=Kind.choices,
        default=Kind.GUIDE,
        help_text=_("A toolkit bundles a guide with texts to pass on and an action."),
    )
    introduction = models.TextField(
        _("introduction"), max_length=500, help_text=_("Who it is for, and what they can do with it.")
    )
    version = models.PositiveSmallIntegerField(
        _("version"), default=1, help_text=_("Raise it when what the resource says has changed.")
    )
    version_on = models.DateField(
        _("date of this version"),
        default=timezone.localdate,
        help_text=_("The day that readers see, and the order of the list."),
    )
    version_note = models.CharField(
        _("what changed"), max_length=240, blank=True, help_text=_("Readers see it. Needed from version 2 on.")
    )
    body = StreamField(
        PageStreamBlock(), verbose_name=_("text"), blank=True, help_text=_("The guide itself, block by block.")
    )
    share_texts = models.TextField(
        _("texts to pass on"),
        max_length=3_000,
        blank=True,
        help_text=_("Short texts that people copy into a chat or a mail. A blank line begins the next one."),
    )
    action = StreamField(
        OneActionBlock(),
        verbose_name=_("action"),
        blank=True,
        max_num=1,
        help_text=_("What readers can do at once, below the guide. One is enough."),
    )
    recording_url = models.URLField(
        _("link to the recording"),
        max_length=500,
        blank=True,
        help_text=_("The page links to it: nothing of the other site is loaded before somebody follows the link."),
    )
    recorded_on = models.DateField(_("recorded on"), null=True, blank=True, help_text=_("The day of the webinar."))
    minutes = models.PositiveSmallIntegerField(
        _("length in minutes"), null=True, blank=True, help_text=_("So that readers know before they follow the link.")
    )
    captions = models.CharField(
        _("captions"), max_length=120, blank=True, help_text=_("Their languages, such as: English and Chinese.")
    )
    transcript = models.TextField(
        _("transcript"),
        blank=True,
        help_text=_(
            "What is said, for who cannot hear it or would rather read. Leave out names of people who spoke up."
        ),
    )

    objects = PageManager.from_queryset(ResourcePageQuerySet)()

    parent_page_types = ["resources.ResourceIndexPage"]
    subpage_types: list[str] = []
    template = "resources/resource_page.html"
    override_translatable_fields = [SynchronizedField("slug")]
    search_fields = [
        *Page.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
        index.SearchField("share_texts"),
        index.SearchField("transcript"),
    ]
    content_panels = [
        *Page.content_panels,
        FieldPanel("kind"),
        FieldPanel("introduction"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("version"), FieldPanel("version_on")]), FieldPanel("version_note")],
            heading=_("Version"),
        ),
        FieldPanel("body"),
        InlinePanel(
            "files",
            [FieldPanel("document"), FieldPanel("label")],
            heading=_("Files to download"),
            label=_("File"),
            max_num=12,
        ),
        MultiFieldPanel([FieldPanel("share_texts"), FieldPanel("action")], heading=_("Toolkit")),
        MultiFieldPanel(
            [
                FieldPanel("recording_url"),
                FieldRowPanel([FieldPanel("recorded_on"), FieldPanel("minutes")]),
                FieldPanel("captions"),
                FieldPanel("transcript"),
            ],
            heading=_("Recording"),
        ),
        InlinePanel("resource_topics", [FieldPanel("topic")], heading=_("Topics"), label=_("Topic"), max_num=4),
        ReadinessPanel(),
    ]

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")
        indexes = [models.Index(fields=["-version_on"], name="resources_newest_first")]

    def clean(self) -> None:
        super().clean()
        if (self.version or 1) > 1 and not self.version_note.strip():
            raise ValidationError({"version_note": _("Say in one line what is new in this version.")})
        if self.kind == Kind.RECORDING and not self.recording_url:
            raise ValidationError({"recording_url": _("A recording needs the link to it.")})
        if self.kind == Kind.RECORDING and not self.captions.strip() and not self.transcript.strip():
            raise ValidationError({"captions": _("Say which captions it has, or give a transcript.")})

    @property
    def card_line(self) -> str:
        return self.get_kind_display()

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return {**context, **resource_context(self, request), "files": self.downloads, "related": self.related()}

    def related(self) -> list[ResourcePage]:
        """Return other resources, of the same topics first, then the newest; each in this language or the best one."""
        others = ResourcePage.objects.shown().once(self.locale.language_code).defer(*LONG_TEXTS)
        return related_to(self, others, through=ResourceTopic, fills_up=True)

    @cached_property
    def topics(self) -> list[Topic]:
        """The published ones, in the editor's order."""
        chosen = self.resource_topics.select_related("topic").order_by("sort_order")
        return [one.topic for one in chosen if one.topic.live]

    @cached_property
    def downloads(self) -> list[ResourceFile]:
        return list(self.files.select_related("document").order_by("sort_order"))

    @property
    def texts(self) -> list[str]:
        """The texts to pass on, one by one."""
        parts = self.share_texts.replace("\r\n", "\n").split("\n\n")
        return [part.strip() for part in parts if part.strip()]

    @property
    def spoken(self) -> list[str]:
        """The languages in which it exists; only for pages that ``shown`` has found."""
        return [code for code in CODES if getattr(self, _flag(code))]


class ResourceTopic(TranslatableMixin, Orderable):
    """One topic of a resource; a translated resource gets the topic of its language."""

    holds_no_personal_data = PUBLISHED

    page = ParentalKey(ResourcePage, on_delete=models.CASCADE, related_name="resource_topics")
    topic = models.ForeignKey(
        Topic,
        verbose_name=_("topic"),
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Kept under “Topics”. Only published ones are shown to readers."),
    )

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("topic of a resource")
        verbose_name_plural = _("topics of resources")
        indexes = [models.Index(fields=["topic", "page"], name="resources_of_topic")]

    def __str__(self) -> str:
        return str(self.topic)


class ResourceFile(TranslatableMixin, Orderable):
    """One file to download; its type and size are shown before somebody fetches it."""

    holds_no_personal_data = PUBLISHED

    page = ParentalKey(ResourcePage, on_delete=models.CASCADE, related_name="files")
    document = models.ForeignKey(
        "wagtaildocs.Document",
        verbose_name=_("file"),
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("PDF, Word, text and the like. Check that it names nobody, also in the name of the file."),
    )
    label = models.CharField(_("what it is"), max_length=120, blank=True, help_text=_("Empty: the file’s title."))

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("file of a resource")
        verbose_name_plural = _("files of resources")

    def __str__(self) -> str:
        return self.label or str(self.document)

    @property
    def kind(self) -> str:
        """PDF, DOCX: what people know files by."""
        return str(self.document.file_extension).upper()
