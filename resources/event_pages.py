"""Events on the site: the list of what is coming and what has been, and one page per event and language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
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
from home.languages import CODES, FALLBACKS, SUFFIXES, current_language, in_other_language
from home.open_pages import OpenPageQuerySet
from home.pages import ReservedSlugMixin
from home.translations.guarded import OwnLanguagePage
from resources.library import LONG_TEXTS, ResourcePage
from resources.paging import leaf_of, number_of
from resources.sharing import event_context

# What nobody needs of a recording that is only linked to.
OF_RECORDINGS = tuple(f"recording__{field}" for field in LONG_TEXTS)
RECORDING_IN = {code: f"recording_in_{suffix}" for code, suffix in SUFFIXES.items()}


class EventPageQuerySet(OpenPageQuerySet):
    def shown(self) -> EventPageQuerySet:
        """Return what anybody may read, with the event."""
        return self.open().select_related("event").defer("body")

    def coming(self) -> EventPageQuerySet:
        """What is not over, the next one first."""
        return self.shown().filter(event__ends_at__gt=timezone.now()).order_by("event__starts_at", "pk")

    def past(self) -> EventPageQuerySet:
        return self.shown().filter(event__ends_at__lte=timezone.now()).order_by("-event__starts_at", "-pk")

    def next_ones(self, number: int, language: str, *, among: Iterable[EventPage] | None = None) -> list[EventPage]:
        """Return the events that come next and take place, each once in the best language; one query.

        With ``among``, pages that ``in_all_languages`` has read, none.
        """
        rows = self._next_rows(number).select_related("locale") if among is None else among
        return next_of(list(rows), number, language)

    def _next_rows(self, number: int) -> EventPageQuerySet:
        coming = self.coming().filter(event__is_cancelled=False)
        return coming.order_by("event__starts_at", "translation_key")[: number * len(CODES)]

    def in_all_languages(self, pks: list[int], *, coming: int = 0) -> dict[int, EventPage]:
        """Return pages by their number, each with those that visitors may read as its ``versions``; one query.

        With ``coming`` those of that many next events are among them, for ``next_ones``.
        """
        if not pks and not coming:
            return {}
        wanted = Q(translation_key__in=Page.objects.filter(pk__in=pks).values("translation_key")) if pks else Q()
        if coming:
            wanted |= Q(pk__in=self._next_rows(coming).values("pk"))
        open_pages = EventPage.objects.open().filter(pk=OuterRef("pk")).order_by()
        found = self.filter(wanted).annotate(is_open=Exists(open_pages), **recording_openness())
        pages = list(found.select_related("event", "locale", "recording").defer("body", *OF_RECORDINGS))
        for page in pages:
            page.versions = [one for one in pages if one.is_open and one.translation_key == page.translation_key]
        return {page.pk: page for page in pages}


def next_of(pages: Iterable[EventPage], number: int, language: str) -> list[EventPage]:
    """Return of pages in any order the next events that take place, each once in the best language; no query.

    Pages that say that they are not open to everybody (``is_open``) are left out.
    """
    now = timezone.now()
    rows = [one for one in pages if getattr(one, "is_open", True) and one.event.ends_at > now]
    versions: dict[Any, list[EventPage]] = {}
    for page in sorted(rows, key=lambda one: (one.event.starts_at, str(one.translation_key))):
        if not page.event.is_cancelled:
            versions.setdefault(page.translation_key, []).append(page)
    return [best for found in list(versions.values())[:number] if (best := _best(found, language))]


def recording_openness() -> dict[str, Subquery]:
    """Say of an event's page per language whether anybody may read the recording; None where it is not published."""
    open_pages = ResourcePage.objects.open().filter(pk=OuterRef("pk")).order_by()
    versions = ResourcePage.objects.live().filter(translation_key=OuterRef("recording__translation_key")).order_by()
    told = versions.annotate(told=Exists(open_pages))
    return {
        name: Subquery(told.filter(locale__language_code=code).values("told")[:1])
        for code, name in RECORDING_IN.items()
    }


def leads_to_open_recording(page: EventPage, language: str) -> bool:
    """Return whether who looks for the recording in ``language`` comes to one that anybody may read.

    A page that was not read by ``in_all_languages`` is asked about with one query.
    """
    told: dict[str, Any] = page.__dict__
    if RECORDING_IN[language] not in told:
        rows = EventPage.objects.filter(pk=page.pk).annotate(**recording_openness())
        told.update(rows.values(*RECORDING_IN.values()).first() or {})  # a template asks more than once
    published = [told.get(RECORDING_IN[code]) for code in FALLBACKS[language]]
    return next((bool(is_open) for is_open in published if is_open is not None), False)


def _best(pages: list[EventPage], language: str) -> EventPage | None:
    spoken = {page.locale.language_code: page for page in pages}
    return next((spoken[code] for code in FALLBACKS[language] if code in spoken), None)


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
    recording = models.ForeignKey(
        "resources.ResourcePage",
        verbose_name=_("recording"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Afterwards: the resource that leads to it, in any language. Readers get it in theirs."),
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
    routed_with = ("event", "recording")
    versions: list[EventPage]
    override_translatable_fields = [
        SynchronizedField("slug"),
        SynchronizedField("event", overridable=False),
        SynchronizedField("recording"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("introduction"), index.SearchField("body")]
    content_panels = [
        *Page.content_panels,
        FieldPanel("event"),
        FieldPanel("introduction"),
        FieldPanel("body"),
        FieldPanel("recording"),
        ReadinessPanel(),
    ]

    class Meta:
        verbose_name = _("event page")
        verbose_name_plural = _("event pages")

    @property
    def card_line(self) -> str:
        return day_of(self.event)

    @property
    def recording_address(self) -> str:
        """Where the recording is found in the visitor's language; where it is missing there, that leads to the best.

        Blank where what the visitor would come to is not open to everybody.
        """
        parts = self.recording.get_url_parts() if self.recording else None
        if not parts or not parts[2] or not leads_to_open_recording(self, current_language()):
            return ""
        return in_other_language(parts[2], current_language())

    def in_best_language(self, language: str) -> EventPage | None:
        """Return what of ``versions`` the visitor reads best; None where none is open to everybody."""
        return _best(self.versions, language)

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), **event_context(self, request)}
