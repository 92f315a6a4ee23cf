"""Real worker processes on the test's own database, to be killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from django.db import connection

ROOT = Path(__file__).resolve().parents[2]


def database_url() -> str:
    """Return the address of the database that this test uses."""
    parts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{parts['NAME']}"
    password = f":{quote(parts['PASSWORD'])}" if parts["PASSWORD"] else ""
    return f"postgres://{parts['USER']}{password}@{parts['HOST']}:{parts['PORT'] or 5432}/{parts['NAME']}"


class WorkerProcess:
    """``manage.py worker`` in a process group of its own."""

    def __init__(self, *, mail_port: int, unprotected: str = "", **variables: str) -> None:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.chaos.settings",
            "DATABASE_URL": database_url(),
            "EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
            "PYTHONPATH": str(ROOT),
            "CHAOS_WITHOUT_PROTECTION": unprotected,
            **variables,
        }
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "worker", "--skip-checks"],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def kill(self) -> None:
        """End it as a power cut does."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)

    def stop(self, *, seconds: float = 15) -> int:
        """Ask it to end and return its exit code."""
        self.process.terminate()
        return self.process.wait(seconds)

    @property
    def is_running(self) -> bool:
        return self.process.poll() is None

    def output(self) -> str:
        """What it wrote; only once it has ended."""
        return self.process.stdout.read().decode()


class Crew:
    """The workers of one test; what still runs at its end is killed."""

    def __init__(self, mail_port: int) -> None:
        self.mail_port = mail_port
        self.everyone: list[WorkerProcess] = []
        self.environment: dict[str, str] = {}  # what each worker hired from now on gets besides

    def hire(self, *, unprotected: str = "") -> WorkerProcess:
        worker = WorkerProcess(mail_port=self.mail_port, unprotected=unprotected, **self.environment)
        self.everyone.append(worker)
        return worker


@contextmanager
def crew(mail_port: int) -> Iterator[Crew]:
    workers = Crew(mail_port)
    try:
        yield workers
    finally:
        for worker in workers.everyone:
            if worker.is_running:
                worker.kill()
            worker.process.stdout.close()


def wait_until(is_so: Callable[[], bool], *, seconds: float = 20) -> None:
    """Wait for it; raise AssertionError when it does not come."""
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.05)
