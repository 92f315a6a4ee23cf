"""A postal table of a few codes, as an import of the address register would leave it."""

from __future__ import annotations

from typing import Any

from actions.representatives import postal_table
from actions.representatives.postal_format import CompactTable
from actions.representatives.postal_sets import replace_table
from actions.representatives.records import PostalTable


def load_postal_codes(
    *rows: tuple[str, int, int], streets: dict[str, list[Any]] | None = None, release: str = ""
) -> PostalTable:
    """Store codes as (code, federal number, addresses) in the place of whatever was stored."""
    stored = replace_table(CompactTable.from_rows(rows), streets=(streets or {}).items(), release=release)
    postal_table.forget()  # a test's transaction is never committed
    return stored
