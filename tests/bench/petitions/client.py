"""Sends requests over a few kept connections, each as soon as the last one is answered, and notes what came back."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Request:
    """``about`` is whose request it is, for whoever counts afterwards."""

    path: str
    body: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    about: str = ""


@dataclass(frozen=True)
class Answer:
    """``status`` is 0 where the connection broke before an answer."""

    request: Request
    status: int
    seconds: float
    body: bytes = b""


def read_requests(path: Path) -> list[Request]:
    return [Request(**one) for one in json.loads(path.read_text())]


def send(connection: http.client.HTTPConnection, request: Request) -> Answer:
    began, headers = time.perf_counter(), dict(request.headers)
    if request.body is not None:
        headers.setdefault("Content-Type", FORM)
    try:
        connection.request("GET" if request.body is None else "POST", request.path, request.body, headers)
        response = connection.getresponse()
        body = response.read()
    except (OSError, http.client.HTTPException):
        connection.close()
        return Answer(request, 0, time.perf_counter() - began)
    return Answer(request, response.status, time.perf_counter() - began, body)


def send_all(
    port: int, requests: Sequence[Request], *, connections: int, answers: list[Answer] | None = None
) -> list[Answer]:
    """Send each once and return the answers in the order in which they came; ``answers`` may be watched meanwhile."""
    waiting, lock = iter(requests), threading.Lock()
    answers = [] if answers is None else answers

    def run() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
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
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    answer = send(connection, Request(path, headers=headers or {}))
    connection.close()
    return answer
