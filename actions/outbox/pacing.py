"""The pace per recipient: an MP's office gets its letters one by one, whatever the number of workers.

A recipient's gate is shut while one mail to them is in hand, and from the moment in which that mail is handed over for
the length of the pace. So two mails are never handed over closer together than that, however slow a worker was.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from actions.outbox.models import PaceGate
from actions.outbox.queues import Queue

AT_ONCE = timedelta(0)


def behind_open_gates(rows: QuerySet[Any], now: datetime) -> QuerySet[Any]:
    """Return the rows whose recipient may be written to now."""
    shut = PaceGate.objects.filter(free_at__gt=now).values("key")
    return rows.filter(Q(pace_key="") | ~Q(pace_key__in=shut))


def pass_gate(queue: Queue[Any], row: Any, now: datetime, in_hand: timedelta = AT_ONCE) -> bool:
    """Shut the recipient's gate for the pace, or ``in_hand`` when that is longer; False when another was first.

    ``in_hand`` is how long a worker may keep the mail before it hands it over or counts as dead.
    """
    pace = _pace(queue, row)
    if not pace:
        return True
    PaceGate.objects.get_or_create(key=row.pace_key, defaults={"free_at": now})
    opened = PaceGate.objects.filter(key=row.pace_key, free_at__lte=now)
    return opened.update(free_at=now + max(pace, in_hand)) == 1


def count_pace(queue: Queue[Any], row: Any, now: datetime) -> None:
    """Let the recipient's pace run from ``now``: the mail is handed over, or will not be this time."""
    pace = _pace(queue, row)
    if pace:
        PaceGate.objects.filter(key=row.pace_key).update(free_at=now + pace)


def reopen_gate(row: Any, now: datetime) -> None:
    """The mail behind the gate was never offered, so the next one need not wait for it."""
    if row.pace_key:
        PaceGate.objects.filter(key=row.pace_key, free_at__gt=now).update(free_at=now)


def _pace(queue: Queue[Any], row: Any) -> timedelta:
    return timedelta(seconds=queue.pace_seconds(row) if row.pace_key else 0)
