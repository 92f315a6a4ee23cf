"""Imports Statistics Canada's National Address Register into the postal table, so that nobody is asked about a code
(https://www150.statcan.gc.ca/n1/pub/46-26-0002/462600022022001-eng.htm).

The source is read as a stream, checked against itself, our ridings and the last good set, and only then takes that
set's place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from actions.representatives.imports.outcome import (
    FEWEST_ROWS,
    DryRun,
    ImportRefused,
    Report,
    refuse_if_small,
    run_import,
)
from actions.representatives.imports.register.addresses import AddressCounts, count_addresses, read_streets
from actions.representatives.imports.register.changes import compare
from actions.representatives.imports.register.files import RegisterFiles, register_files
from actions.representatives.imports.register.locations import RidingPlaces, read_locations
from actions.representatives.imports.register.places import Places
from actions.representatives.models import Riding
from actions.representatives.postal_format import CompactTable
from actions.representatives.postal_sets import replace_table
from actions.representatives.records import ImportRun

_RELEASE = re.compile(r"(20\d\d)-?(0[1-9]|1[0-2])")
# Each location has at least one address, so that many without any mean that files of addresses are missing.
_MOST_EMPTY_LOCATIONS = 0.20


def import_addresses(
    sources: Sequence[str],
    *,
    is_dry_run: bool = False,
    accept_large_change: bool = False,
    release: str = "",
    progress: Callable[[str], None] = lambda line: None,
) -> Report:
    """Bring the postal table in line with the register in ``sources``: zip archives, or folders with its files.

    ``release`` is the register's date as YYYY-MM; empty means that it is read off the sources' names. ``progress`` gets
    a line now and then. Raises ImportFailed and ImportRefused; the last good table then stays as it was.
    """

    def work(report: Report) -> None:
        if Riding.objects.count() < FEWEST_ROWS:
            raise ImportRefused("The ridings are missing: run import_ridings first.")
        month = release or release_of(sources)
        if not month:
            raise ImportRefused(
                "The source's name does not tell its date: add --release YYYY-MM, the licence wants it."
            )
        files, ridings = register_files(sources), RidingPlaces()
        places = read_locations(files.locations, ridings, report, progress)
        counts = count_addresses(files.addresses, places, progress)
        table = CompactTable(ridings.fed_nums, counts.by_key)
        report.rows = sum(counts.by_key.values())
        _tell(report, counts, table)
        refuse_if_small(len(table.addresses_by_riding()), "ridings with addresses")
        if not accept_large_change:
            _refuse_if_half_empty(places)
        compare(table, report, is_accepted=accept_large_change)
        if is_dry_run:
            raise DryRun
        _write(files, places, ridings, counts, table, month, progress)

    return run_import(ImportRun.Source.ADDRESSES, work, is_dry_run=is_dry_run)


def release_of(sources: Sequence[str]) -> str:
    """The date in the sources' names, such as ``2025-07`` for ``202507.zip``; empty when there is none."""
    found = _RELEASE.search(" ".join(Path(source).absolute().name for source in sources))
    return f"{found[1]}-{found[2]}" if found else ""


def _write(
    files: RegisterFiles,
    places: Places,
    ridings: RidingPlaces,
    counts: AddressCounts,
    table: CompactTable,
    release: str,
    progress: Callable[[str], None],
) -> None:
    several = counts.codes_in_several_ridings()
    with closing(read_streets(files.addresses, places, ridings.fed_nums, several, progress)) as streets:
        replace_table(table, streets=streets.by_code(), release=release)


def _refuse_if_half_empty(places: Places) -> None:
    empty = places.without_address()
    if empty > len(places) * _MOST_EMPTY_LOCATIONS:
        raise ImportRefused(
            f"{empty:,} of {len(places):,} locations have no address: files of addresses are missing or cut off. "
            "If you are sure that they are whole, add --accept-large-change."
        )


def _tell(report: Report, counts: AddressCounts, table: CompactTable) -> None:
    report.say(
        f"{report.rows:,} homes in {table.codes():,} postal codes and {len(table.addresses_by_riding())} ridings."
    )
    report.say(f"{len(counts.codes_in_several_ridings()):,} postal codes lie in several ridings.")
    left_out = {
        "with another use than a home": counts.no_homes,
        "without a postal code": counts.without_code,
        "without a riding": counts.without_riding,
        "at locations that are not listed": counts.lost,
        "that make no sense": counts.odd,
    }
    for what, number in left_out.items():
        if number:
            report.say(f"{number:,} addresses {what} were left out.")
