"""The one page that searches. It stores nothing of what is typed and is no page for search engines."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from home.languages import CODES, current_language, own_name
from search.excerpts import Piece, excerpt
from search.finding import PER_PAGE, find, readable_by_all, tidied
from search.models import SearchEntry
from search.promotions import promoted_for


@dataclass(frozen=True)
class Result:
    title: str
    url: str
    pieces: list[Piece]


@dataclass(frozen=True)
class Elsewhere:
    """Another language that has what was looked for; ``total`` counts its pages."""

    language: str
    name: str
    total: int
    url: str


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    query = tidied(request.GET.get("q", ""))
    language = current_language()
    readable = readable_by_all()
    found = find(query, language=language, page=_number(request.GET.get("page", "")), readable=readable)
    results = [result for entry in found.entries if (result := _shown(entry, found.words, request))]
    context = {
        "query": query,
        "found": found,
        "results": results,
        "elsewhere": [] if found.total else _elsewhere(query, language, readable),
        "promoted": promoted_for(query, request) if query else [],
        "first_number": (found.page - 1) * PER_PAGE + 1,
        "previous_query": _address(query, found.page - 1) if found.page > 1 else "",
        "next_query": _address(query, found.page + 1) if found.page < found.last_page else "",
    }
    return render(request, "search/search.html", context)


def _shown(entry: SearchEntry, words: list[str], request: HttpRequest) -> Result | None:
    url = entry.page.get_url(request) if entry.page else entry.path
    if not url or (entry.page and not entry.page.live):
        return None
    return Result(entry.title, url, excerpt(entry.text, words, entry.language))


def _elsewhere(query: str, language: str, readable: Q) -> list[Elsewhere]:
    """Where it would be found: 香港 typed on an English page, say."""
    places = []
    for other in CODES:
        total = find(query, language=other, readable=readable).total if other != language else 0
        if total:
            with translation.override(other):
                url = f"{reverse('search:search')}?{urlencode({'q': query})}"
            places.append(Elsewhere(other, own_name(other), total, url))
    return places


def _address(query: str, page: int) -> str:
    return urlencode({"q": query, "page": str(page)})


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 6 else 1
