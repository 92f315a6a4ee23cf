"""Leafing through a long table by its newest rows: as quick on the last page as on the first, and never counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

OLDER, NEWER = "older", "newer"
MOST_COUNTED = 1_000


@dataclass(frozen=True)
class Leaf:
    """One page; ``older`` and ``newer`` are the places to ask for next, blank at the ends."""

    rows: list[Any]
    older: str = ""
    newer: str = ""


def leaf(rows: QuerySet[Any], place: str, *, size: int) -> Leaf:
    """Return the page at ``place``: "older-<pk>" or "newer-<pk>" of a row, anything else means the newest.

    A row that is gone means the newest, too.
    """
    direction, pk = _parsed(place)
    mark = rows.model._default_manager.filter(pk=pk).values_list("created_at", "pk").first() if pk else None
    if mark is None:
        found = list(rows.order_by("-created_at", "-pk")[: size + 1])
        return _leaf(found[:size], has_older=len(found) > size, has_newer=False)
    if direction == OLDER:
        found = list(_beyond(rows, mark, "lt").order_by("-created_at", "-pk")[: size + 1])
        return _leaf(found[:size], has_older=len(found) > size, has_newer=True)
    found = list(_beyond(rows, mark, "gt").order_by("created_at", "pk")[: size + 1])
    return _leaf(found[:size][::-1], has_older=True, has_newer=len(found) > size)


def count_up_to(rows: QuerySet[Any], most: int = MOST_COUNTED) -> int:
    """Return the number of rows, at most ``most + 1``: counting a million takes the database a second.

    In the order of the list, so that the database walks the same index and stops as early.
    """
    return rows.order_by("-created_at", "-pk")[: most + 1].count()


def _parsed(place: str) -> tuple[str, int]:
    direction, _, number = place.partition("-")
    is_number = number.isascii() and number.isdecimal() and len(number) < 19
    return (direction, int(number)) if direction in (OLDER, NEWER) and is_number else ("", 0)


def _beyond(rows: QuerySet[Any], mark: tuple[Any, int], side: str) -> QuerySet[Any]:
    """Rows past the mark. The plain condition on the time is what the index is asked for."""
    at, pk = mark
    past = Q(**{f"created_at__{side}": at}) | Q(created_at=at, **{f"pk__{side}": pk})
    return rows.filter(past, **{f"created_at__{side}e": at})


def _leaf(rows: list[Any], *, has_older: bool, has_newer: bool) -> Leaf:
    if not rows:
        return Leaf([])
    older = f"{OLDER}-{rows[-1].pk}" if has_older else ""
    return Leaf(rows, older, f"{NEWER}-{rows[0].pk}" if has_newer else "")
