"""Reading a table of any length in pieces."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import Combinable

ROWS_AT_ONCE = 5_000


def by_number(
    rows_after: Callable[[int], QuerySet[Any]], *columns: str | Combinable, last: int
) -> Iterator[tuple[Any, ...]]:
    """Yield row number and columns of the rows up to the number ``last``, in the order of their numbers.

    ``rows_after`` returns the rows with a higher number than the one it is given.

    Each piece is a query of its own: no cursor and no transaction stays open while a slow reader fetches a file, and
    what was taken back in the meantime is not among the rows that are still to come.
    """
    reached = 0
    while True:
        piece = rows_after(reached).filter(pk__lte=last).order_by("pk").values_list("pk", *columns)
        found = list(piece[:ROWS_AT_ONCE])
        yield from found
        if len(found) < ROWS_AT_ONCE:
            return
        reached = found[-1][0]
