"""The database's clock: hosts whose own clocks are wrong agree about windows all the same."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BigIntegerField, Func

# Asked with values, so a percent sign is written twice.
SECONDS_SINCE_1970 = {
    "postgresql": "floor(extract(epoch FROM statement_timestamp()))::bigint",
    "sqlite": "CAST(strftime('%%s', 'now') AS INTEGER)",
}


class DatabaseEpoch(Func):
    """``database_epoch()`` inside another query, for who would otherwise ask twice."""

    output_field = BigIntegerField()

    def as_sql(self, compiler: Any, connection: BaseDatabaseWrapper, **context: Any) -> tuple[str, list[Any]]:
        return SECONDS_SINCE_1970[connection.vendor], []


def database_epoch() -> int:
    """Return the database's clock as whole seconds since 1970 (UTC)."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {SECONDS_SINCE_1970[connection.vendor]}", [])
        return int(cursor.fetchone()[0])
