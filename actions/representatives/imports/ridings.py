"""Imports the 343 ridings, from Represent or from a file with Elections Canada's column names.

Represent's list has the English names only; the French one stands in each riding's own answer, so that a first import
from there makes 343 calls at a calm pace. Columns: https://open.canada.ca/data/en/dataset/18bf3ea7-1940-46ec-af52-9ba3f77ed708
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from actions.representatives import client
from actions.representatives.imports.outcome import (
    DryRun,
    ImportFailed,
    ImportRefused,
    Report,
    refuse_if_much_changes,
    refuse_if_small,
    run_import,
)
from actions.representatives.imports.reading import csv_rows, json_rows, read
from actions.representatives.matching import fold
from actions.representatives.models import Riding
from actions.representatives.provinces import province_of
from actions.representatives.records import ImportRun

# 40 calls a minute leave a part of the shared budget to visitors.
SECONDS_BETWEEN_CALLS = 1.5
_NUMBER_COLUMNS = ("FED_NUM", "fed_num", "external_id")
_ENGLISH_COLUMNS = ("ED_NAMEE", "name_en", "name")
_FRENCH_COLUMNS = ("ED_NAMEF", "name_fr")


@dataclass(frozen=True)
class _Row:
    fed_num: int
    name_en: str
    name_fr: str


def import_ridings(
    *,
    source: str = "",
    is_dry_run: bool = False,
    accept_large_change: bool = False,
    pause: Callable[[float], None] = time.sleep,
) -> Report:
    """Read ``source`` (a path or an address; empty for Represent) and bring the table in line with it.

    Ridings are added and renamed, never deleted: actions refer to them. Raises ImportFailed and ImportRefused.
    """

    def work(report: Report) -> None:
        rows = _from_file(source) if source else _from_represent(report, pause)
        _refuse_duplicates(rows)
        refuse_if_small(len(rows), "ridings")
        _write(rows, report, is_dry_run=is_dry_run, accept_large_change=accept_large_change)

    return run_import(ImportRun.Source.RIDINGS, work, is_dry_run=is_dry_run)


def _from_file(source: str) -> list[_Row]:
    text = read(source)
    found = json_rows(text) if text.lstrip()[:1] in ("[", "{") else csv_rows(text)
    return list(_rows(found))


def _from_represent(report: Report, pause: Callable[[float], None]) -> list[_Row]:
    """French names that we have are kept; only the missing ones are asked for."""
    known = dict(Riding.objects.exclude(name_fr="").values_list("fed_num", "name_fr"))
    try:
        rows = list(_rows(client.riding_list()))
    except client.Unavailable as error:
        raise ImportFailed(f"Represent gave no list of ridings: {error}.") from error
    named = []
    for row in rows:
        name_fr = known.get(row.fed_num) or _french_name(row.fed_num, pause)
        if not name_fr:
            report.say(f"{row.name_en} has no French name yet: run the import again.")
        named.append(_Row(row.fed_num, row.name_en, name_fr))
    return named


def _french_name(fed_num: int, pause: Callable[[float], None]) -> str:
    pause(SECONDS_BETWEEN_CALLS)
    try:
        metadata = client.riding_details(fed_num).get("metadata")
    except client.Unavailable:
        return ""
    return _text(metadata, _FRENCH_COLUMNS) if isinstance(metadata, dict) else ""


def _rows(found: Iterable[dict[str, Any]]) -> Iterator[_Row]:
    for raw in found:
        columns = {**raw, **(raw["metadata"] if isinstance(raw.get("metadata"), dict) else {})}
        number = _text(columns, _NUMBER_COLUMNS) or str(raw.get("url", "")).rstrip("/").rpartition("/")[2]
        name_en = _text(columns, _ENGLISH_COLUMNS)
        is_number = number.isascii() and number.isdigit() and len(number) == 5
        if not is_number or not province_of(int(number)) or not name_en:
            raise ImportRefused(f"A row has no federal number of the 2023 map or no name: “{number}”, “{name_en}”.")
        if columns.get("REP_ORDER") not in (None, "", "2023", 2023):
            raise ImportRefused(f"Riding {number} is of another electoral map: {columns['REP_ORDER']}.")
        yield _Row(int(number), name_en, _text(columns, _FRENCH_COLUMNS))


def _text(columns: dict[str, Any], names: Iterable[str]) -> str:
    return next((str(columns[name]).strip() for name in names if columns.get(name)), "")


def _refuse_duplicates(rows: list[_Row]) -> None:
    numbers = [row.fed_num for row in rows]
    twice = sorted({number for number in numbers if numbers.count(number) > 1})
    if twice:
        raise ImportRefused(f"The source names ridings twice: {', '.join(map(str, twice))}.")


@transaction.atomic
def _write(rows: list[_Row], report: Report, *, is_dry_run: bool, accept_large_change: bool) -> None:
    before = {riding.fed_num: riding for riding in Riding.objects.select_for_update()}
    missing = sorted(before.keys() - {row.fed_num for row in rows})
    for fed_num in missing:
        report.say(f"{before[fed_num].name_en} ({fed_num}) is not in the source; it was kept.")
    merged = [_merged(row, before.get(row.fed_num), report) for row in rows]
    changed = [riding for riding in merged if riding is not None]
    report.rows = len(rows)
    refuse_if_much_changes(
        changed=len(changed) + len(missing), before=len(before), what="ridings", is_accepted=accept_large_change
    )
    for riding in changed:
        riding.save()
    Riding.objects.filter(fed_num__in=[row.fed_num for row in rows]).update(fetched_at=timezone.now())
    if not changed and not missing:
        report.say("Nothing changed.")
    if is_dry_run:
        raise DryRun


def _merged(row: _Row, riding: Riding | None, report: Report) -> Riding | None:
    """The riding as it shall be, or None when nothing changes. A former name becomes an alias."""
    if riding is None:
        report.say(f"{row.name_en} ({row.fed_num}) is new.")
        province = province_of(row.fed_num) or ""
        return Riding(fed_num=row.fed_num, name_en=row.name_en, name_fr=row.name_fr, province=province)
    name_fr = row.name_fr or riding.name_fr
    if (riding.name_en, riding.name_fr) == (row.name_en, name_fr):
        return None
    if riding.name_en != row.name_en:
        report.say(f"{riding.name_en} ({row.fed_num}) is now called {row.name_en}.")
    elif riding.name_fr != name_fr:
        report.say(f"{row.name_en}: the French name is now {name_fr}.")
    riding.aliases = _with_former_names(riding, row)
    riding.name_en, riding.name_fr = row.name_en, name_fr
    return riding


def _with_former_names(riding: Riding, row: _Row) -> list[str]:
    known = {fold(name) for name in [*riding.aliases, row.name_en, row.name_fr]}
    former = [name for name in (riding.name_en, riding.name_fr) if name and fold(name) not in known]
    return [*riding.aliases, *former]
