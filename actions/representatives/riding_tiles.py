"""The 343 ridings as tiles, by province from west to east, shaded by how many there are of something in each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from actions.charts import Tile, shade_labels, swatch, thresholds
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

    code: str
    name: str
    ridings: list[tuple[str, int]]
    drawing: SafeString

    @property
    def total(self) -> int:
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


def riding_tiles(
    counts: Mapping[int, int],
    *,
    language: str,
    say: Callable[[str, int], str],
    draw: Callable[[list[Tile], list[int], str], SafeString],
    url_of: Callable[[int], str] = lambda riding: "",
    least: int = 1,
    none: str = "0",
) -> RidingTiles:
    """Draw every riding there is; one query.

    ``counts`` by federal number; ``say`` a riding's name with its number; ``draw`` tiles with the numbers at which
    shades begin and a label; ``url_of`` where a tile leads; ``least`` the lowest number that is told at all, ``none``
    what the legend calls what is below.
    """
    starts = thresholds(max(counts.values(), default=0), least=least)
    by_province: dict[str, list[tuple[str, int]]] = {}
    for riding in Riding.objects.all():
        by_province.setdefault(riding.province, []).append((riding.localized_name(language), riding.pk))
    provinces = []
    for province in (one for one in GEOGRAPHIC if one in by_province):
        named = sorted(by_province[province], key=lambda one: fold(one[0]))
        places = [Tile(say(name, counts.get(pk, 0)), counts.get(pk, 0), url_of(pk)) for name, pk in named]
        drawing = draw(places, starts, _("Ridings in %(province)s") % {"province": province.label})
        numbers = [(name, counts.get(pk, 0)) for name, pk in named]
        provinces.append(ProvinceTiles(province.value, str(province.label), numbers, drawing))
    return RidingTiles(provinces, [(swatch(step), text) for step, text in shade_labels(starts, none=none)])
