"""``make bench``: each benchmark with its peer beside it, ratios on the screen and in ``var/bench/results.json``.

BENCH_QUICK=1 runs all of it in small, to see that it works; BENCH_ONLY=petitions runs one of them. The exit code does
not tell whether targets are met: that depends on the machine, and a busy one says little.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.bench import databases, exports, letters, lighthouse, lookup, machine, report
from tests.bench.contest import Result
from tests.bench.petitions import course, races
from tests.bench.processes import FOLDER
from tests.bench.webhooks import race as webhooks

RESULTS = FOLDER / "results.json"


def run_all(*, is_quick: bool, only: str = "") -> Iterator[Result]:
    """Yield the result of each benchmark as soon as it is there; ``only`` names one of them."""
    on = {"SQLite": databases.sqlite_url}
    if databases.postgres_url() is None:
        say("PostgreSQL does not answer (POSTGRES_URL): only SQLite is tried")
    else:
        on["PostgreSQL"] = databases.postgres_url
    for where, make in on.items():
        if only in ("", "letters"):
            yield letters.run(f"Letters on {where}", make(), size=letters.QUICK if is_quick else letters.Size())
        if only in ("", "petitions"):
            yield from races.run(where, make, size=course.QUICK if is_quick else course.Size())
        if only in ("", "exports"):
            yield exports.run(f"Exports on {where}", make(), size=exports.QUICK if is_quick else exports.Size())
        if only in ("", "webhooks"):
            yield webhooks.run(where, make, size=webhooks.QUICK if is_quick else webhooks.Size())
    if only in ("", "lookup"):
        yield lookup.run("Postal codes", databases.sqlite_url(), size=lookup.QUICK if is_quick else lookup.Size())
    if only in ("", "lighthouse"):
        yield lighthouse.run("Lighthouse")


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main(path: Path = RESULTS) -> None:
    is_quick = os.environ.get("BENCH_QUICK") == "1"
    where, results = machine.description(), []
    say(f"{where}")
    if machine.is_busy():
        say("The machine is busy with something else: take the figures with care.")
    for result in run_all(is_quick=is_quick, only=os.environ.get("BENCH_ONLY", "")):
        say("\n".join(report.lines(result)))
        results.append(result)
    report.write(path, machine=where, results=results, is_quick=is_quick)
    say(f"\nwritten to {path}")


if __name__ == "__main__":
    main()
