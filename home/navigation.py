"""Header and footer links, chosen once and shown in every language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField
from wagtail.models import Page

from home.languages import SUFFIXES, current_language, html_language
from home.site_settings import SiteSettings

if TYPE_CHECKING:
    from django.http import HttpRequest


class MenuLinkBlock(blocks.StructBlock):
    page = blocks.PageChooserBlock(label=_("Page"), help_text=_("Chosen in any language: readers get it in theirs."))
    label_en = blocks.CharBlock(
        required=False, max_length=30, label=_("Short title (English)"), help_text=_("Empty: the title of the page.")
    )
    label_fr = blocks.CharBlock(
        required=False, max_length=30, label=_("Short title (French)"), help_text=_("Empty: the title of the page.")
    )
    label_zh = blocks.CharBlock(
        required=False, max_length=30, label=_("Short title (Chinese)"), help_text=_("Empty: the title of the page.")
    )

    class Meta:
        icon = "link"
        label = _("Link")
        description = _("A page of ours by a short title, in each reader’s language.")
        preview_template = "blocks/menu_link_preview.html"


@register_setting(icon="list-ul", order=110)
class NavigationSettings(BaseSiteSetting):
    """Pages are chosen in any language; a visitor gets the live translation in theirs, or else the chosen page."""

    header_links = StreamField(
        [("link", MenuLinkBlock())],
        verbose_name=_("header"),
        blank=True,
        max_num=3,
        help_text=_("Up to three links at the top of every page."),
    )
    footer_links = StreamField(
        [("link", MenuLinkBlock())],
        verbose_name=_("footer"),
        blank=True,
        max_num=8,
        help_text=_("Up to eight links at the foot of every page."),
    )
    donate_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("donate"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Where “Donate” at the top of every page leads. Empty: it is not shown."),
    )
    privacy_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("privacy notice"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Linked at the foot of every page and beside the forms."),
    )

    panels = [
        FieldPanel("header_links"),
        FieldPanel("footer_links"),
        FieldPanel("donate_page"),
        FieldPanel("privacy_page"),
    ]

    class Meta:
        verbose_name = _("navigation")


@dataclass(frozen=True)
class MenuLink:
    """A link as it is shown; ``html_lang`` is set only where the page speaks another language than the visitor."""

    url: str
    label: str
    html_lang: str = ""


@dataclass(frozen=True)
class Navigation:
    header: tuple[MenuLink, ...] = ()
    footer: tuple[MenuLink, ...] = ()
    donate: MenuLink | None = None
    privacy: MenuLink | None = None


def navigation_for(request: HttpRequest) -> Navigation:
    """The menus in the active language: the site's settings and one query for the pages; kept on the request."""
    language = current_language()
    kept: dict[str, Navigation] = request.__dict__.setdefault("_navigation", {})
    if language not in kept:
        kept[language] = _build(request, language)
    return kept[language]


def _build(request: HttpRequest, language: str) -> Navigation:
    chosen = _settings(request)
    header, footer = _rows(chosen.header_links), _rows(chosen.footer_links)
    donate, privacy = {"page": chosen.donate_page_id}, {"page": chosen.privacy_page_id}
    pages = live_pages({row["page"] for row in (*header, *footer, donate, privacy) if row["page"]}, language)

    def link(row: dict[str, Any]) -> MenuLink | None:
        page = pages.get(row["page"])
        url = page.get_url(request) if page else None
        if page is None or not url:
            return None
        label = row.get(f"label_{SUFFIXES[language]}") or page.title
        spoken = page.locale.language_code
        return MenuLink(url, label, html_language(spoken) if spoken != language else "")

    return Navigation(
        header=tuple(filter(None, map(link, header))),
        footer=tuple(filter(None, map(link, footer))),
        donate=link(donate),
        privacy=link(privacy),
    )


def _settings(request: HttpRequest) -> NavigationSettings:
    """The row that the site's settings brought along, else its own query."""
    try:
        found: NavigationSettings = SiteSettings.for_request(request).site.navigationsettings
    except NavigationSettings.DoesNotExist:
        found = NavigationSettings.for_request(request)
    return found


def _rows(stream: Any) -> list[dict[str, Any]]:
    """A menu's raw values: the chooser would load its pages one by one."""
    return [row["value"] for row in stream.raw_data if row["value"].get("page")]


def live_pages(ids: set[int], language: str) -> dict[int, Page]:
    """Chosen page id -> the live page to show for it; drafts and deleted pages are left out."""
    if not ids:
        return {}
    keys = Page.objects.filter(pk__in=ids).values("translation_key")
    pages = list(Page.objects.filter(translation_key__in=keys).select_related("locale"))
    translated = {page.translation_key: page for page in pages if page.live and page.locale.language_code == language}
    shown = {page.pk: translated.get(page.translation_key, page) for page in pages if page.pk in ids}
    return {pk: page for pk, page in shown.items() if page.live}
