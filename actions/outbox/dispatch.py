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
from contextlib import nullcontext
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import InterfaceError, OperationalError, close_old_connections, transaction

from actions.outbox.changing import change
from actions.outbox.clock import database_now
from actions.outbox.outcomes import PermanentFailure, TemporaryFailure, Transport, UncertainOutcome
from actions.outbox.pacing import count_pace, pass_gate, reopen_gate
from actions.outbox.queues import Hold, NotNow, Queue, Refuse
from actions.outbox.return_path import turn_of, with_return_path
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


def take(queue: Queue[Any], row: Any, now: datetime) -> bool:
    """Mark a row of the line ``sending``; False when it has changed since it was read, or its recipient's gate is shut.

    Lost in a power cut the claim is no loss: nothing is offered before the hand-over is on the disk.
    """
    if not row.pace_key:
        return _mark(row, now)
    with transaction.atomic():
        if not pass_gate(queue, row, now, LEASE):
            return False
        if not _mark(row, now):
            transaction.set_rollback(True)  # the gate stays as it was
            return False
    return True


def _mark(row: Any, now: datetime) -> bool:
    as_read = {"state": DispatchState.QUEUED, "attempts": row.attempts, "next_attempt_at": row.next_attempt_at}
    claimed = {
        "state": DispatchState.SENDING,
        "claim_id": uuid.uuid4(),
        "lease_until": now + LEASE,
        "attempts": row.attempts + 1,
    }
    if not change(row, claimed, only_if=as_read, must_last=False):
        return False
    vars(row).update(claimed)
    return True


def deliver(queue: Queue[Any], row: Any, transport: Transport) -> DispatchState:
    """Send one claimed row and settle it; returns the state it ended in."""
    return insist(attempt(queue, row, transport))


def attempt(queue: Queue[Any], row: Any, transport: Transport) -> Record:
    """Try to send and return what is to be recorded. Never raises: one bad row must not stop the others."""
    try:
        message = with_return_path(queue.prepare(row), queue_name=queue.name, pk=row.pk, turn=turn_of(row))
        transport.send(message, hand_over=lambda: hand_over(queue, row))
    except LostClaim:
        return lambda: DispatchState.SENDING
    except NotNow:
        return partial(turn_back, queue, row)
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
    mine = {"claim_id": row.claim_id, "state": DispatchState.SENDING}
    with transaction.atomic() if row.pace_key else nullcontext():
        if not change(row, {"handed_over_at": now}, only_if=mine, must_last=True):
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
    """Write the outcome if the row is still this claim's; a late answer of the server beats ``uncertain``.

    Lost in a power cut it leaves the mail in doubt, as a worker does that dies just before it.
    """
    now = database_now()
    if not queue.follows_up(row, state):
        _write_outcome(row, state, now, columns)
        return state
    with transaction.atomic():
        if _write_outcome(row, state, now, columns):
            follow_up(queue, row, state, now)
    return state


def _write_outcome(row: Any, state: DispatchState, now: datetime, columns: dict[str, Any]) -> bool:
    mine = {"claim_id": row.claim_id, "state": (DispatchState.SENDING, DispatchState.UNCERTAIN)}
    outcome = {"state": state, "settled_at": None if state == DispatchState.QUEUED else now, **columns}
    if not change(row, outcome, only_if=mine, must_last=False):
        return False
    row.state = state
    return True


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


def turn_back(queue: Queue[Any], row: Any) -> DispatchState:
    """The mail was never offered and does not count as tried."""
    reopen_gate(row, database_now())
    return settle(queue, row, DispatchState.QUEUED, attempts=row.attempts - 1, **RELEASED)


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
    now = database_now()
    later = queue.in_time(row, now + wait, now)
    return settle(queue, row, DispatchState.QUEUED, next_attempt_at=later, **said, **RELEASED)


def doubt(queue: Queue[Any], row: Any) -> DispatchState:
    """Nobody knows whether it left: repeat it once when that is harmless, else show it to a person."""
    if queue.may_repeat(row) and row.repeats == 0:
        later = database_now() + BACKOFF[0]
        return settle(queue, row, DispatchState.QUEUED, repeats=row.repeats + 1, next_attempt_at=later, **RELEASED)
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
