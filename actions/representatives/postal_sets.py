"""Puts a new postal table in the place of the one before, all at once."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any

from django.db import transaction

from actions.representatives import postal_table
from actions.representatives.postal_format import CompactTable
from actions.representatives.records import PostalStreets, PostalTable

_STREETS_AT_ONCE = 2_000


def replace_table(
    table: CompactTable, *, streets: Iterable[tuple[str, list[Any]]] = (), release: str = ""
) -> PostalTable:
    """Store the table with the streets of its codes in several ridings; when all is there, it becomes the current one.

    The streets are written in short transactions, which leave SQLite's one lock to others in between. Other processes
    go over to the new table within a minute, this one at once.
    """
    stored = _stored(table, release)
    try:
        rows = (PostalStreets(table=stored, code=code, streets=of_code) for code, of_code in streets)
        while batch := list(islice(rows, _STREETS_AT_ONCE)):
            PostalStreets.objects.bulk_create(batch)
    except BaseException:
        stored.delete()
        raise
    _make_current(stored)
    return stored


def _stored(table: CompactTable, release: str) -> PostalTable:
    ridings = table.addresses_by_riding()
    content, sha256 = table.to_blob()
    return PostalTable.objects.create(
        content=content,
        sha256=sha256,
        codes=table.codes(),
        addresses=sum(ridings.values()),
        ridings={str(fed_num): addresses for fed_num, addresses in sorted(ridings.items())},
        release=release,
    )


@transaction.atomic
def _make_current(stored: PostalTable) -> None:
    PostalTable.objects.filter(pk=stored.pk).update(is_current=True)
    PostalTable.objects.exclude(pk=stored.pk).delete()
    transaction.on_commit(postal_table.forget)
