"""Postal codes: our table in memory beside the same rows asked for with Django's ``.get()``.

Targets: at most 0.03 of the time, and at most 25 MiB of memory.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec

from tests.bench.contest import Contestant, Heat, Result, Target, alternate, in_the_race
from tests.bench.processes import carry_out, environment

OURS, ORM = "postal_table.ridings_of", "Django .get()"
MIB_TARGET = 25.0
TARGETS = [Target(OURS, ORM, 0.03, is_of_time=True)]
WITHOUT_TABLE = f"{OURS} did not run: this version has no actions.representatives.postal_table"


@dataclass(frozen=True)
class Size:
    rows: int = 900_000
    lookups: int = 20_000
    rounds: int = 5


QUICK = Size(rows=2_000, lookups=200, rounds=1)


def run(name: str, database_url: str, *, size: Size) -> Result:
    """Run the whole benchmark on a migrated database that nobody else uses."""
    env, notes = environment(database_url), []
    has_table = find_spec("actions.representatives.postal_table") is not None
    growth: list[float] = []
    carry_out("tests.bench.lookup_process", "fill", str(size.rows), "with-table" if has_table else "", env=env)

    def heat(side: str) -> Heat:
        found = json.loads(carry_out("tests.bench.lookup_process", side, str(size.lookups), str(size.rows), env=env))
        if side == "ours":
            growth.append(found["mib"])
        return Heat(count=size.lookups, seconds=found["seconds"], cpu_seconds=found["cpu_seconds"])

    contestants = [Contestant(ORM, partial(heat, "orm"))]
    if has_table:
        contestants.append(Contestant(OURS, partial(heat, "ours")))
    else:
        notes.append(WITHOUT_TABLE)
    standings = alternate(contestants, rounds=size.rounds)
    limits = {f"MiB that {OURS} adds to a process": (max(growth), MIB_TARGET)} if growth else {}
    return Result(name, standings, in_the_race(TARGETS, standings), notes, limits)
