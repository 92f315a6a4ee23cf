"""Who is next: what may leave now, and the few mails that one worker reads and tries to claim in one go."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from actions.outbox.pacing import behind_open_gates
from actions.outbox.queues import Queue
from actions.outbox.states import DispatchState

LOOKS_AT = 400  # rows by number only
READS = 50  # rows with their texts


def due(queue: Queue[Any], now: datetime) -> QuerySet[Any]:
    """Return the rows that may be claimed now, oldest first; a recipient whose pace gate is shut is passed over."""
    rows = queue.leavable().filter(state=DispatchState.QUEUED, next_attempt_at__lte=now)
    return behind_open_gates(rows, now).order_by("next_attempt_at", "pk")


def next_in_line(queue: Queue[Any], now: datetime) -> list[Any]:
    """Read what one worker may try to claim, in the order in which to try; nothing is marked by this.

    One recipient's mails leave one by one, so only the oldest of each is read. Where more waits than one worker reads,
    each worker begins somewhere else, so that they do not all reach for the same row.
    """
    line = _one_for_each_recipient(due(queue, now).values_list("pk", "pace_key")[:LOOKS_AT])
    if len(line) > READS:
        start = random.randrange(len(line))  # noqa: S311 - no secret
        line = (line[start:] + line[:start])[:READS]
    rows = queue.complete().in_bulk(line) if line else {}
    return [rows[pk] for pk in line if pk in rows]


def _one_for_each_recipient(rows: Iterable[tuple[int, str]]) -> list[int]:
    chosen: dict[str, int] = {}
    for pk, pace_key in rows:
        chosen.setdefault(pace_key or f"without pace {pk}", pk)
    return list(chosen.values())
