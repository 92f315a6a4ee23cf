"""What is to be said about a page before it is published: how it is found, who can read it, what stands on it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page

from actions import registry
from actions.readiness.sentences import missing_languages
from actions.registry import Finding

# Search engines cut after about 160 characters; below 50 a sentence says little:
# https://developers.google.com/search/docs/appearance/snippet
LEAST_DESCRIPTION, MOST_DESCRIPTION = 50, 160
# A Chinese character says as much as two or three letters.
LEAST_IN_CHINESE, MOST_IN_CHINESE = 20, 80


def findings_about_page(page: Page) -> Iterator[Finding]:
    """Yield what could be better about the page as it was saved last."""
    yield from _description(page)
    yield from _pictures(page)
    yield from _languages(page)
    yield from registry.findings_about(page)
    for record in actions_on(page):
        yield from registry.findings_about(record)


def _description(page: Page) -> Iterator[Finding]:
    text = page.search_description.strip()
    in_chinese = page.locale.language_code == "zh-hant"
    least = LEAST_IN_CHINESE if in_chinese else LEAST_DESCRIPTION
    most = MOST_IN_CHINESE if in_chinese else MOST_DESCRIPTION
    span = {"least": least, "most": most, "count": len(text)}
    if not text:
        words = _(
            "The page has no description for search engines and chats. Say in one sentence of %(least)d to %(most)d "
            "characters what it is about, under “Promote”."
        )
        yield Finding(words % span)
    elif text.casefold() == page.title.strip().casefold():
        yield Finding(_("The description under “Promote” only repeats the title. Say what readers can do here."))
    elif len(text) < least:
        words = _("The description under “Promote” is short: %(count)d characters, better %(least)d to %(most)d.")
        yield Finding(words % span)
    elif len(text) > most:
        words = _(
            "The description under “Promote” is cut by search engines: %(count)d characters, better up to %(most)d."
        )
        yield Finding(words % span)


def _pictures(page: Page) -> Iterator[Finding]:
    bare = [
        value for value in pictures_on(page) if not value.decorative and not (value.contextual_alt_text or "").strip()
    ]
    if bare:
        words = ngettext(
            "%(count)d picture has no description for people who cannot see it.",
            "%(count)d pictures have no description for people who cannot see them.",
            len(bare),
        )
        yield Finding(words % {"count": len(bare)})


def _languages(page: Page) -> Iterator[Finding]:
    there = page.get_translations(inclusive=True).select_related("locale")
    if missing := missing_languages(one.locale.language_code for one in there):
        words = _("The page does not exist in %(languages)s yet: readers there get another language and a notice.")
        yield Finding(words % {"languages": missing})
    drafts = [one for one in there if not one.live and one.pk != page.pk]
    for one in drafts:
        words = _("The page in %(languages)s is not published.")
        names = {"languages": _own(one)}
        yield Finding(words % names, reverse("wagtailadmin_pages:edit", args=[one.pk]))


def _own(page: Page) -> str:
    return str(page.locale.get_display_name())


def streams_of(page: Page) -> Iterator[Any]:
    for one in page._meta.get_fields():
        if isinstance(one, StreamField):
            yield getattr(page, one.name)


def pictures_on(page: Page) -> Iterator[Any]:
    """Yield the pictures of image blocks, however deep they stand."""
    for stream in streams_of(page):
        for block in stream:
            yield from _pictures_in(block.block, block.value)


def _pictures_in(block: Any, value: Any) -> Iterator[Any]:
    if isinstance(block, ImageBlock):
        if value is not None:
            yield value
    elif hasattr(block, "child_blocks"):
        for name, child in block.child_blocks.items():
            yield from _pictures_in(child, value.get(name)) if value else ()
    elif hasattr(block, "child_block"):
        for one in value or ():
            yield from _pictures_in(block.child_block, one)


def actions_on(page: Page) -> list[models.Model]:
    """Return the records that the page's action blocks point at, each once, in order."""
    found: dict[tuple[str, Any], models.Model] = {}
    for stream in streams_of(page):
        for block in stream:
            values = block.value.values() if hasattr(block.value, "values") else ()
            for record in values:
                if isinstance(record, models.Model) and hasattr(record, "wordings"):
                    found.setdefault((record._meta.label, record.pk), record)
    return list(found.values())
