"""Sends requests over a few kept connections, each as soon as the last one is answered, and notes what came back."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from tests.bench.petitions.connection import Connection

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Request:
    """``about`` is whose request it is, for whoever counts afterwards."""

    path: str
    body: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    about: str = ""

    @cached_property
    def wire(self) -> bytes:
        """The bytes that are sent."""
        fields, body = {"Host": "127.0.0.1", **self.headers}, b""
        if self.body is not None:
            body = self.body.encode()
            fields = {"Content-Type": FORM, **fields, "Content-Length": str(len(body))}
        head = f"{'GET' if self.body is None else 'POST'} {self.path} HTTP/1.1\r\n"
        return (head + "".join(f"{name}: {value}\r\n" for name, value in fields.items())).encode() + b"\r\n" + body


@dataclass(frozen=True)
class Answer:
    """``status`` is 0 where the connection broke before an answer."""

    request: Request
    status: int
    seconds: float
    body: bytes = b""


def read_requests(path: Path) -> list[Request]:
    return [Request(**one) for one in json.loads(path.read_text())]


def send(connection: Connection, request: Request) -> Answer:
    began = time.perf_counter()
    try:
        status, body = connection.exchange(request.wire)
    except OSError:
        connection.close()
        status, body = 0, b""
    return Answer(request, status, time.perf_counter() - began, body)


def send_all(
    port: int, requests: Sequence[Request], *, connections: int, answers: list[Answer] | None = None
) -> list[Answer]:
    """Send each once and return the answers in the order in which they came; ``answers`` may be watched meanwhile."""
    waiting, lock = iter(requests), threading.Lock()
    answers = [] if answers is None else answers

    def run() -> None:
        connection = Connection(port)
        for request in _shared(waiting, lock):
            answers.append(send(connection, request))
        connection.close()

    threads = [threading.Thread(target=run) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def _shared(waiting: Iterator[Request], lock: threading.Lock) -> Iterator[Request]:
    while True:
        with lock:
            request = next(waiting, None)
        if request is None:
            return
        yield request


def ask(port: int, path: str, headers: dict[str, str] | None = None) -> Answer:
    """Send one GET over a connection of its own."""
    connection = Connection(port)
    answer = send(connection, Request(path, headers=headers or {}))
    connection.close()
    return answer
