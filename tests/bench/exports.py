"""Exports: whole files through the site, from the POST to the last byte, beside the database's own way of writing CSV.

Targets on PostgreSQL: without personal data at least half as quick as psql's \\copy of the same columns, with decrypted
names and addresses at least a tenth; the first byte within 0.2 s, and at most 16 MiB more memory at any length. On
SQLite its shell is the peer, without targets for the rate.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from tests.bench.contest import Contestant, Heat, Result, Target, alternate
from tests.bench.processes import ROOT, carry_out, environment

SIGNATURES, SUBSCRIBERS = "signatures, CSV", "subscribers decrypted, CSV"
SIGNATURES_XLSX = "signatures, Excel"
PLAIN, CIPHERTEXT = "same columns by the database", "same columns undecrypted"
MIB_TARGET, FIRST_BYTE_TARGET = 16.0, 200.0
TARGETS = [Target(SIGNATURES, PLAIN, 0.5), Target(SUBSCRIBERS, CIPHERTEXT, 0.1)]
QUERIES = {
    PLAIN: "SELECT id, confirmed_at, state, place, riding_id, language FROM actions_signature"
    " WHERE petition_id = 1 AND state = 'confirmed'",
    CIPHERTEXT: "SELECT name, email, language, province, riding_id, subscribed_at FROM actions_subscriber"
    " WHERE state = 'subscribed'",
}
OURS = {
    SIGNATURES: ("signatures", "csv"),
    SUBSCRIBERS: ("subscribers", "csv"),
    SIGNATURES_XLSX: ("signatures", "xlsx"),
}
NO_SHELL = "the database's own way did not run: psql, or sqlite3, is not installed"


@dataclass(frozen=True)
class Size:
    """BENCH_EXPORT_ROWS=6000000 tries a country's greatest petition; Excel ends at a million."""

    rows: int = int(os.environ.get("BENCH_EXPORT_ROWS", "1000000"))
    rounds: int = 3


QUICK = Size(rows=3_000, rounds=1)


def run(name: str, database_url: str, *, size: Size) -> Result:
    """Seed a migrated database that nobody else uses, and export from it."""
    env, shell = environment(database_url), shell_of(database_url)
    carry_out("tests.bench.export_process", "seed", str(size.rows), env=env)
    worst: dict[str, float] = {}
    contestants = [
        Contestant(ours, partial(our_heat, ours, size.rows, env, worst))
        for ours in OURS
        if ours != SIGNATURES_XLSX or size.rows <= 1_000_000
    ]
    if shell is not None:
        commands = {peer: shell(query) for peer, query in QUERIES.items()}
        contestants += [Contestant(peer, partial(peer_heat, line, size.rows)) for peer, line in commands.items()]
    standings = alternate(contestants, rounds=size.rounds)
    targets = TARGETS if shell is not None and database_url.startswith("postgres") else []
    most = {"MiB": MIB_TARGET, "ms": FIRST_BYTE_TARGET}
    limits = {text: (value, most[text.split()[0]]) for text, value in worst.items()}
    return Result(name, standings, targets, [] if shell is not None else [NO_SHELL], limits)


def our_heat(ours: str, rows: int, env: dict[str, str], worst: dict[str, float]) -> Heat:
    found = json.loads(carry_out("tests.bench.export_process", *OURS[ours], env=env).splitlines()[-1])
    for text, value in (
        (f"MiB that an export adds to its process ({ours})", found["mib"]),
        (f"ms to the first byte ({ours})", 1000 * found["first"]),
    ):
        worst[text] = max(worst.get(text, 0.0), value)
    return Heat(count=rows, seconds=found["seconds"], cpu_seconds=found["cpu_seconds"])


def peer_heat(command: list[str], rows: int) -> Heat:
    used, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    seconds, now = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu_seconds = now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime
    return Heat(count=rows, seconds=seconds, cpu_seconds=cpu_seconds)


def shell_of(database_url: str) -> Callable[[str], list[str]] | None:
    """Return what makes the command that writes a query's rows as CSV to nowhere; None without the shell."""
    if database_url.startswith("postgres"):
        url = database_url.replace("postgres://", "postgresql://", 1)
        return (lambda query: ["psql", url, "-qc", f"\\copy ({query}) TO '/dev/null' CSV"]) if which("psql") else None
    path = str(Path(urlsplit(database_url).path))
    return (lambda query: ["sqlite3", "-readonly", "-csv", path, query]) if which("sqlite3") else None


def which(program: str) -> bool:
    return shutil.which(program) is not None
