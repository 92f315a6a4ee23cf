"""Reading a table of any length in pieces."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

ROWS_AT_ONCE = 2_000


def by_number(rows: QuerySet[Any], *columns: str, last: int) -> Iterator[tuple[Any, ...]]:
    """Yield the columns of the rows up to the row number ``last``, in the order of their numbers.

    Each piece is a query of its own: no cursor and no transaction stays open while a slow reader fetches a file, and
    what was taken back in the meantime is not among the rows that are still to come.
    """
    reached = 0
    while True:
        piece = rows.filter(pk__gt=reached, pk__lte=last).order_by("pk").values_list("pk", *columns)[:ROWS_AT_ONCE]
        found = list(piece)
        for number, *cells in found:
            reached = number
            yield tuple(cells)
        if len(found) < ROWS_AT_ONCE:
            return
