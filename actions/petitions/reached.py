"""The ridings that a petition has reached, drawn for everybody from the public numbers alone.

Only what ``numbers.public_cells`` tells goes in: ridings of at least ten, in full tens. Below that a riding looks like
one where nobody has signed, and a province's own number is in tens too, so no subtraction finds what is hidden.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.cache import cache
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actions.charts import Tile, tile_picture
from actions.petitions.models import Petition
from actions.petitions.numbers import SMALL_CELL, public_cells
from actions.representatives.riding_tiles import riding_tiles

KEPT_SECONDS = 55


@dataclass(frozen=True)
class ProvinceReached:
    """``at_least``: signatures in full tens, None while too few; ``ridings`` are those reached, by name."""

    name: str
    at_least: int | None
    ridings: list[tuple[str, int]]
    drawing: SafeString


@dataclass(frozen=True)
class Reached:
    provinces: list[ProvinceReached]
    legend: list[tuple[SafeString, str]]

    @property
    def told(self) -> list[ProvinceReached]:
        """The provinces of which there is something to tell."""
        return [one for one in self.provinces if one.at_least]


def ridings_reached(petition: Petition, language: str) -> Reached | None:
    """Return the drawing in ``language`` (the active one); None while no riding has ten. Kept for less than a minute.

    Its tally must have been joined. Two queries, none while the petition has fewer than a hundred signatures.
    """
    key = f"petition-reached:{petition.pk}:{language}"
    kept: list[Reached | None] | None = cache.get(key)
    if kept is None:
        by_province, by_riding = public_cells(petition)
        if not (by_province or by_riding):
            return None
        kept = [_draw(by_province, by_riding, language) if by_riding else None]
        cache.set(key, kept, KEPT_SECONDS)
    return kept[0]


def _draw(by_province: dict[str, int], by_riding: dict[int, int], language: str) -> Reached:
    found = riding_tiles(
        by_riding, language=language, say=_said, draw=_picture, least=SMALL_CELL, none=_("fewer than 10, or nobody")
    )
    provinces = [
        ProvinceReached(
            one.name,
            by_province.get(one.code),
            [(name, count) for name, count in one.ridings if count],
            one.drawing,
        )
        for one in found.provinces
    ]
    return Reached(provinces, found.legend)


def _said(riding: str, count: int) -> str:
    return _("%(riding)s: at least %(count)d") % {"riding": riding, "count": count} if count else riding


def _picture(places: Sequence[Tile], starts: Sequence[int], label: str) -> SafeString:
    reached = sum(one.count > 0 for one in places)
    words = ngettext(
        "%(label)s: %(reached)d of %(all)d has ten signatures or more",
        "%(label)s: %(reached)d of %(all)d have ten signatures or more",
        reached,
    )
    return tile_picture(places, starts, words % {"label": label, "reached": reached, "all": len(places)})
