"""Keeping that something happened at Stripe: once, whoever tells of it and how often."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

import psycopg
from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from actions.donations.facts import EventFacts
from actions.donations.models import StripeEvent
from actions.donations.processing import KINDS
from actions.donations.states import CameBy

IGNORED = "ignored"


def keep_events(events: list[EventFacts], *, came_by: CameBy) -> None:
    """Store each event once; what nobody handles is done at once."""
    rows = (StripeEvent(**_row(event, came_by)) for event in events)
    StripeEvent.objects.bulk_create(rows, ignore_conflicts=True)


def keep_event(event: EventFacts, *, came_by: CameBy) -> None:
    """The same for one, as a single statement that commits by itself: to open and end a transaction costs two more.

    Nor is the connection tried out before, as Django does for each request; a dead one is replaced and asked again.
    The values are of the types that the columns have, so that no field needs to prepare them.
    """
    connection.health_check_done = True  # type: ignore[attr-defined]  # the stubs do not know it
    row = _row(event, came_by)
    statement, times = _insert(connection.vendor, tuple(row)), connection.ops.adapt_datetimefield_value
    values = [times(value) if isinstance(value, datetime) else value for value in row.values()]
    try:
        _execute(statement, values)
    except (InterfaceError, OperationalError):
        if connection.in_atomic_block:
            raise
        connection.close()
        _execute(statement, values)


def _execute(statement: str, values: list[Any]) -> None:
    """On PostgreSQL the values go beside the statement: Django writes them into it, which takes twice the time."""
    if connection.vendor != "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
        return
    connection.ensure_connection()
    with connection.wrap_database_errors:
        psycopg.Cursor(connection.connection).execute(statement, values, prepare=False)


@cache
def _insert(vendor: str, fields: tuple[str, ...]) -> str:
    """``vendor`` only keeps the statements apart: each kind of database quotes in its own way."""
    quote = connection.ops.quote_name
    names, places = ", ".join(quote(name) for name in fields), ", ".join(["%s"] * len(fields))
    table = quote(StripeEvent._meta.db_table)
    return f"INSERT INTO {table} ({names}) VALUES ({places}) ON CONFLICT ({quote('event_id')}) DO NOTHING"  # noqa: S608


def _row(event: EventFacts, came_by: CameBy) -> dict[str, Any]:
    now = timezone.now()
    return {
        "event_id": event.id,
        "kind": event.kind[:80],
        "object_id": event.object_id[:120],
        "livemode": event.livemode,
        "created_at": event.created_at,
        "received_at": now,
        "next_try_at": now,
        "came_by": came_by.value,
        "tries": 0,
        "handled_at": None if event.kind in KINDS else now,
        "outcome": "" if event.kind in KINDS else IGNORED,
    }
