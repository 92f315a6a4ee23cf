"""The addresses of the register: how many each postal code has in each riding, and on which streets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from actions.representatives.imports.outcome import ImportRefused
from actions.representatives.imports.register.files import RegisterFile, rows
from actions.representatives.imports.register.places import NOWHERE, Places
from actions.representatives.imports.register.streets import StreetNumbers, StreetRow
from actions.representatives.postal_format import RIDING_BITS, code_number, key_of
from actions.representatives.street_names import LARGEST_NUMBER
from actions.representatives.street_names import street_words as words_of

COLUMNS = (
    "LOC_GUID", "MAIL_POSTAL_CODE", "BU_USE", "CIVIC_NO", "CSD_ENG_NAME", "MAIL_MUN_NAME",
    "OFFICIAL_STREET_NAME", "OFFICIAL_STREET_TYPE", "OFFICIAL_STREET_DIR",
    "MAIL_STREET_NAME", "MAIL_STREET_TYPE", "MAIL_STREET_DIR",
)  # fmt: skip
_SAY_EVERY = 500_000
_NOT_A_HOME = "3"
_KINDS_OF_USE = frozenset({"1", "2", "3", "4", ""})
# One row in a thousand may make no sense: a register of millions has mistakes, a shifted column has nothing else.
_MOST_ODD = 0.001
_MOST_LOST = 0.01
_MOST_WITHOUT_CODE = 0.10


@dataclass
class AddressCounts:
    """``by_key`` counts homes by code and riding, see ``postal_format.key_of``; the rest is what was left out."""

    by_key: dict[int, int] = field(default_factory=dict)
    rows: int = 0
    no_homes: int = 0
    without_code: int = 0
    without_riding: int = 0
    lost: int = 0
    doubtful: set[int] = field(default_factory=set)
    odd: int = 0
    first_odd: str = ""

    def note_odd(self, what: str) -> None:
        self.odd += 1
        self.first_odd = self.first_odd or what

    def forget_doubtful(self) -> None:
        """Leave out the codes of which the register does not place every home: their other homes may lie elsewhere."""
        for key in [key for key in self.by_key if key >> RIDING_BITS in self.doubtful]:
            del self.by_key[key]

    def refuse_if_senseless(self) -> None:
        """Raise ImportRefused when too many rows could not be used."""
        if self.odd > self.rows * _MOST_ODD:
            raise ImportRefused(f"{self.odd:,} of {self.rows:,} addresses make no sense, first {self.first_odd}.")
        if self.lost > self.rows * _MOST_LOST:
            raise ImportRefused(
                f"{self.lost:,} of {self.rows:,} addresses are at locations that the source does not list: "
                "files of locations are missing or cut off."
            )
        if self.without_code > self.rows * _MOST_WITHOUT_CODE:
            raise ImportRefused(f"{self.without_code:,} of {self.rows:,} addresses have no postal code.")

    def codes_in_several_ridings(self) -> set[int]:
        """The numbers of the codes that have homes in more than one riding."""
        seen: set[int] = set()
        several: set[int] = set()
        for key in self.by_key:
            number = key >> RIDING_BITS
            (several if number in seen else seen).add(number)
        return several


def count_addresses(files: list[RegisterFile], places: Places, progress: Callable[[str], None]) -> AddressCounts:
    """Read all addresses once. Raises ImportRefused when the source cannot be right."""
    counts = AddressCounts()
    by_key = counts.by_key
    for file in files:
        before = counts.rows
        for location, code, use, civic, *_rest in rows(file, COLUMNS):
            counts.rows += 1
            if counts.rows % _SAY_EVERY == 0:
                progress(f"{counts.rows:,} addresses read")
            place = places.find(location.strip().lower())
            number = code_number(code) or code_number(code.replace(" ", "").upper())
            if place in (None, NOWHERE) and number is not None and use != _NOT_A_HOME:
                counts.doubtful.add(number)
            if place is None:
                counts.lost += 1
            elif use not in _KINDS_OF_USE or not _is_number(civic) or (number is None and code.strip()):
                counts.note_odd(f"in {file.name}, row {counts.rows - before + 1:,}")
            elif use == _NOT_A_HOME:
                counts.no_homes += 1
            elif number is None:
                counts.without_code += 1
            elif place == NOWHERE:
                counts.without_riding += 1
            else:
                key = key_of(number, place)
                by_key[key] = by_key.get(key, 0) + 1
        progress(f"{file.name}: {counts.rows - before:,} addresses")
    counts.refuse_if_senseless()
    counts.forget_doubtful()
    return counts


def read_streets(
    files: list[RegisterFile], places: Places, fed_nums: list[int], codes: set[int], progress: Callable[[str], None]
) -> StreetNumbers:
    """Read all addresses once more, and keep the streets of the given codes."""
    streets = StreetNumbers()
    for file in files:
        streets.add(_houses(file, places, fed_nums, codes))
        progress(f"{file.name}: streets read")
    return streets


def _houses(file: RegisterFile, places: Places, fed_nums: list[int], codes: set[int]) -> Iterator[StreetRow]:
    for location, typed, use, civic, municipality, post_town, *streets in rows(file, COLUMNS):
        code = typed.replace(" ", "").upper()
        number = code_number(code)
        if number not in codes or use not in _KINDS_OF_USE or use == _NOT_A_HOME:
            continue
        place = places.find(location.strip().lower())
        if place is None or place == NOWHERE or not civic or not _is_number(civic):
            continue
        town = f"{street_words(municipality)}, {street_words(post_town)}"
        for name, kind, direction in {tuple(map(street_words, streets[:3])), tuple(map(street_words, streets[3:]))}:
            if name:
                yield code, name, kind, direction, town, int(civic), fed_nums[place]


# The register repeats its names; what visitors type is never kept like this.
street_words = lru_cache(maxsize=65_536)(words_of)


def _is_number(civic: str) -> bool:
    """Whether it is a house number or empty, as it is for a lot without one."""
    return not civic or (len(civic) <= 6 and civic.isascii() and civic.isdecimal() and int(civic) <= LARGEST_NUMBER)
