"""Claiming, handing over and settling one mail at a time, the same on SQLite and PostgreSQL.

The rule that keeps letters from being lost or doubled: a row is claimed under a lease, the claim is committed, the
hand-over is committed just before the text is offered to the server, and only then is it offered. Home-made because
the task libraries for Django either retry blindly (a letter goes out twice) or leave a killed worker's task running
for ever.
"""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import InterfaceError, OperationalError, close_old_connections, connection, transaction
from django.db.models import F, QuerySet

from actions.outbox.clock import database_now
from actions.outbox.outcomes import PermanentFailure, TemporaryFailure, Transport, UncertainOutcome
from actions.outbox.pacing import behind_open_gates, count_pace, pass_gate, reopen_gate
from actions.outbox.queues import Hold, Queue, Refuse
from actions.outbox.return_path import with_return_path
from actions.outbox.states import DispatchState

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=120)
BACKOFF = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360)]
GIVE_UP_AFTER_ATTEMPTS = 34  # about seven days of trying; days of standing still (a stop switch) do not count
FREEZE_AFTER_ATTEMPTS = 5  # about eighty minutes, in which a fault of the site can be mended
DATABASE_WAITS = (0, 1, 2, 5, 10, 30)  # seconds
RELEASED: dict[str, Any] = {"claim_id": None, "lease_until": None, "handed_over_at": None}
DATABASE_AWAY = (OperationalError, InterfaceError)

Record = Callable[[], DispatchState]


class LostClaim(Exception):
    """Another worker took the row over because this one's lease had run out; nothing may be sent."""


def due(queue: Queue[Any], now: datetime) -> QuerySet[Any]:
    """Return the rows that may be claimed now, oldest first; a recipient whose pace gate is shut is passed over."""
    rows = queue.leavable().filter(state=DispatchState.QUEUED, next_attempt_at__lte=now)
    return behind_open_gates(rows, now).order_by("next_attempt_at", "pk")


def claim(queue: Queue[Any], now: datetime) -> Any | None:
    """Mark one due row ``sending`` and return it, or None. Safe with any number of workers."""
    if not due(queue, now).exists():  # a SELECT first, so that idle workers never take SQLite's write lock
        return None
    with transaction.atomic():
        row = _first_through_gate(queue, now)
        if row is None:
            return None
        row.state, row.claim_id, row.lease_until = DispatchState.SENDING, uuid.uuid4(), now + LEASE
        row.attempts += 1
        queue.model._default_manager.filter(pk=row.pk).update(
            state=row.state, claim_id=row.claim_id, lease_until=row.lease_until, attempts=row.attempts
        )
    return row


def _first_through_gate(queue: Queue[Any], now: datetime) -> Any | None:
    """Return the oldest due row whose gate this worker shuts; a gate lost to another worker stops nobody else."""
    rows = due(queue, now)
    if connection.features.has_select_for_update_skip_locked:
        rows = rows.select_for_update(skip_locked=True, of=("self",))
    lost: list[str] = []
    while (row := rows.exclude(pace_key__in=lost).first()) is not None:
        if pass_gate(queue, row, now, LEASE):
            return row
        lost.append(row.pace_key)
    return None


def deliver(queue: Queue[Any], row: Any, transport: Transport) -> DispatchState:
    """Send one claimed row and settle it; returns the state it ended in."""
    return insist(attempt(queue, row, transport))


def attempt(queue: Queue[Any], row: Any, transport: Transport) -> Record:
    """Try to send and return what is to be recorded. Never raises: one bad row must not stop the others."""
    try:
        message = with_return_path(queue.prepare(row), queue_name=queue.name, pk=row.pk)
        transport.send(message, hand_over=lambda: hand_over(queue, row))
    except LostClaim:
        return lambda: DispatchState.SENDING
    except Hold as hold:
        state = DispatchState.FAILED if isinstance(hold, Refuse) else DispatchState.HELD
        return partial(turn_away, queue, row, state, hold.reason)
    except TemporaryFailure as failure:
        return partial(put_back, queue, row, failure.code, failure.status)
    except PermanentFailure as failure:
        return partial(refused, queue, row, failure.code, failure.status)
    except UncertainOutcome:
        return partial(doubt, queue, row)
    except DATABASE_AWAY:  # only before the text is offered
        return partial(put_back, queue, row, 0)
    except Exception as error:  # noqa: BLE001 - see above
        log.error("%s %s not sent: %s", queue.name, row.pk, type(error).__name__)
        return partial(doubt, queue, row) if row.handed_over_at else partial(freeze, queue, row)
    return partial(settle, queue, row, DispatchState.SENT, last_code=250, last_status="")


def hand_over(queue: Queue[Any], row: Any) -> None:
    """Commit that the text is about to be offered; raise LostClaim when the row is no longer this worker's."""
    now = database_now()
    mine = queue.model._default_manager.filter(pk=row.pk, claim_id=row.claim_id, state=DispatchState.SENDING)
    with transaction.atomic():
        if mine.update(handed_over_at=now) != 1:
            raise LostClaim
        count_pace(queue, row, now)
    row.handed_over_at = now


def insist(record: Record) -> DispatchState:
    """Write the outcome, waiting for a database that is away: nobody but this worker knows what the server said."""
    for seconds in DATABASE_WAITS:
        try:
            return record()
        except DATABASE_AWAY as error:
            log.error("outcome not written yet: %s", type(error).__name__)
            close_old_connections()
            time.sleep(seconds)
    return record()


def settle(queue: Queue[Any], row: Any, state: DispatchState, **columns: Any) -> DispatchState:
    """Write the outcome if the row is still this claim's; a late answer of the server beats ``uncertain``."""
    now = database_now()
    with transaction.atomic():
        mine = queue.model._default_manager.filter(
            pk=row.pk, claim_id=row.claim_id, state__in=(DispatchState.SENDING, DispatchState.UNCERTAIN)
        )
        settled_at = None if state == DispatchState.QUEUED else now
        if mine.update(state=state, settled_at=settled_at, **columns) == 1:
            row.state = state
            follow_up(queue, row, state, now)
    return state


def follow_up(queue: Queue[Any], row: Any, state: DispatchState, now: datetime) -> None:
    """Let the room follow up. When that fails the outcome stands: a sent letter must not look unsent."""
    try:
        with transaction.atomic():
            queue.settled(row, state, now)
    except DATABASE_AWAY:
        raise
    except Exception as error:  # noqa: BLE001
        log.error("%s %s: follow-up of '%s' failed: %s", queue.name, row.pk, state, type(error).__name__)


def turn_away(queue: Queue[Any], row: Any, state: DispatchState, reason: str) -> DispatchState:
    """The room does not let the mail leave; it used up nobody's pace."""
    reopen_gate(row, database_now())
    return settle(queue, row, state, held_reason=reason, **RELEASED)


def refused(queue: Queue[Any], row: Any, code: int, status: str) -> DispatchState:
    """The server will not take it, now or later."""
    _release_gate(queue, row)
    return settle(queue, row, DispatchState.FAILED, last_code=code, last_status=status)


def _release_gate(queue: Queue[Any], row: Any) -> None:
    """A mail that was not handed over is not in hand any more; the pace keeps a dead server from being hammered."""
    if row.handed_over_at is None:
        count_pace(queue, row, database_now())


def freeze(queue: Queue[Any], row: Any) -> DispatchState:
    """An error that nobody foresaw, before the text was offered: it may be the site's and pass, else a person looks."""
    if row.attempts < FREEZE_AFTER_ATTEMPTS:
        return put_back(queue, row, 0)
    return turn_away(queue, row, DispatchState.HELD, "error")


def put_back(queue: Queue[Any], row: Any, code: int, status: str = "") -> DispatchState:
    """Wait and try again, or give up after GIVE_UP_AFTER_ATTEMPTS."""
    _release_gate(queue, row)
    said = {"last_code": code, "last_status": status}
    if row.attempts >= GIVE_UP_AFTER_ATTEMPTS:
        return settle(queue, row, DispatchState.FAILED, held_reason="gave-up", **said)
    wait = BACKOFF[min(row.attempts, len(BACKOFF)) - 1]
    later = database_now() + wait
    return settle(queue, row, DispatchState.QUEUED, next_attempt_at=later, **said, **RELEASED)


def doubt(queue: Queue[Any], row: Any) -> DispatchState:
    """Nobody knows whether it left: repeat it once when that is harmless, else show it to a person."""
    if queue.may_repeat(row) and row.repeats == 0:
        later = database_now() + BACKOFF[0]
        return settle(queue, row, DispatchState.QUEUED, repeats=F("repeats") + 1, next_attempt_at=later, **RELEASED)
    return settle(queue, row, DispatchState.UNCERTAIN)


def sweep(queue: Queue[Any], now: datetime) -> int:
    """Take over the rows of dead workers: back to the queue, or in doubt when the text had been offered."""
    stale = queue.model._default_manager.filter(state=DispatchState.SENDING, lease_until__lt=now)
    if not stale.exists():  # idle workers do not write
        return 0
    waiting = stale.filter(handed_over_at=None).update(state=DispatchState.QUEUED, next_attempt_at=now, **RELEASED)
    offered = list(stale.exclude(handed_over_at=None))
    for row in offered:
        doubt(queue, row)
    return waiting + len(offered)
