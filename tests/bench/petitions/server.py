"""gunicorn as docs/deployment.md starts it, for us and for the peer alike, on a free port of this machine."""

from __future__ import annotations

import os
import signal
import socket
import sys
import time
from contextlib import suppress
from pathlib import Path

from tests.bench.petitions.client import ask
from tests.bench.processes import TICKS, Child

WORKERS, THREADS = 2, 4
STARTED_WITHIN = 60.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server(Child):
    """A web server whose ``ready`` path answers with 200."""

    def __init__(self, wsgi: str, *, env: dict[str, str], ready: str, python: str | Path = sys.executable) -> None:
        self.port = free_port()
        how = ("--workers", str(WORKERS), "--threads", str(THREADS), "--no-control-socket")
        super().__init__("gunicorn", wsgi, "--bind", f"127.0.0.1:{self.port}", *how, env=env, python=python)
        self._wait(ready)

    def _wait(self, path: str) -> None:
        give_up = time.monotonic() + STARTED_WITHIN
        while (status := ask(self.port, path).status) != 200:
            if time.monotonic() > give_up or self.process.poll() is not None:
                self.end()
                raise RuntimeError(f"{self.process.args} answers {path} with {status}")
            time.sleep(0.1)

    @property
    def workers(self) -> list[int]:
        pid = self.process.pid
        with suppress(OSError):
            return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
        return []

    def cpu_seconds(self) -> float:
        """Return the processor time of all its workers; 0 where the system does not tell."""
        used = 0.0
        for pid in self.workers:
            with suppress(OSError, IndexError):
                fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
                used += (int(fields[11]) + int(fields[12])) / TICKS
        return used

    def kill(self) -> None:
        """End master and workers at once, in the middle of whatever they do."""
        for pid in [self.process.pid, *self.workers]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()
