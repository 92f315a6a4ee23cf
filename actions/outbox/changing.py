"""One row of a queue, changed if it still is as it was read: one statement, and only one in three waits for the disk.

Hand-written SQL, because Django takes longer to put such an UPDATE together than a database to carry it out, and three
of them are needed for every letter.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from django.db import connection, models

# Ends with the transaction; https://www.postgresql.org/docs/current/wal-async-commit.html
WITHOUT_WAITING = " AND set_config('synchronous_commit', 'off', true) IS NOT NULL"


def change(row: models.Model, to: Mapping[str, Any], *, only_if: Mapping[str, Any], must_last: bool) -> bool:
    """Write the columns ``to`` and return True, or return False when the row is not as ``only_if`` says any more.

    A tuple in ``only_if`` lists the values that will do. All other processes see the change at once. With ``must_last``
    it is on the disk when this returns; else a power cut, not a killed process, may undo it, but never before what was
    changed earlier. The row object is left as it is.
    """
    conditions = {name: value if isinstance(value, tuple) else (value,) for name, value in only_if.items()}
    counts = tuple((name, len(values)) for name, values in conditions.items())
    waits = must_last or connection.vendor != "postgresql"
    sql = _statement(type(row), tuple(to), counts) + ("" if waits else WITHOUT_WAITING)
    values = [_stored(row, name, value) for name, value in to.items()]
    wanted = [_stored(row, name, value) for name, values in conditions.items() for value in values]
    with connection.cursor() as cursor, _waiting_for_disk(must_last):
        cursor.execute(sql, [*values, row.pk, *wanted])
        return bool(cursor.rowcount == 1)


@lru_cache(maxsize=64)
def _statement(model: type[models.Model], names: tuple[str, ...], counts: tuple[tuple[str, int], ...]) -> str:
    """Return the UPDATE; table and columns come from the model alone."""
    meta: Any = model._meta
    quote = connection.ops.quote_name

    def column(name: str) -> str:
        return quote(meta.get_field(name).column)

    written = ", ".join(f"{column(name)} = %s" for name in names)
    wanted = "".join(f" AND {column(name)} IN ({', '.join(['%s'] * count)})" for name, count in counts)
    return f"UPDATE {quote(meta.db_table)} SET {written} WHERE {quote(meta.pk.column)} = %s{wanted}"  # noqa: S608


def _stored(row: models.Model, name: str, value: Any) -> Any:
    field: Any = row._meta.get_field(name)
    return field.get_db_prep_save(value, connection)


@contextmanager
def _waiting_for_disk(must_last: bool) -> Iterator[None]:
    """SQLite waits by connection, not by statement, and cannot be told inside a transaction.

    What the next waiting commit of any process writes to the disk includes everything before it:
    https://www.sqlite.org/pragma.html#pragma_synchronous
    """
    if must_last or connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous = NORMAL")
        try:
            yield
        finally:
            cursor.execute("PRAGMA synchronous = FULL")
