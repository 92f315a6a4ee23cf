"""The same content in the other languages: for the picker, which never leads nowhere, and for search engines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import translate_url
from wagtail.models import Page

from home.languages import CODES, current_language, html_language, own_name, short_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest


@dataclass(frozen=True)
class Alternate:
    """One language of the present content; ``is_exact`` is false where the link leads to the nearest page above it."""

    code: str
    path: str
    is_exact: bool = True
    is_current: bool = False

    @property
    def html_lang(self) -> str:
        return html_language(self.code)

    @property
    def name(self) -> str:
        return own_name(self.code)

    @property
    def short_name(self) -> str:
        return short_name(self.code)

    @property
    def url(self) -> str:
        return full_address(self.path)


def full_address(path: str) -> str:
    """The address with scheme and host, from SITE_URL and not from the Host header, which a visitor controls."""
    return settings.SITE_URL + path


def alternates_for(
    request: HttpRequest, page: Page | None = None, paths: Mapping[str, str] | None = None
) -> list[Alternate]:
    """Where each language is: by ``page``, by the ``paths`` that a view gives, or by swapping the address's prefix."""
    present = current_language()
    if page is not None and page.pk and page.depth:
        found = _by_page(request, page)
    elif paths is not None:
        found = {code: (path, True) for code, path in paths.items()}
    else:
        found = {code: (translate_url(request.path, code), True) for code in CODES}
    home = {code: (f"/{code}/", False) for code in CODES}
    return [Alternate(code, *{**home, **found}[code], is_current=code == present) for code in CODES]


def _by_page(request: HttpRequest, page: Page) -> dict[str, tuple[str, bool]]:
    """Language -> path of the deepest live translation of the page or of a page above it; one query."""
    above = [page.path[: page.steplen * depth] for depth in range(2, page.depth + 1)]
    keys = Page.objects.filter(path__in=above).values("translation_key")
    live = Page.objects.live().filter(translation_key__in=keys).select_related("locale").order_by("depth")
    found: dict[str, tuple[str, bool]] = {}
    for candidate in live:
        parts = candidate.get_url_parts(request)
        if parts and parts[2]:
            is_exact = candidate.translation_key == page.translation_key
            found[candidate.locale.language_code] = (parts[2], is_exact)
    return found
