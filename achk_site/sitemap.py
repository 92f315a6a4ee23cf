"""Every public address in every language, each with its translations: https://www.sitemaps.org/protocol.html and
https://developers.google.com/search/docs/specialty/international/localized-versions#sitemap .
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from actions import registry
from actions.registry import PublicPage
from home.alternates import full_address
from home.languages import CODES, html_language

ONE_HOUR = 3_600


@require_safe
@cache_control(public=True, max_age=ONE_HOUR)
def sitemap(request: HttpRequest) -> HttpResponse:
    """The same for everybody; addresses begin with SITE_URL, not with the request's host."""
    tree = list(pages_of_tree(request))
    living = {code for page in tree for code in page.paths}
    pages = [*tree, *(_only_in(living, page) for page in registry.public_pages())]
    return render(request, "sitemap.xml", {"urls": list(_urls(pages))}, content_type="application/xml")


def pages_of_tree(request: HttpRequest) -> Iterator[PublicPage]:
    """Yield the live pages that anybody may read, each with its live translations; one query for all of them."""
    site = Site.find_for_request(request) or Site.objects.get(is_default_site=True)
    homes = site.root_page.get_translations(inclusive=True).live().values_list("path", flat=True)
    below = reduce(or_, (Q(path__startswith=path) for path in homes), Q(pk=None))
    sets: dict[Any, dict[str, Page]] = {}
    for page in Page.objects.filter(below).live().public().select_related("locale").order_by("depth", "path"):
        sets.setdefault(page.translation_key, {})[page.locale.language_code] = page
    for translations in sets.values():
        parts = {code: page.get_url_parts(request) for code, page in translations.items()}
        paths = {code: found[2] for code, found in parts.items() if found and found[2]}
        yield PublicPage(paths, {code: page.last_published_at for code, page in translations.items()})


def _only_in(languages: set[str], page: PublicPage) -> PublicPage:
    """A language without a front page is not shown to the public yet."""
    return PublicPage({code: path for code, path in page.paths.items() if code in languages}, page.changed_at)


def _urls(pages: Iterable[PublicPage]) -> Iterator[dict[str, Any]]:
    for page in pages:
        addresses = {code: full_address(page.paths[code]) for code in CODES if code in page.paths}
        alternates = [(html_language(code), address) for code, address in addresses.items()]
        if CODES[0] in addresses:
            alternates.append(("x-default", addresses[CODES[0]]))
        for code, address in addresses.items():
            yield {"address": address, "alternates": alternates, "changed_at": page.changed_at.get(code)}
