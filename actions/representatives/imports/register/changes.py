"""Compares a new postal table with the last good one: what changed, and whether that can be right."""

from __future__ import annotations

from actions.representatives.imports.outcome import MOST_CHANGED, ImportRefused, Report
from actions.representatives.models import Riding
from actions.representatives.postal_format import CompactTable
from actions.representatives.provinces import province_of
from actions.representatives.records import PostalTable

_MOST_NAMED = 20


def compare(table: CompactTable, report: Report, *, is_accepted: bool) -> None:
    """Say what changed. Raises ImportRefused when more than a tenth did and nobody accepted that.

    Each province is looked at alone: their files come apart, and half of a small one is little of the whole.
    """
    ridings = table.addresses_by_riding()
    _tell_empty_ridings(ridings, report)
    last = PostalTable.objects.filter(is_current=True).order_by("-pk").defer("content").first()
    if last is None:
        report.say("There was no table before.")
        return
    before = {int(fed_num): addresses for fed_num, addresses in last.ridings.items()}
    changes = [
        ("homes", last.addresses, sum(ridings.values())),
        ("postal codes", last.codes, table.codes()),
        ("ridings", len(before), len(ridings)),
    ]
    for what, old, new in changes:
        report.say(f"{what.capitalize()}: {new:,}, before {old:,}.")
    _tell_changed_ridings(before, ridings, report)
    if is_accepted:
        return
    old_by_province, new_by_province = _by_province(before), _by_province(ridings)
    for province, old in old_by_province.items():
        changes.append((f"homes in {province}", old, new_by_province.get(province, 0)))
    too_large = [f"{what} {old:,} → {new:,}" for what, old, new in changes if _is_large(old, new)]
    if too_large:
        raise ImportRefused(
            f"More than {MOST_CHANGED:.0%} would change: {'; '.join(too_large)}. The source looks half-empty or "
            "doubled. If it is right, look at the dry run, then add --accept-large-change."
        )


def _is_large(old: int, new: int) -> bool:
    return abs(new - old) > old * MOST_CHANGED


def _by_province(ridings: dict[int, int]) -> dict[str, int]:
    found: dict[str, int] = {}
    for fed_num, addresses in ridings.items():
        province = province_of(fed_num) or "?"
        found[province] = found.get(province, 0) + addresses
    return found


def _tell_empty_ridings(ridings: dict[int, int], report: Report) -> None:
    empty = [riding for riding in Riding.objects.order_by("fed_num") if riding.fed_num not in ridings]
    if empty:
        names = ", ".join(f"{riding} ({riding.fed_num})" for riding in empty[:_MOST_NAMED])
        report.say(f"Ridings without homes in the source ({len(empty)}): {names}.")


def _tell_changed_ridings(before: dict[int, int], ridings: dict[int, int], report: Report) -> None:
    changed = sorted(
        fed_num
        for fed_num in before.keys() | ridings.keys()
        if _is_large(before.get(fed_num, 0), ridings.get(fed_num, 0))
    )
    for fed_num in changed[:_MOST_NAMED]:
        report.say(f"Riding {fed_num}: {ridings.get(fed_num, 0):,} homes, before {before.get(fed_num, 0):,}.")
    if len(changed) > _MOST_NAMED:
        report.say(f"And {len(changed) - _MOST_NAMED} more ridings changed by over a tenth.")
