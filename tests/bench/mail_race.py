"""One heat of sending: from the mail that ends the warm-up to the last one, by the mail server's own clock."""

from __future__ import annotations

import os
from collections.abc import Callable

from tests.bench.contest import Heat
from tests.bench.processes import ROOT, Child, children


class Sink(Child):
    """The mail server; ``port`` is where it listens on this machine."""

    def __init__(self) -> None:
        super().__init__("tests.bench.sink", env={**os.environ, "PYTHONPATH": str(ROOT)})
        self.port = int(self.hear())

    def start(self, warm_up: int, count: int) -> None:
        self.tell(f"measure {warm_up} {count}")
        self.hear()


def race(sink: Sink, start: Callable[[], list[Child]], *, warm_up: int, count: int) -> Heat:
    """Let the processes that ``start`` makes run together until ``count`` mails after the warm-up are there."""
    with children(start()) as runners:
        for runner in runners:
            runner.hear()  # "ready"
        sink.start(warm_up, count)
        for runner in runners:
            runner.tell("go")
        first, used = _mark(sink), _cpu(runners)
        last, used_at_last = _mark(sink), _cpu(runners)
    return Heat(count=count, seconds=last - first, cpu_seconds=used_at_last - used)


def _mark(sink: Sink) -> float:
    return float(sink.hear().split()[1])


def _cpu(runners: list[Child]) -> float:
    return sum(runner.cpu_seconds() for runner in runners)
