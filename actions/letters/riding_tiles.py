"""The 343 ridings as tiles, by province from west to east, shaded by how many letters came from each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actions.charts import Tile, shade_labels, swatch, thresholds, tiles
from actions.representatives.matching import fold
from actions.representatives.models import Riding
from actions.representatives.provinces import Province

# As on the map: the territories above, then from the Pacific to the Atlantic.
GEOGRAPHIC = (
    Province.YUKON, Province.NORTHWEST_TERRITORIES, Province.NUNAVUT, Province.BRITISH_COLUMBIA, Province.ALBERTA,
    Province.SASKATCHEWAN, Province.MANITOBA, Province.ONTARIO, Province.QUEBEC, Province.NEW_BRUNSWICK,
    Province.PRINCE_EDWARD_ISLAND, Province.NOVA_SCOTIA, Province.NEWFOUNDLAND_AND_LABRADOR,
)  # fmt: skip


@dataclass(frozen=True)
class ProvinceTiles:
    """One province: its ridings by name with their numbers, and the drawing of them."""

    name: str
    ridings: list[tuple[str, int]]
    drawing: SafeString

    @property
    def letters(self) -> int:
        return sum(count for _name, count in self.ridings)

    @property
    def reached(self) -> int:
        return sum(count > 0 for _name, count in self.ridings)


@dataclass(frozen=True)
class RidingTiles:
    provinces: list[ProvinceTiles]
    legend: list[tuple[SafeString, str]]

    @property
    def reached(self) -> int:
        return sum(province.reached for province in self.provinces)

    @property
    def ridings(self) -> int:
        return sum(len(province.ridings) for province in self.provinces)


def riding_tiles(letters: Mapping[int, int], *, language: str, url_of: Callable[[int], str]) -> RidingTiles:
    """Draw every riding there is; ``letters`` by federal number, ``url_of`` says where a riding's tile leads."""
    starts = thresholds(max(letters.values(), default=0))
    by_province: dict[str, list[tuple[str, int]]] = {}
    for riding in Riding.objects.all():
        by_province.setdefault(riding.province, []).append((riding.localized_name(language), riding.pk))
    provinces = [
        _province(province, by_province[province], letters, starts, url_of)
        for province in GEOGRAPHIC
        if province in by_province
    ]
    return RidingTiles(provinces, [(swatch(step), text) for step, text in shade_labels(starts)])


def _province(
    province: Province,
    named: list[tuple[str, int]],
    letters: Mapping[int, int],
    starts: list[int],
    url_of: Callable[[int], str],
) -> ProvinceTiles:
    named = sorted(named, key=lambda one: fold(one[0]))
    places = [Tile(_said(name, letters.get(pk, 0)), letters.get(pk, 0), url_of(pk)) for name, pk in named]
    label = _("Ridings in %(province)s") % {"province": province.label}
    return ProvinceTiles(
        str(province.label),
        [(name, letters.get(pk, 0)) for name, pk in named],
        tiles(places, starts, label=label),
    )


def _said(name: str, count: int) -> str:
    words = ngettext("%(riding)s: %(count)d letter", "%(riding)s: %(count)d letters", count)
    return words % {"riding": name, "count": count}
