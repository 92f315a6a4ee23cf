"""A mail counts as delivered when a server took it and nothing came back for two days; WriteToThem waits as long."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from actions import registry
from actions.outbox.queues import Queue
from actions.outbox.states import DispatchState

BOUNCE_WAIT = timedelta(hours=48)
BATCH = 500


def count_as_delivered(now: datetime) -> None:
    """Turn ``sent`` into ``delivered`` where the wait is over; ``settled_at`` stays the time at which it was taken."""
    for queue in registry.queues():
        while pks := list(_ripe(queue, now).values_list("pk", flat=True)[:BATCH]):
            _count(queue, pks, now)


def _ripe(queue: Queue[Any], now: datetime) -> QuerySet[Any]:
    rows = queue.model._default_manager.filter(state=DispatchState.SENT, next_attempt_at__lte=now)
    return rows.filter(settled_at__lte=now - BOUNCE_WAIT)


def _count(queue: Queue[Any], pks: list[int], now: datetime) -> None:
    rows = queue.model._default_manager.filter(pk__in=pks)
    with transaction.atomic():
        # One that came back in this moment is no longer "sent" and is left alone.
        rows.filter(state=DispatchState.SENT).update(state=DispatchState.DELIVERED)
        queue.arrived(rows.filter(state=DispatchState.DELIVERED), now)
