"""The locations of the register: where each lies, on the electoral map that our ridings are of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from actions.representatives.imports.outcome import MOST_CHANGED, ImportRefused, Report
from actions.representatives.imports.register.files import RegisterFile, rows
from actions.representatives.imports.register.places import NOWHERE, Places
from actions.representatives.matching import fold
from actions.representatives.models import Riding

COLUMNS = ("LOC_GUID", "FED_CODE", "FED_ENG_NAME", "FED_FRE_NAME")


class RidingPlaces:
    """Our ridings as small numbers, in the order of their federal numbers."""

    def __init__(self) -> None:
        ridings = Riding.objects.order_by("fed_num")
        self._names = {
            riding.fed_num: {fold(name) for name in (riding.name_en, riding.name_fr, *riding.aliases) if name}
            for riding in ridings
        }
        self.fed_nums = list(self._names)
        self._by_code = {str(fed_num): place for place, fed_num in enumerate(self.fed_nums)} | {"": NOWHERE}

    def place_of(self, code: str, file: RegisterFile) -> int:
        place = self._by_code.get(code)
        if place is None:
            raise ImportRefused(
                f"{file.name} names the riding “{code[:20]}”, which we do not have: the source is of another electoral "
                "map, or import_ridings has to run first."
            )
        return place

    def is_called(self, fed_num: int, names: set[str]) -> bool:
        return not names or not names.isdisjoint(self._names[fed_num])


def read_locations(
    files: list[RegisterFile], ridings: RidingPlaces, report: Report, progress: Callable[[str], None]
) -> Places:
    """Every location's riding. Raises ImportRefused for another map, and for a location in two ridings."""
    places, names, nowhere = Places(), Counter[tuple[str, str, str]](), 0
    for file in files:
        count = 0
        for location, code, name_en, name_fr in rows(file, COLUMNS):
            place = ridings.place_of(code.strip(), file)
            places.add(location.strip().lower(), place)
            names[code, name_en, name_fr] += 1
            nowhere += place == NOWHERE
            count += 1
        progress(f"{file.name}: {count:,} locations")
    contradictions = places.seal()
    if contradictions:
        raise ImportRefused(f"The source puts {contradictions:,} locations into two ridings each.")
    if nowhere > len(places) * MOST_CHANGED:
        raise ImportRefused(f"{nowhere:,} of {len(places):,} locations have no riding: the source looks half-empty.")
    _check_names(names, ridings, report)
    return places


def _check_names(names: Counter[tuple[str, str, str]], ridings: RidingPlaces, report: Report) -> None:
    """The numbers of two electoral maps are much the same, their names are not."""
    called: dict[int, set[str]] = {}
    for code, name_en, name_fr in names:
        if code.strip():
            called.setdefault(int(code), set()).update(fold(name) for name in (name_en, name_fr) if name.strip())
    strangers = sorted(fed_num for fed_num, of_riding in called.items() if not ridings.is_called(fed_num, of_riding))
    if len(strangers) > len(called) * MOST_CHANGED:
        raise ImportRefused(
            f"{len(strangers)} of {len(called)} ridings have another name than ours, such as {strangers[0]}: the "
            "source is of another electoral map."
        )
    if strangers:
        report.say(f"Ridings with another name than ours: {', '.join(map(str, strangers))}.")
