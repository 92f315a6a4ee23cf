"""Fills the tables of codes, and asks for codes in a process that does nothing else.

``python -m tests.bench.lookup_process fill <rows> [with-table]`` makes the same invented rows for both sides;
``… orm|ours <look-ups> <rows>`` prints seconds, processor seconds and the growth of the process as JSON.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import django

FIRST, LETTERS, DIGITS = "ABCEGHJKLMNPRSTVXY", "ABCEGHJKLMNPRSTVWXYZ", "0123456789"
STEP = 7  # the codes lie all over the country
RIDINGS = [10_001 + number for number in range(343)]


def code(number: int) -> str:
    """Return the postal code with the number, of 7,200,000."""
    letters = []
    for alphabet in (DIGITS, LETTERS, DIGITS, LETTERS, DIGITS, FIRST):
        number, place = divmod(number, len(alphabet))
        letters.append(alphabet[place])
    return "".join(reversed(letters))


def rows(count: int) -> Iterator[tuple[str, int, int]]:
    """Yield code, federal number and how many addresses it has there."""
    for number in range(count):
        yield code(number * STEP), RIDINGS[number * 343 // count], 1 + number % 60


def model():
    """Return the peer's model: what a Django project would write down first."""
    from django.db import models

    class PostalRow(models.Model):
        code = models.CharField(max_length=6, primary_key=True)
        fed_num = models.PositiveIntegerField()
        addresses = models.PositiveIntegerField()

        class Meta:
            app_label = "bench"

    return PostalRow


def fill(count: int, *, with_table: bool) -> None:
    from django.db import connection, transaction

    row = model()
    if row._meta.db_table in connection.introspection.table_names():
        with connection.schema_editor() as editor:
            editor.delete_model(row)
    with connection.schema_editor() as editor:
        editor.create_model(row)
    made = (row(code=code, fed_num=fed_num, addresses=addresses) for code, fed_num, addresses in rows(count))
    with transaction.atomic():
        row.objects.bulk_create(made, batch_size=300)
    if with_table:
        from actions.representatives.postal_format import CompactTable
        from actions.representatives.postal_sets import replace_table

        replace_table(CompactTable.from_rows(rows(count)))


def ask(look_up: Callable[[str], object], *, count: int, of: int) -> None:
    """Ask for ``count`` random codes that are there and print what it cost."""
    dice = random.Random(1)
    codes = [code(dice.randrange(of) * STEP) for _ in range(count)]
    before = resident_mib()
    look_up(codes[0])  # loads what is loaded once
    began, used = time.perf_counter(), time.process_time()
    for wanted in codes:
        look_up(wanted)
    cost = {"seconds": time.perf_counter() - began, "cpu_seconds": time.process_time() - used}
    print(json.dumps({**cost, "mib": resident_mib() - before}))  # noqa: T201 - read by the parent


def resident_mib() -> float:
    """Return the memory of this process in MiB; 0 where the system does not tell (not Linux)."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def main(command: str, *args: str) -> None:
    if command == "fill":
        fill(int(args[0]), with_table=args[1:] == ("with-table",))
        return
    if command == "ours":
        from actions.representatives.postal_table import ridings_of as look_up
    else:
        row = model()
        look_up = lambda wanted: row.objects.get(code=wanted)  # noqa: E731
    ask(look_up, count=int(args[0]), of=int(args[1]))


if __name__ == "__main__":
    django.setup()
    main(*sys.argv[1:])
