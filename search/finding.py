"""Looking for entries: those with all words first; when there are none, those with some."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, Sum
from wagtail.models import Page

from search.models import SearchEntry
from search.words import query_words

# What could upset a database or a template; https://docs.python.org/3/library/unicodedata.html#unicodedata.category
UNTYPABLE = {"Cc", "Cs", "Cn", "Co"}
LONGEST_QUERY, MOST_WORDS = 200, 12
PER_PAGE = 10
BLANKS = re.compile(r"\s+")


@dataclass(frozen=True)
class Found:
    """One page of hits, best first. ``total`` counts all; ``has_all`` is false where only some words were found."""

    entries: list[SearchEntry]
    words: list[str]
    total: int
    page: int
    has_all: bool = True

    @property
    def last_page(self) -> int:
        return max(1, -(-self.total // PER_PAGE))


def tidied(query: str) -> str:
    """Return what was typed without control characters, in one line, cut to 200 characters."""
    plain = "".join(" " if unicodedata.category(one) in UNTYPABLE else one for one in query[: LONGEST_QUERY * 4])
    return BLANKS.sub(" ", unicodedata.normalize("NFC", plain)).strip()[:LONGEST_QUERY]


def readable_by_all() -> Q:
    """Return what singles out the entries of pages that everybody may read, and of what is no page; one query.

    It is asked for each search anew: Wagtail sends no signal when a page is closed to most people.
    """
    return Q(page=None) | Q(page__in=Page.objects.live().public())


def find(query: str, *, language: str, page: int = 1, readable: Q | None = None) -> Found:
    """Look for a tidied query in one language. ``page`` counts from 1 and is moved to the last one when beyond.

    ``readable``: from ``readable_by_all``, for who looks more than once.
    """
    words = query_words(query, language)[:MOST_WORDS]
    if not words:
        return Found([], [], 0, 1)
    hits = _hits(words, language, readable or readable_by_all())
    numbers = hits.aggregate(all=Count("pk", filter=Q(found__gte=len(words))), some=Count("pk"))
    has_all = numbers["all"] > 0 or len(words) == 1
    hits = hits.filter(found__gte=len(words)) if has_all else hits
    total = numbers["all" if has_all else "some"]
    page = min(max(page, 1), max(1, -(-total // PER_PAGE)))
    return Found(_entries(hits, page) if total else [], words, total, page, has_all)


def _hits(words: list[str], language: str, readable: Q) -> Any:
    """Entries with any of the words, those with most words first, then by where the words stand."""
    ours = Q(words__language=language, words__word__in=words) & readable
    # The number alone is grouped by: SQLite would else compare whole texts.
    entries = SearchEntry.objects.values("pk").filter(ours).annotate(found=Count("words"), rank=Sum("words__weight"))
    return entries.order_by("-found", "-rank", "-changed_at", "-pk")


def _entries(hits: Any, page: int) -> list[SearchEntry]:
    ids = [hit["pk"] for hit in hits[(page - 1) * PER_PAGE : page * PER_PAGE]]
    rows = SearchEntry.objects.select_related("page").in_bulk(ids)
    return [rows[one] for one in ids if one in rows]
