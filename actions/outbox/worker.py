"""The worker: one process, or several at once, that sends what waits and runs what is due."""

from __future__ import annotations

import logging
import signal
import time
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import close_old_connections

from actions import registry
from actions.outbox.clock import database_now
from actions.outbox.dispatch import deliver, sweep, take
from actions.outbox.line import next_in_line
from actions.outbox.models import WorkerBeat
from actions.outbox.outcomes import Transport
from actions.outbox.periodic import run_chores, run_due_jobs
from actions.outbox.queues import Queue
from actions.outbox.transports import make_transport

log = logging.getLogger(__name__)

IDLE_SECONDS = 1.0
TURN_SECONDS = 0.5  # then the switches, the line and what the mails are made of are read again
TROUBLE_SECONDS = 5.0
BEAT_EVERY = timedelta(seconds=10)
SWEEP_EVERY = timedelta(seconds=30)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


class Worker:
    """Loops until told to stop; a stop waits for the mail in hand, at most its 90 seconds."""

    def __init__(self, *, transport: Transport | None = None) -> None:
        self.worker_id = uuid.uuid4()
        self.transport = transport or make_transport()
        # A plain flag: setting a threading.Event in a signal handler can block on the lock of the wait it interrupts.
        self.is_stopping = False
        self._beat_at = self._sweep_at = LONG_AGO

    def stop(self, *_signal: Any) -> None:
        self.is_stopping = True

    def stop_on_signals(self) -> None:
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, self.stop)

    def run(self) -> None:
        """Work until told to stop. A database that is away is waited for, and no error ends the loop."""
        while not self.is_stopping:
            try:
                busy = self.tick()
            except Exception as error:  # noqa: BLE001 - letters must not wait for somebody to restart the worker
                log.error("trouble: %s", type(error).__name__)
                close_old_connections()
                self._rest(TROUBLE_SECONDS)
                continue
            if not busy:
                self.transport.close()
                self._rest(IDLE_SECONDS)
        self.transport.close()

    def tick(self) -> bool:
        """Do one round: the chores, then a few mails of each queue, one by one; returns whether there was any work."""
        self._housekeeping(database_now())
        was_busy = run_chores(database_now())
        return sum(self._send_some(queue) for queue in registry.queues()) > 0 or was_busy

    def drain(self) -> int:
        """Send everything that is due now and return the number of mails tried: for tests and ``--once``."""
        self._housekeeping(database_now())
        while run_chores(database_now()):
            pass
        tried = 0
        for queue in registry.queues():
            while (sent := self._send_some(queue)) > 0:
                tried += sent
        self.transport.close()
        return tried

    def _housekeeping(self, now: datetime) -> None:
        if now - self._beat_at >= BEAT_EVERY:
            WorkerBeat.objects.update_or_create(worker_id=self.worker_id, defaults={"seen_at": now})
            self._beat_at = now
            run_due_jobs(now)
        if now - self._sweep_at >= SWEEP_EVERY:
            for queue in registry.queues():
                sweep(queue, now)
            self._sweep_at = now

    def _send_some(self, queue: Queue[Any]) -> int:
        """Send what is next in line, one by one, for TURN_SECONDS, at least one; returns how many were tried."""
        until, tried = time.monotonic() + TURN_SECONDS, 0
        for row in next_in_line(queue, database_now()):
            if self.is_stopping:
                break
            if take(queue, row, database_now()):
                deliver(queue, row, self.transport)
                tried += 1
            if time.monotonic() >= until:
                break
        return tried

    def _rest(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while not self.is_stopping and time.monotonic() < until:
            time.sleep(min(0.2, seconds))
