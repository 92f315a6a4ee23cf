"""Which numbers the public sees: nothing that points at a person.

A number below 100 is rounded down to tens, and a cell of fewer than ten signatures is hidden: in a small riding it
could name a household (https://www150.statcan.gc.ca/n1/pub/12-539-x/2019001/disclosure-divulgation-eng.htm). Parts of a
whole are always in full tens and change ten signatures at a time (tally.py), so that neither a difference of sums nor
one of two looks tells of one person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from django.core.cache import cache
from django.db.models import F

from actions.petitions.models import Petition, RidingTally, Tally

SMALL_CELL = 10
CELLS_KEPT_SECONDS = 10
EXACT_FROM = 100
K = TypeVar("K")


@dataclass(frozen=True)
class Numbers:
    """``count`` is rounded down where ``is_rounded``; the others are None while they are too small to be told."""

    count: int
    is_rounded: bool
    goal: int
    paper: int
    in_canada: int | None = None
    abroad: int | None = None
    ridings: int | None = None

    @property
    def is_small(self) -> bool:
        """Fewer than ten: no number is told."""
        return self.count == 0

    @property
    def percent(self) -> int:
        return min(100, self.count * 100 // self.goal)


def rounded(number: int) -> int:
    """Return what the public may know of a number: itself from 100 on, below it the full tens."""
    return number if number >= EXACT_FROM else in_tens(max(0, number))


def in_tens(number: int) -> int:
    return number // SMALL_CELL * SMALL_CELL


def numbers_of(petition: Petition) -> Numbers:
    """Return the petition's public numbers; its tally must have been joined."""
    tally = getattr(petition, "tally", None) or Tally(petition=petition)
    is_told = tally.confirmed >= EXACT_FROM
    abroad = tally.abroad - tally.untold_abroad
    in_canada = tally.confirmed - tally.untold_confirmed - abroad
    ridings = tally.ridings - tally.untold_ridings
    # One hidden part of a known sum could be worked out from the other.
    shows_parts = is_told and min(in_canada, abroad) >= SMALL_CELL
    return Numbers(
        count=rounded(tally.confirmed),
        is_rounded=not is_told,
        goal=petition.goal_at(rounded(tally.confirmed)),
        paper=petition.paper_signatures,
        in_canada=in_tens(in_canada) if shows_parts else None,
        abroad=in_tens(abroad) if shows_parts else None,
        ridings=ridings if is_told and in_canada >= EXACT_FROM and ridings >= SMALL_CELL else None,
    )


def without_small_cells(cells: Mapping[K, int]) -> dict[K, int]:
    """Return the cells of at least ten, in full tens."""
    return {key: in_tens(number) for key, number in cells.items() if number >= SMALL_CELL}


def public_cells(petition: Petition) -> tuple[dict[str, int], dict[int, int]]:
    """Return what may be told by province and by riding (federal number), nothing below 100 in all.

    One query; its answer is kept as long as any cache may keep the public numbers, for 343 rows are slower to read and
    to add up than one.
    """
    tally = getattr(petition, "tally", None)
    if tally is None or tally.confirmed < EXACT_FROM:
        return {}, {}
    key = f"petition-cells:{petition.pk}"
    kept: tuple[dict[str, int], dict[int, int]] | None = cache.get(key)
    if kept is None:
        kept = _cells_of(petition)
        cache.set(key, kept, CELLS_KEPT_SECONDS)
    return kept


def _cells_of(petition: Petition) -> tuple[dict[str, int], dict[int, int]]:
    told = RidingTally.objects.annotate(told=F("confirmed") - F("untold"))
    rows = told.filter(petition=petition, told__gt=0)
    by_riding, by_province = {}, dict[str, int]()
    for number, province, confirmed in rows.values_list("riding_id", "riding__province", "told"):
        by_riding[number] = confirmed
        by_province[province] = by_province.get(province, 0) + confirmed
    return without_small_cells(by_province), without_small_cells(by_riding)
