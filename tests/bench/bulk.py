"""Very many rows at once: COPY on PostgreSQL, executemany on SQLite; the ORM takes a hundred times as long."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import chain
from typing import Any

from django.db import connection, models, transaction

CACHE_KIB = 600_000


def insert(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert one row or more of values as the columns hold them (ciphertext as text), all in one transaction."""
    rows = iter(rows)
    rows = chain([next(rows)], rows)  # what a generator asks the database for first would wait for the COPY, for ever
    names = ", ".join(f'"{name}"' for name in columns)
    table = model._meta.db_table
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            # Keys at random places of their indexes: they are written once instead of again and again if all fit in.
            connection.connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
            marks = ", ".join("?" * len(columns))
            statement = f'INSERT INTO "{table}" ({names}) VALUES ({marks})'
            connection.connection.executemany(statement, (tuple(map(as_sqlite, row)) for row in rows))


def as_sqlite(value: Any) -> Any:
    """Return the value as Django writes it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
    return value.hex if isinstance(value, uuid.UUID) else value


def take_stock() -> None:
    """Let the database take stock, as it does by itself after a while."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
