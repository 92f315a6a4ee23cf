"""Keeping that something happened at Stripe: once, whoever tells of it and how often."""

from __future__ import annotations

from typing import Any

from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from actions.donations.facts import EventFacts
from actions.donations.models import StripeEvent
from actions.donations.processing import KINDS
from actions.donations.states import CameBy

IGNORED = "ignored"


def keep_events(events: list[EventFacts], *, came_by: CameBy) -> None:
    """Store each event once; what nobody handles is done at once."""
    StripeEvent.objects.bulk_create((_row(event, came_by) for event in events), ignore_conflicts=True)


def keep_event(event: EventFacts, *, came_by: CameBy) -> None:
    """The same for one, as a single statement that commits by itself: to open and end a transaction costs two more.

    Nor is the connection tried out before, as Django does for each request; a dead one is replaced and asked again.
    """
    connection.health_check_done = True  # type: ignore[attr-defined]  # the stubs do not know it
    statement, values = _insert(_row(event, came_by))
    try:
        _execute(statement, values)
    except (InterfaceError, OperationalError):
        if connection.in_atomic_block:
            raise
        connection.close()
        _execute(statement, values)


def _execute(statement: str, values: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _insert(row: StripeEvent) -> tuple[str, list[Any]]:
    quote = connection.ops.quote_name
    columns = [field for field in StripeEvent._meta.concrete_fields if not field.primary_key]
    names, places = ", ".join(quote(str(field.column)) for field in columns), ", ".join(["%s"] * len(columns))
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in columns]
    table = quote(StripeEvent._meta.db_table)
    statement = f"INSERT INTO {table} ({names}) VALUES ({places}) ON CONFLICT ({quote('event_id')}) DO NOTHING"  # noqa: S608
    return statement, values


def _row(event: EventFacts, came_by: CameBy) -> StripeEvent:
    now = timezone.now()
    return StripeEvent(
        event_id=event.id,
        kind=event.kind[:80],
        object_id=event.object_id[:120],
        livemode=event.livemode,
        created_at=event.created_at,
        received_at=now,
        next_try_at=now,
        came_by=came_by,
        handled_at=None if event.kind in KINDS else now,
        outcome="" if event.kind in KINDS else IGNORED,
    )
