"""The database's clock, so that workers on several machines agree on leases."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

from django.db import connection

ASK_AGAIN_AFTER = 5.0  # seconds

_asked: tuple[float, datetime] | None = None  # when, by this process's steady clock, and what the server said


def database_now() -> datetime:
    """Return the time in UTC by the database server's clock; SQLite has the process's own.

    The server is not asked for every mail: its last answer is carried on by the steady clock. A process that was put to
    sleep may so be late until it asks again. That does no harm: its claims then run out early, and a claim that has run
    out is lost, not used.
    """
    global _asked
    if connection.vendor != "postgresql":
        return datetime.now(UTC)
    now = time.monotonic()
    if _asked is None or now - _asked[0] > ASK_AGAIN_AFTER:
        _asked = (now, _server_now())
    return _asked[1] + timedelta(seconds=now - _asked[0])


def _server_now() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]
