"""``make bench``: each benchmark with its peer beside it, ratios on the screen and in ``var/bench/results.json``.

BENCH_QUICK=1 runs all of it in small, to see that it works. The exit code does not tell whether targets are met: that
depends on the machine, and a busy one says little.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.bench import databases, exports, letters, lookup, machine, report
from tests.bench.contest import Result
from tests.bench.processes import FOLDER

RESULTS = FOLDER / "results.json"


def run_all(*, is_quick: bool) -> Iterator[Result]:
    """Yield the result of each benchmark as soon as it is there."""
    sizes = (letters.QUICK, lookup.QUICK) if is_quick else (letters.Size(), lookup.Size())
    exports_size = exports.QUICK if is_quick else exports.Size()
    yield letters.run("Letters on SQLite", databases.sqlite_url(), size=sizes[0])
    server = databases.postgres_url()
    if server is None:
        say("PostgreSQL does not answer (POSTGRES_URL): letters ran on SQLite only")
    else:
        yield letters.run("Letters on PostgreSQL", server, size=sizes[0])
    yield exports.run("Exports on SQLite", databases.sqlite_url(), size=exports_size)
    server = databases.postgres_url()
    if server is not None:
        yield exports.run("Exports on PostgreSQL", server, size=exports_size)
    yield lookup.run("Postal codes", databases.sqlite_url(), size=sizes[1])


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main(path: Path = RESULTS) -> None:
    is_quick = os.environ.get("BENCH_QUICK") == "1"
    where, results = machine.description(), []
    say(f"{where}")
    if machine.is_busy():
        say("The machine is busy with something else: take the figures with care.")
    for result in run_all(is_quick=is_quick):
        say("\n".join(report.lines(result)))
        results.append(result)
    report.write(path, machine=where, results=results, is_quick=is_quick)
    say(f"\nwritten to {path}")


if __name__ == "__main__":
    main()
