"""What becomes of a mail that was taken and then came back, was delayed, or is reported as delivered.

One service for all sources (a mailbox, a provider's webhooks, a mail server's pipe). It may hear the same thing any
number of times and in any order.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db import transaction

from actions import registry
from actions.outbox.clock import database_now
from actions.outbox.dispatch import RELEASED, follow_up
from actions.outbox.queues import Queue
from actions.outbox.return_path import read_token, turn_of
from actions.outbox.states import BOUNCED, COMPLAINED, LEFT_STATES, DispatchState

# After a mail came back for now: growing to a day, about seven days in all.
SOFT_WAITS = [timedelta(hours=hours) for hours in (2, 4, 8, 16, 24, 24, 24, 24, 24, 24)]
# A server that returns a mail after days has done our waiting for us.
SERVER_TRIED_FOR = timedelta(days=3)
# How long servers keep trying, so how long after "delayed" a mail may still come back: RFC 5321, 4.5.4.1.
SERVERS_TRY_FOR = timedelta(days=5)


class BounceKind(StrEnum):
    """What a report says about one mail."""

    HARD = "hard"
    SOFT = "soft"
    DELAYED = "delayed"
    DELIVERED = "delivered"
    COMPLAINT = "complaint"


def record_bounce(
    *,
    token: str = "",
    message_id: str = "",
    kind: BounceKind,
    status: str = "",
    code: int = 0,
    now: datetime | None = None,
) -> bool:
    """Act on one report, found by the return path's token or else by our Message-ID; True when it changed anything.

    ``status`` is an enhanced status code such as 5.1.1, ``code`` a reply code. What we never sent, what has ended and
    what was recorded before changes nothing.
    """
    found = _find(token, message_id)
    if found is None:
        return False
    queue, pk, turn = found
    now = now or database_now()
    with transaction.atomic():
        row = queue.model._default_manager.select_for_update().filter(pk=pk).first()
        if row is None or not _is_about(row, turn, kind):
            return False
        if kind in (BounceKind.DELAYED, BounceKind.DELIVERED):
            return _was_taken(queue, row, kind, now)
        if not _can_have_come_back(row, kind):
            return False
        if kind == BounceKind.SOFT and _is_worth_waiting(queue, row, now):
            _send_later(queue, row, now, last_status=status, last_code=code)
        else:
            reason = COMPLAINED if kind == BounceKind.COMPLAINT else BOUNCED
            _fail(queue, row, now, held_reason=reason, last_status=status, last_code=code)
    return True


def _find(token: str, message_id: str) -> tuple[Queue[Any], int, int] | None:
    """Return queue, number and turn; a Message-ID is the same in every turn, so it only speaks for the first."""
    queues = {queue.name: queue for queue in registry.queues()}
    named = read_token(token, queue_names=queues)
    if named is not None:
        return queues[named.queue_name], named.pk, named.turn
    for queue in queues.values() if message_id else ():
        pk = queue.model._default_manager.filter(message_id=message_id).values_list("pk", flat=True).first()
        if pk is not None:
            return queue, pk, 0
    return None


def _is_about(row: Any, turn: int, kind: BounceKind) -> bool:
    """Return whether the report is about the row's present turn, or the last one of a row that waits for its next."""
    present = turn_of(row)
    is_waiting = row.state == DispatchState.QUEUED and kind in (BounceKind.HARD, BounceKind.COMPLAINT)
    return turn == present or (is_waiting and turn == present - 1)


def _was_offered(row: Any) -> bool:
    """A provider may report before its answer to us was written down."""
    return row.state == DispatchState.SENDING and row.handed_over_at is not None


def _can_have_come_back(row: Any, kind: BounceKind) -> bool:
    if row.state in (*LEFT_STATES, DispatchState.UNCERTAIN) or _was_offered(row):
        return True
    # It waits to be sent once more; the first one may still come back for good.
    has_left_before = row.soft_bounces > 0 or row.repeats > 0
    return row.state == DispatchState.QUEUED and has_left_before and kind != BounceKind.SOFT


def _is_worth_waiting(queue: Queue[Any], row: Any, now: datetime) -> bool:
    has_been_tried = row.settled_at is not None and now - row.settled_at >= SERVER_TRIED_FOR
    return row.soft_bounces < len(SOFT_WAITS) and not has_been_tried and queue.may_send_again(row)


def _send_later(queue: Queue[Any], row: Any, now: datetime, **said: Any) -> None:
    later = queue.in_time(row, now + SOFT_WAITS[row.soft_bounces], now)
    left_at = row.handed_over_at
    soft = {"soft_bounces": row.soft_bounces + 1, "next_attempt_at": later, "settled_at": None, "held_reason": ""}
    _write(row, state=DispatchState.QUEUED, **soft, **said, **RELEASED)
    queue.bounced(row, is_for_good=False, left_at=left_at, now=now)


def _fail(queue: Queue[Any], row: Any, now: datetime, **said: Any) -> None:
    _write(row, state=DispatchState.FAILED, settled_at=now, **said)
    queue.bounced(row, is_for_good=True, left_at=row.handed_over_at, now=now)
    follow_up(queue, row, DispatchState.FAILED, now)


def _was_taken(queue: Queue[Any], row: Any, kind: BounceKind, now: datetime) -> bool:
    """Somebody has the mail: a doubtful one has left, and a delayed one is not counted as delivered for days."""
    if row.state not in (DispatchState.SENT, DispatchState.UNCERTAIN) and not _was_offered(row):
        return False
    wait_until = now + SERVERS_TRY_FOR if kind == BounceKind.DELAYED else now
    if row.state == DispatchState.SENT:
        if row.next_attempt_at == wait_until or (kind == BounceKind.DELIVERED and row.next_attempt_at <= now):
            return False
        _write(row, next_attempt_at=wait_until)
        return True
    _write(row, state=DispatchState.SENT, settled_at=now, held_reason="", next_attempt_at=wait_until)
    follow_up(queue, row, DispatchState.SENT, now)
    return True


def _write(row: Any, **columns: Any) -> None:
    for name, value in columns.items():
        setattr(row, name, value)
    type(row)._default_manager.filter(pk=row.pk).update(**columns)
