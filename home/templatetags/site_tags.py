"""What the page frame asks for: languages, menus, settings, and the editors' bar."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import template
from django.conf import settings
from django.utils.html import format_html_join
from wagtail.admin.templatetags.wagtailuserbar import wagtailuserbar
from wagtail.models import Page

from home.alternates import Alternate, alternates_for, full_address
from home.languages import CODES, MISSING, current_language, html_language, in_language, own_name, short_name
from home.navigation import Navigation, navigation_for
from home.site_settings import SiteSettings
from home.structured_data import data_block

if TYPE_CHECKING:
    from django.forms import BoundField
    from django.template import Context

register = template.Library()
register.filter("in_language", in_language)
register.filter("html_tag", html_language)
register.filter("own_name", own_name)
register.filter("short_name", short_name)
register.filter("full_address", full_address)
register.simple_tag(data_block, name="json_ld")


@register.filter
def phrases(text: str) -> str:
    """A Chinese heading breaks between its phrases where they fit on a line, not in the middle of a word."""
    pieces = re.findall("[^。，、；：！？]+[。，、；：！？]*", text)
    if len(pieces) < 2:
        return text
    return format_html_join("", '<span class="phrase">{}</span>', ((piece,) for piece in pieces))


@register.simple_tag
def html_lang(code: str = "") -> str:
    """The tag for ``<html lang>``, of the active language or of ``code``: en-CA, fr-CA or zh-Hant-HK."""
    return html_language(code or current_language())


@register.simple_tag(takes_context=True)
def site_settings(context: Context) -> SiteSettings:
    return SiteSettings.current(context.get("request"))


@register.simple_tag(takes_context=True)
def navigation(context: Context) -> Navigation:
    return navigation_for(context["request"])


@register.simple_tag(takes_context=True)
def language_alternates(context: Context) -> list[Alternate]:
    """The page in each language.

    A view may give ``alternates`` (code -> path) where swapping its prefix would fail, a page what is ``below`` it.
    """
    page = context.get("page")
    own = page if isinstance(page, Page) else None
    return alternates_for(context["request"], own, context.get("alternates"), context.get("below"))


@register.inclusion_tag("includes/missing_language.html", takes_context=True)
def missing_language(context: Context) -> dict[str, Any]:
    """Says, in the language that was wanted, that the page is not there in it: see home.routing."""
    wanted = getattr(context.get("request"), "GET", {}).get(MISSING, "")
    return {"wanted": wanted, "shown": own_name(current_language())} if _is_other(wanted) else {}


def _is_other(code: str) -> bool:
    return code in CODES and code != current_language()


@register.simple_tag(takes_context=True)
def userbar(context: Context) -> str:
    """The editors' bar, for previews and for requests that bring a session; nobody else's page touches a session."""
    request = context.get("request")
    if request is None or not (
        getattr(request, "is_preview", False) or settings.SESSION_COOKIE_NAME in getattr(request, "COOKIES", {})
    ):
        return ""
    return wagtailuserbar(context)


@register.inclusion_tag("includes/field.html")
def field(bound: BoundField, **attrs: str | bool) -> dict[str, Any]:
    """A labelled form field with its hint and its error: ``{% field form.email autocomplete="email" %}``."""
    return {"field": bound, "widget": bound.as_widget(attrs=attrs) if attrs else None}
