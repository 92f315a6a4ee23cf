"""Leafing through a long table: as quick on the last page as on the first, and never counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

OLDER, NEWER = "older", "newer"
END = "end"
MOST_COUNTED = 1_000


@dataclass(frozen=True)
class Leaf:
    """One page; ``back`` and ``on`` are the places to ask for next in the list's order, blank at the ends."""

    rows: list[Any]
    back: str = ""
    on: str = ""
    is_oldest_first: bool = False


@dataclass(frozen=True)
class Course:
    """How rows are walked: ``by`` names the columns that rise with time, the last of them unique.

    ``apart`` splits the rows where the index begins with another column: each part is walked on its own and the first
    ones of all are taken.
    """

    by: Sequence[str]
    apart: Sequence[Q] = ()
    is_oldest_first: bool = False

    def first(self, rows: QuerySet[Any], number: int, *, is_newest: bool = True) -> list[Any]:
        order = [f"-{column}" for column in self.by] if is_newest else list(self.by)
        if self.apart:
            parts = (rows.filter(part).order_by(*order).values_list("pk", flat=True)[:number] for part in self.apart)
            rows = rows.filter(pk__in=[pk for part in parts for pk in part])
        return list(rows.order_by(*order)[:number])

    def count_up_to(self, rows: QuerySet[Any], most: int = MOST_COUNTED) -> int:
        """Return the number of rows, at most ``most + 1``: counting a million takes the database a second.

        In the order of the list, so that the database walks the same index and stops as early.
        """
        order = list(self.by) if self.is_oldest_first else [f"-{column}" for column in self.by]
        parts = (rows.filter(part).order_by(*order)[: most + 1].count() for part in self.apart or [Q()])
        return min(sum(parts), most + 1)


def leaf(rows: QuerySet[Any], place: str, *, size: int, course: Course) -> Leaf:
    """Return the page at ``place``: "older-<pk>" or "newer-<pk>" of a row, "end", or anything else for the beginning.

    A row that is gone means the beginning, too.
    """
    is_newest = not course.is_oldest_first
    if place == END:
        found = course.first(rows, size + 1, is_newest=not is_newest)
        return _leaf(found[:size][::-1], course, is_first=len(found) <= size, is_last=True)
    direction, pk = _parsed(place)
    mark = rows.model._default_manager.filter(pk=pk).values_list(*course.by).first() if pk else None
    if mark is None:
        found = course.first(rows, size + 1, is_newest=is_newest)
        return _leaf(found[:size], course, is_first=True, is_last=len(found) <= size)
    goes_older = direction == OLDER
    found = course.first(_beyond(rows, course.by, mark, "lt" if goes_older else "gt"), size + 1, is_newest=goes_older)
    has_more = len(found) > size
    if goes_older == is_newest:
        return _leaf(found[:size], course, is_first=False, is_last=not has_more)
    return _leaf(found[:size][::-1], course, is_first=not has_more, is_last=False)


def _parsed(place: str) -> tuple[str, int]:
    direction, _, number = place.partition("-")
    is_number = number.isascii() and number.isdecimal() and len(number) < 19
    return (direction, int(number)) if direction in (OLDER, NEWER) and is_number else ("", 0)


def _beyond(rows: QuerySet[Any], by: Sequence[str], mark: Sequence[Any], side: str) -> QuerySet[Any]:
    """Rows past the mark. The plain condition on the first column is what an index is asked for."""
    past, same = Q(), Q()
    for column, value in zip(by, mark, strict=True):
        past |= same & Q(**{f"{column}__{side}": value})
        same &= Q(**{column: value})
    return rows.filter(past, **{f"{by[0]}__{side}e": mark[0]})


def _leaf(rows: list[Any], course: Course, *, is_first: bool, is_last: bool) -> Leaf:
    if not rows:
        return Leaf([], is_oldest_first=course.is_oldest_first)
    back, on = (OLDER, NEWER) if course.is_oldest_first else (NEWER, OLDER)
    return Leaf(
        rows,
        "" if is_first else f"{back}-{rows[0].pk}",
        "" if is_last else f"{on}-{rows[-1].pk}",
        course.is_oldest_first,
    )
