"""The worker: one process, or several at once, that sends what waits and runs what is due."""

from __future__ import annotations

import logging
import signal
import threading
import uuid
from datetime import datetime, timedelta

from django.db import DatabaseError, close_old_connections

from actions import registry
from actions.outbox.clock import database_now
from actions.outbox.dispatch import claim, deliver, sweep
from actions.outbox.models import WorkerBeat
from actions.outbox.periodic import run_due_jobs
from actions.outbox.transports import Transport, make_transport

log = logging.getLogger(__name__)

IDLE_SECONDS = 1.0
BEAT_EVERY = timedelta(seconds=10)
SWEEP_EVERY = timedelta(seconds=30)
TROUBLE_SECONDS = 5.0


class Worker:
    """Loops until told to stop; a stop waits for the mail in hand."""

    def __init__(self, *, transport: Transport | None = None) -> None:
        self.worker_id = uuid.uuid4()
        self.transport = transport or make_transport()
        self.stopping = threading.Event()
        self._beat_at = self._sweep_at = datetime.min.replace(tzinfo=database_now().tzinfo)

    def stop_on_signals(self) -> None:
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: self.stopping.set())

    def run(self) -> None:
        """Work until ``stopping`` is set; a database that is away is waited for."""
        while not self.stopping.is_set():
            try:
                busy = self.tick()
            except DatabaseError as error:
                log.error("database trouble: %s", type(error).__name__)
                close_old_connections()
                self.stopping.wait(TROUBLE_SECONDS)
                continue
            if not busy:
                self.transport.close()
                self.stopping.wait(IDLE_SECONDS)
        self.transport.close()

    def tick(self) -> bool:
        """Do one round: at most one mail of each queue; returns whether there was any work."""
        now = database_now()
        self._housekeeping(now)
        return any([self._send_one(queue) for queue in registry.queues()])  # noqa: C419 - every queue gets its turn

    def drain(self) -> int:
        """Send everything that is due now and return the number of mails tried: for tests and ``--once``."""
        self._housekeeping(database_now())
        return sum(1 for queue in registry.queues() for _ in iter(lambda queue=queue: self._send_one(queue), False))

    def _housekeeping(self, now: datetime) -> None:
        if now - self._beat_at >= BEAT_EVERY:
            WorkerBeat.objects.update_or_create(worker_id=self.worker_id, defaults={"seen_at": now})
            self._beat_at = now
            run_due_jobs(now)
        if now - self._sweep_at >= SWEEP_EVERY:
            for queue in registry.queues():
                sweep(queue, now)
            self._sweep_at = now

    def _send_one(self, queue: registry.Queue) -> bool:  # type: ignore[name-defined]
        row = claim(queue, database_now())
        if row is None:
            return False
        deliver(queue, row, self.transport)
        return True
