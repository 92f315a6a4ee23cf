"""Through a real gunicorn: who fetches a file learns that it broke off, and who leaves gives the place back."""

from __future__ import annotations

import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from actions.exports.leaving import AT_ONCE

ROOT = Path(__file__).resolve().parents[3]
APP = "tests.actions.exports.breaking_app"


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """One process with four threads, as docs/deployment.md has it."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        number = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", APP, "--threads", "4", "--no-control-socket"]
    command += ["--bind", f"127.0.0.1:{number}"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            with suppress(OSError), closing(socket.create_connection(("127.0.0.1", number), 1)):
                break
            time.sleep(0.05)
        yield number
    finally:
        process.terminate()
        process.wait(20)


def fetch(port: int, path: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path)
    return connection.getresponse()


def test_a_whole_file_arrives_whole(port):
    assert len(fetch(port, "/whole").read()) == 8192


def test_an_error_in_the_middle_breaks_the_connection_off(port):
    with pytest.raises(http.client.IncompleteRead) as broken:
        fetch(port, "/fails").read()
    assert len(broken.value.partial) == 8192


def test_who_breaks_off_gives_the_place_back(port):
    open_ones = [fetch(port, "/endless") for _ in range(AT_ONCE)]
    assert [one.status for one in open_ones] == [200] * AT_ONCE
    assert fetch(port, "/whole").status == 503
    for one in open_ones:
        one.read(1)
        one.close()
    deadline = time.monotonic() + 20
    while fetch(port, "/whole").status != 200:
        assert time.monotonic() < deadline
        time.sleep(0.1)
