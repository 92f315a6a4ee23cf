"""The pace per recipient: an MP's office gets its letters one by one, whatever the number of workers."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from actions.outbox.models import PaceGate
from actions.outbox.queues import Queue


def behind_open_gates(rows: QuerySet[Any], now: datetime) -> QuerySet[Any]:
    """Return the rows whose recipient may be written to now."""
    shut = PaceGate.objects.filter(free_at__gt=now).values("key")
    return rows.filter(Q(pace_key="") | ~Q(pace_key__in=shut))


def pass_gate(queue: Queue[Any], row: Any, now: datetime) -> bool:
    """Shut the recipient's gate for the length of its pace; False when another worker was first."""
    seconds = queue.pace_seconds(row) if row.pace_key else 0
    if not seconds:
        return True
    PaceGate.objects.get_or_create(key=row.pace_key, defaults={"free_at": now})
    opened = PaceGate.objects.filter(key=row.pace_key, free_at__lte=now)
    return opened.update(free_at=now + timedelta(seconds=seconds)) == 1


def reopen_gate(row: Any, now: datetime) -> None:
    """The mail behind the gate was never offered, so the next one need not wait for it."""
    if row.pace_key:
        PaceGate.objects.filter(key=row.pace_key, free_at__gt=now).update(free_at=now)
