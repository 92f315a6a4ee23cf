"""The streets of postal codes in several ridings, gathered in a temporary database so that memory stays small."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from actions.representatives.street_ranges import ranges_of

# (code, name, type, direction, town, number, federal number)
StreetRow = tuple[str, str, str, str, str, int, int]
Streets = list[tuple[str, str, str, list[Any]]]

_CACHE_KIB = 16_384


class StreetNumbers:
    """Add rows in any order, then walk through the streets code by code. SQLite deletes its file by itself."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("")
        self._database.execute(f"PRAGMA cache_size=-{_CACHE_KIB}")
        self._database.execute("CREATE TABLE house (code, name, kind, direction, town, number, fed_num)")

    def add(self, rows: Iterable[StreetRow]) -> None:
        self._database.executemany("INSERT INTO house VALUES (?, ?, ?, ?, ?, ?, ?)", rows)

    def by_code(self) -> Iterator[tuple[str, Streets]]:
        """Each code with its streets, as ``PostalStreets`` keeps them."""
        houses = self._database.execute("SELECT DISTINCT * FROM house ORDER BY code, name, kind, direction")
        for code, of_code in groupby(houses, key=lambda house: house[0]):
            streets = groupby(of_code, key=lambda house: house[1:4])
            yield code, [(*key, _ranges(list(of_street))) for key, of_street in streets]

    def close(self) -> None:
        self._database.close()


def _ranges(houses: list[StreetRow]) -> list[Any]:
    """Main Street of one village is not the Main Street of the next: shared by ridings, the name settles nothing."""
    towns, ridings = {house[4] for house in houses}, {house[6] for house in houses}
    if len(towns) > 1 and len(ridings) > 1:
        return []
    return [list(found) for found in ranges_of((house[5], house[6]) for house in houses)]
