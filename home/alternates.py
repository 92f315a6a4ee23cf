"""The same content in the other languages: for the picker, which never leads nowhere, and for search engines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import translate_url
from wagtail.models import Page

from home.languages import CODES, current_language, html_language, in_other_language, own_name, short_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet
    from django.http import HttpRequest


@dataclass(frozen=True)
class Alternate:
    """One language of the present content; ``is_exact`` is false where it is missing, or stands on the page above."""

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


@dataclass(frozen=True)
class Below:
    """An address below a page's own: ``suffix`` follows its path, in the languages of ``codes`` only."""

    suffix: str
    codes: frozenset[str]

    def of(self, code: str, path: str, is_exact: bool) -> tuple[str, bool]:
        return (path + self.suffix, True) if is_exact and code in self.codes else (path, False)


def full_address(path: str) -> str:
    """The address with scheme and host, from SITE_URL and not from the Host header, which a visitor controls."""
    return settings.SITE_URL + path


def alternates_for(
    request: HttpRequest,
    page: Page | None = None,
    paths: Mapping[str, str] | None = None,
    below: Below | None = None,
) -> list[Alternate]:
    """Where each language is: by ``page``, by the ``paths`` that a view gives, or by swapping the address's prefix.

    ``below`` is what stands below the page: the languages that have it get its address, the others the page's.
    """
    present = current_language()
    if page is not None and page.pk and page.depth:
        found = _with_missing(_by_page(request, page), present)
        if below is not None:
            found = {code: below.of(code, *where) for code, where in found.items()}
    elif paths is not None:
        found = {code: (path, True) for code, path in paths.items()}
    else:
        found = {code: (translate_url(request.path, code), True) for code in CODES}
    home = {code: (f"/{code}/", False) for code in CODES}
    return [Alternate(code, *{**home, **found}[code], is_current=code == present) for code in CODES]


def _with_missing(found: dict[str, tuple[str, bool]], present: str) -> dict[str, tuple[str, bool]]:
    """Where a language has no translation of the page shown, the page's address in it.

    There home.routing leads on to the best language, with a notice; and the same link works once it is translated.
    """
    path, is_here = found.get(present, ("", False))
    if not is_here:
        return found
    missing = [code for code in CODES if not found.get(code, ("", False))[1]]
    return {**found, **{code: (in_other_language(path, code), False) for code in missing}}


def _by_page(request: HttpRequest, page: Page) -> dict[str, tuple[str, bool]]:
    """Language -> path of the deepest live translation of the page or of a page above it; one query at most."""
    found: dict[str, tuple[str, bool]] = {}
    for candidate in _routed(request, page) or _read_around(page):
        if not candidate.live:
            continue
        parts = candidate.get_url_parts(request)
        if parts and parts[2]:
            is_exact = candidate.translation_key == page.translation_key
            found[candidate.locale.language_code] = (parts[2], is_exact)
    return found


def _routed(request: HttpRequest, page: Page) -> list[Page]:
    """The same pages, where home.routing has read them on the way."""
    found: list[Page] = getattr(request, "_pages_around", [])
    return found if any(one.pk == page.pk for one in found) else []


def _read_around(page: Page) -> QuerySet[Page]:
    above = [page.path[: page.steplen * depth] for depth in range(2, page.depth + 1)]
    keys = Page.objects.filter(path__in=above).values("translation_key")
    return Page.objects.filter(translation_key__in=keys).select_related("locale").order_by("depth")
