"""One page of a list, with one query where there is such a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Window

PER_PAGE = 12


@dataclass(frozen=True)
class Leaf:
    """``total`` counts what stands on all pages."""

    items: list[Any]
    total: int = 0
    page: int = 1
    last_page: int = 1


def leaf_of(found: QuerySet[Any], page: int) -> Leaf:
    """Return the page, the nearest one where there is none."""
    items = list(found.annotate(total=Window(Count("pk")))[(page - 1) * PER_PAGE : page * PER_PAGE])
    if items:
        total = items[0].total
        return Leaf(items, total, page, -(-total // PER_PAGE))
    return Leaf([]) if page == 1 else leaf_of(found, max(1, -(-found.count() // PER_PAGE)))


def number_of(typed: str) -> int:
    """Return the page that an address asks for; 1 for whatever is no number."""
    return max(1, int(typed)) if typed.isascii() and typed.isdecimal() and len(typed) < 6 else 1
