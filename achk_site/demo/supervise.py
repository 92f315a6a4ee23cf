"""Keeps the demo's processes together: when one ends, or the person presses Ctrl-C, all of them stop."""

from __future__ import annotations

import contextlib
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from types import FrameType

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PATIENCE_SECONDS = 12.0
STDERR = 2  # what the processes say must not come between our own last lines


class ChildEnded(Exception):
    """A process that should run for as long as the demo has ended; ``name`` and ``code`` say which and how."""

    def __init__(self, name: str, code: int) -> None:
        super().__init__(f"{name} ended with code {code}")
        self.name, self.code = name, code


class Stopped(Exception):
    """Somebody asked the demo to stop."""


class Children:
    """Starts processes and stops all of them on leaving the ``with`` block; signals raise Stopped meanwhile."""

    def __init__(self) -> None:
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._handlers: dict[signal.Signals, object] = {}

    def __enter__(self) -> Children:
        for number in STOP_SIGNALS:
            self._handlers[number] = signal.signal(number, self._stop)
        return self

    def __exit__(self, *_error: object) -> None:
        for number in STOP_SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        for process in self._running.values():
            process.terminate()
        deadline = time.monotonic() + PATIENCE_SECONDS
        for process in self._running.values():
            _wait_or_kill(process, deadline)
        for number, handler in self._handlers.items():
            signal.signal(number, handler)  # type: ignore[arg-type]

    def start(self, name: str, command: list[str], *, environment: dict[str, str]) -> None:
        """Start a process in a session of its own, so that a Ctrl-C reaches it through us only."""
        self._running[name] = subprocess.Popen(command, env=environment, stdout=STDERR, start_new_session=True)  # noqa: S603

    def check(self) -> None:
        """Raise ChildEnded when a process has ended."""
        for name, process in self._running.items():
            code = process.poll()
            if code is not None:
                raise ChildEnded(name, code)

    def watch(self, *, every: float = 0.5) -> None:
        """Return never: ends with ChildEnded or Stopped."""
        while True:
            self.check()
            time.sleep(every)

    def wait_for_answer(self, url: str, *, seconds: float = 60.0) -> None:
        """Return when the address answers; raise TimeoutError when it does not in time."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            self.check()
            if _answers(url):
                return
            time.sleep(0.1)
        raise TimeoutError(url)

    @staticmethod
    def _stop(_number: int, _frame: FrameType | None) -> None:
        raise Stopped


def is_port_free(port: int) -> bool:
    with contextlib.closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:  # noqa: S310 - our own address
            return bool(answer.status < 400)
    except (urllib.error.URLError, OSError):
        return False


def _wait_or_kill(process: subprocess.Popen[bytes], deadline: float) -> None:
    try:
        process.wait(timeout=max(0.1, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
