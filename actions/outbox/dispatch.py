"""Claiming, handing over and settling one mail at a time, the same on SQLite and PostgreSQL.

The rule that keeps letters from being lost or doubled: a row is claimed under a lease, the claim is committed, the
hand-over is committed just before the text is offered to the server, and only then is it offered. Home-made because
the task libraries for Django either retry blindly (a letter goes out twice) or leave a killed worker's task running
for ever.
"""

from __future__ import annotations

import logging
import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from actions.outbox.clock import database_now
from actions.outbox.models import Dispatch, PaceGate
from actions.outbox.queues import Hold, Queue, Refuse
from actions.outbox.states import DispatchState
from actions.outbox.transports import PermanentFailure, TemporaryFailure, Transport, UncertainOutcome

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=120)
BACKOFF = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360)]
GIVE_UP_AFTER = timedelta(days=7)
RELEASED: dict[str, Any] = {"claim_id": None, "lease_until": None, "handed_over_at": None}


class LostClaim(Exception):
    """Another worker took the row over because this one's lease had run out; nothing may be sent."""


def due(queue: Queue[Any], now: datetime) -> QuerySet[Any]:
    """Return the rows that may be claimed now, oldest first; a recipient whose pace gate is shut is passed over."""
    shut = PaceGate.objects.filter(free_at__gt=now).values("key")
    return (
        queue.leavable()
        .filter(state=DispatchState.QUEUED, next_attempt_at__lte=now)
        .filter(Q(pace_key="") | ~Q(pace_key__in=shut))
        .order_by("next_attempt_at", "pk")
    )


def claim(queue: Queue[Any], now: datetime) -> Any | None:
    """Mark one due row ``sending`` and return it, or None. Safe with any number of workers."""
    if not due(queue, now).exists():  # a SELECT first, so that idle workers never take SQLite's write lock
        return None
    with transaction.atomic():
        rows = due(queue, now)
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True, of=("self",))
        row = rows.first()
        if row is None or not pass_gate(queue, row, now):
            return None
        row.state, row.claim_id, row.lease_until = DispatchState.SENDING, uuid.uuid4(), now + LEASE
        row.attempts += 1
        queue.model._default_manager.filter(pk=row.pk).update(
            state=row.state, claim_id=row.claim_id, lease_until=row.lease_until, attempts=row.attempts
        )
    return row


def pass_gate(queue: Queue[Any], row: Dispatch, now: datetime) -> bool:
    """Shut the recipient's gate for the length of its pace; False when another worker was first."""
    seconds = queue.pace_seconds(row) if row.pace_key else 0
    if not seconds:
        return True
    PaceGate.objects.get_or_create(key=row.pace_key, defaults={"free_at": now})
    opened = PaceGate.objects.filter(key=row.pace_key, free_at__lte=now)
    return opened.update(free_at=now + timedelta(seconds=seconds)) == 1


def deliver(queue: Queue[Any], row: Any, transport: Transport) -> DispatchState:
    """Send one claimed row and settle it; returns the state it ended in.

    An error that nobody foresaw freezes this one row as held, and the queue goes on.
    """

    def hand_over() -> None:
        mine = queue.model._default_manager.filter(pk=row.pk, claim_id=row.claim_id, state=DispatchState.SENDING)
        row.handed_over_at = database_now()
        if mine.update(handed_over_at=row.handed_over_at) != 1:
            raise LostClaim

    try:
        message = queue.prepare(row)
        transport.send(message, hand_over=hand_over)
    except LostClaim:
        return DispatchState.SENDING
    except Refuse as refusal:
        return settle(queue, row, DispatchState.FAILED, held_reason=refusal.reason)
    except Hold as hold:
        return settle(queue, row, DispatchState.HELD, held_reason=hold.reason, **RELEASED)
    except TemporaryFailure as failure:
        return put_back(queue, row, failure.code)
    except PermanentFailure as failure:
        return settle(queue, row, DispatchState.FAILED, last_code=failure.code)
    except UncertainOutcome:
        return doubt(queue, row)
    except Exception as error:  # noqa: BLE001 - one bad row must not stop the others
        log.error("%s %s frozen: %s", queue.name, row.pk, type(error).__name__)
        return doubt(queue, row) if row.handed_over_at else settle(queue, row, DispatchState.HELD, held_reason="error")
    return settle(queue, row, DispatchState.SENT, last_code=250)


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
            queue.settled(row, state, now)
    return state


def put_back(queue: Queue[Any], row: Any, code: int) -> DispatchState:
    """Wait and try again, or give up after GIVE_UP_AFTER."""
    now = database_now()
    if now - row.created_at > GIVE_UP_AFTER:
        return settle(queue, row, DispatchState.FAILED, last_code=code, held_reason="gave-up")
    wait = BACKOFF[min(row.attempts, len(BACKOFF)) - 1]
    return settle(queue, row, DispatchState.QUEUED, next_attempt_at=now + wait, last_code=code, **RELEASED)


def doubt(queue: Queue[Any], row: Any) -> DispatchState:
    """Nobody knows whether it left: repeat it once when that is harmless, else show it to a person."""
    if queue.may_repeat(row) and row.repeats == 0:
        later = database_now() + BACKOFF[0]
        return settle(queue, row, DispatchState.QUEUED, repeats=F("repeats") + 1, next_attempt_at=later, **RELEASED)
    return settle(queue, row, DispatchState.UNCERTAIN)


def sweep(queue: Queue[Any], now: datetime) -> int:
    """Take over the rows of dead workers: back to the queue, or in doubt when the text had been offered."""
    stale = queue.model._default_manager.filter(state=DispatchState.SENDING, lease_until__lt=now)
    waiting = stale.filter(handed_over_at=None).update(state=DispatchState.QUEUED, next_attempt_at=now, **RELEASED)
    offered = list(stale.exclude(handed_over_at=None))
    for row in offered:
        doubt(queue, row)
    return waiting + len(offered)
