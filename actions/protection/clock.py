"""The database's clock: hosts whose own clocks are wrong agree about windows all the same."""

from __future__ import annotations

from django.db import connection
from django.db.models import BigIntegerField
from django.db.models.expressions import RawSQL

# Asked with values, so a percent sign is written twice. The statement's time stays the same for all its rows, so that
# PostgreSQL may look it up in an index.
SECONDS_SINCE_1970 = {
    "postgresql": "floor(extract(epoch FROM statement_timestamp()))::bigint",
    "sqlite": "CAST(strftime('%%s', 'now') AS INTEGER)",
}


def database_epoch() -> int:
    """Return the database's clock as whole seconds since 1970 (UTC)."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {SECONDS_SINCE_1970[connection.vendor]}", [])
        return int(cursor.fetchone()[0])


def epoch_in_query() -> RawSQL:
    """Return ``database_epoch()`` as part of another query, for who would otherwise ask twice."""
    return RawSQL(SECONDS_SINCE_1970[connection.vendor], [], output_field=BigIntegerField())  # noqa: S611
