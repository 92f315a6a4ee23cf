"""The site as gunicorn serves it, in processes of its own on the test's database; some may be killed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import requests

from tests.chaos.workers import ROOT, database_url


class Web:
    """A master and two processes of eight threads each, behind one trusted proxy."""

    def __init__(self, log: Path, **variables: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.chaos.settings",
            "DATABASE_URL": database_url(),
            "EMAIL_URL": "smtp://127.0.0.1:1",
            "TRUSTED_PROXY_HOPS": "1",
            **variables,
        }
        command = [sys.executable, "-m", "gunicorn", "--workers=2", "--threads=8", f"--bind=127.0.0.1:{port}"]
        with log.open("w") as output:
            self.process = subprocess.Popen(
                [*command, "achk_site.wsgi"],
                cwd=ROOT,
                env=environment,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def is_up(self) -> bool:
        try:
            return requests.get(f"{self.address}/healthz", timeout=5).ok
        except requests.RequestException:
            return False

    def kill_one(self) -> bool:
        """End the older of the two processes as a power cut does; the master starts another one."""
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        with suppress(ProcessLookupError):
            os.kill(int(children[0]), signal.SIGKILL)
            return True
        return False


@contextmanager
def web_server(log: Path, **variables: str) -> Iterator[Web]:
    """Serve the site; what it writes goes to the file ``log``."""
    web = Web(log, **variables)
    try:
        yield web
    finally:
        web.process.terminate()
        web.process.wait(20)
