"""The demo's processes live and die together."""

import os
import signal
import socket
import sys
import threading
import time

import pytest

from achk_site.demo.supervise import ChildEnded, Children, Stopped, is_port_free

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]
STUBBORN = [sys.executable, "-c", "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"]


def is_running(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def pids(children):
    return [process.pid for process in children._running.values()]


def test_a_taken_port_is_noticed():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert not is_port_free(taken.getsockname()[1])
    assert is_port_free(unused_port())


def unused_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_one_that_ends_stops_the_others():
    with Children() as children:
        children.start("web server", SLEEPER, environment=dict(os.environ))
        children.start("worker", [sys.executable, "-c", "raise SystemExit(3)"], environment=dict(os.environ))
        started = pids(children)
        with pytest.raises(ChildEnded, match="worker ended with code 3"):
            children.watch(every=0.05)
    assert not any(map(is_running, started))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_all_of_them(number):
    before = signal.getsignal(number)
    with Children() as children:
        children.start("web server", SLEEPER, environment=dict(os.environ))
        started = pids(children)
        threading.Timer(0.2, os.kill, (os.getpid(), number)).start()
        with pytest.raises(Stopped):
            children.watch(every=0.05)
    assert not any(map(is_running, started))
    assert signal.getsignal(number) == before


def test_one_that_does_not_listen_is_killed(monkeypatch):
    monkeypatch.setattr("achk_site.demo.supervise.PATIENCE_SECONDS", 0.3)
    with Children() as children:
        children.start("stubborn", STUBBORN, environment=dict(os.environ))
        started = pids(children)
        time.sleep(0.3)
    assert not any(map(is_running, started))


def test_waiting_for_an_answer_ends_when_it_comes():
    port = unused_port()
    with Children() as children:
        server = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1"]
        children.start("web server", server, environment=dict(os.environ))
        children.wait_for_answer(f"http://127.0.0.1:{port}/", seconds=20)


def test_waiting_for_an_answer_ends_when_it_never_comes():
    with Children() as children:
        children.start("web server", SLEEPER, environment=dict(os.environ))
        with pytest.raises(TimeoutError):
            children.wait_for_answer(f"http://127.0.0.1:{unused_port()}/", seconds=0.3)
