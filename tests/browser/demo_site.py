"""The demo as somebody starts it again: ``manage.py demo`` in processes of its own, on a database loaded before."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from achk_site.demo.stand_in import DEMO_KEY
from tests.databases import ROOT, copy_loaded_demo
from tests.stubs.stripe_server import TOKEN, StripeStandIn

START_SECONDS = 240


@dataclass
class DemoSite:
    url: str
    folder: Path
    stripe: StripeStandIn

    def mails_to(self, address: str, *, count: int = 1, seconds: float = 20) -> list[EmailMessage]:
        """Wait until the worker has written ``count`` mails to the address; oldest first."""
        deadline = time.monotonic() + seconds
        while True:
            found = [mail for mail in self._mails() if mail["To"].rpartition("<")[2].rstrip(">") == address]
            if len(found) >= count or time.monotonic() > deadline:
                return found
            time.sleep(0.2)

    def _mails(self) -> list[EmailMessage]:
        files = sorted(self.folder.glob("*.eml"), key=lambda file: file.stat().st_mtime)
        return [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]


@contextmanager
def running_demo(folder: Path) -> Iterator[DemoSite]:
    """Start the demo on a free port and stop it with all its processes."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    database = folder / "demo.sqlite3"
    copy_loaded_demo(database)
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PYTEST")},
        "DJANGO_SETTINGS_MODULE": "achk_site.settings.dev",
        "DATABASE_URL": f"sqlite:///{database}",
        "OUTBOX_FOLDER": str(folder / "mail"),
        "PORT": str(port),
        "PYTHONUNBUFFERED": "1",
        "STANDIN_CONTROL_TOKEN": TOKEN,
    }
    log = folder / "demo.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "demo"], cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        wait_until_ready(process, log)
        stripe = StripeStandIn(re.findall(r"^Stripe:  (http://\S+?)/ ", log.read_text(), re.MULTILINE)[0], DEMO_KEY)
        yield DemoSite(f"http://127.0.0.1:{port}", folder / "mail", stripe)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def wait_until_ready(process: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while "Ready: " not in log.read_text():
        if process.poll() is not None or time.monotonic() > deadline:
            raise AssertionError(f"The demo did not start:\n{log.read_text()[-3000:]}")
        time.sleep(0.2)
