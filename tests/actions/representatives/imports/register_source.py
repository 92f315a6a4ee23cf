"""A made-up National Address Register of any size: the real columns, 343 ridings, one or more files per province.

By hand, for the big run: ``python -m tests.actions.representatives.imports.register_source register.zip 1000000``.
"""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from tests.actions.representatives.imports.sources import FED_NUMS

LOCATION_COLUMNS = (
    "LOC_GUID,CSD_CODE,{fed}_CODE,{fed}_ENG_NAME,{fed}_FRE_NAME,ER_CODE,ER_ENG_NAME,ER_FRE_NAME,"
    "BG_LATITUDE,BG_LONGITUDE"
)
ADDRESS_COLUMNS = (
    "LOC_GUID,ADDR_GUID,APT_NO_LABEL,CIVIC_NO,CIVIC_NO_SUFFIX,OFFICIAL_STREET_NAME,OFFICIAL_STREET_TYPE,"
    "OFFICIAL_STREET_DIR,PROV_CODE,CSD_ENG_NAME,CSD_FRE_NAME,CSD_TYPE_ENG_CODE,CSD_TYPE_FRE_CODE,MAIL_STREET_NAME,"
    "MAIL_STREET_TYPE,MAIL_STREET_DIR,MAIL_MUN_NAME,MAIL_PROV_ABVN,MAIL_POSTAL_CODE,BG_DLS_LSD,BG_DLS_QTR,BG_DLS_SCTN,"
    "BG_DLS_TWNSHP,BG_DLS_RNG,BG_DLS_MRD,BG_X,BG_Y,BU_N_CIVIC_ADD,BU_USE"
)
PROVINCES = {
    10: ("NL", "A"), 11: ("PE", "C"), 12: ("NS", "B"), 13: ("NB", "E"), 24: ("QC", "GHJ"), 35: ("ON", "KLMNP"),
    46: ("MB", "R"), 47: ("SK", "S"), 48: ("AB", "T"), 59: ("BC", "V"),
    60: ("YT", "Y"), 61: ("NT", "X"), 62: ("NU", "X"),
}  # fmt: skip
LETTERS = "ABCEGHJKLMNPRSTVWXYZ"
STREETS = (("MAPLE", "ST", ""), ("KING", "ST", "W"), ("10TH", "AVE", ""), ("LAKE", "RD", ""))
RUES = (("PRINCIPALE", "RUE", ""), ("DE L'ÉGLISE", "CH", ""), ("SAINT-JEAN", "BOUL", "O"), ("DU LAC", "AV", ""))
LOCATIONS_OF_A_CODE = 10
HOMES_OF_A_LOCATION = 2
# Every tenth code of a riding has the houses from 6 to 10 in the next riding of the province.
SHARED_EVERY = 10


@dataclass(frozen=True)
class Block:
    """One street of ten houses, number 1 to 10, with a postal code of its own and two homes in each house."""

    number: int
    code: str
    street: tuple[str, str, str]
    fed_nums: tuple[int, int]

    def riding_of(self, house: int) -> int:
        return self.fed_nums[house > LOCATIONS_OF_A_CODE // 2]


@dataclass(frozen=True)
class RegisterSource:
    homes: int = 20_000
    encoding: str = "utf-8-sig"
    fed: str = "FED"
    is_reversed: bool = False

    def blocks(self, province: int) -> Iterator[Block]:
        """All codes of a province, those of each riding one after the other."""
        ridings = [fed_num for fed_num in FED_NUMS if fed_num // 1000 == province]
        per_riding = max(1, round(self.homes / len(FED_NUMS) / LOCATIONS_OF_A_CODE / HOMES_OF_A_LOCATION))
        streets = RUES if province == 24 else STREETS
        for at, fed_num in enumerate(ridings):
            following = ridings[at + 1] if at + 1 < len(ridings) else fed_num
            for number in range(at * per_riding, (at + 1) * per_riding):
                is_shared = (number - at * per_riding) % SHARED_EVERY == 0
                shared = (fed_num, following if is_shared else fed_num)
                yield Block(number, code_of(province, number), streets[number % len(streets)], shared)

    def write(self, folder: Path) -> Path:
        """``Addresses`` and ``Locations`` in the folder; Ontario and Quebec come in two parts."""
        for name, province, part in self._tables():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("w", encoding=self.encoding, newline="") as file:
                file.writelines(self._lines(name, province, part))
        return folder

    def write_zip(self, path: Path) -> Path:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for name, province, part in self._tables():
                with archive.open(name, "w", force_zip64=True) as file:
                    self._encode(file, self._lines(name, province, part))
        return path

    def _encode(self, file: IO[bytes], lines: Iterator[str]) -> None:
        encoding = self.encoding
        for line in lines:
            file.write(line.encode(encoding))
            encoding = self.encoding.removesuffix("-sig")

    def _tables(self) -> Iterator[tuple[str, int, int | None]]:
        for province in PROVINCES:
            for part in (0, 1) if province in (24, 35) else (None,):
                ending = f"{province}.csv" if part is None else f"{province}_part_{part + 1}.csv"
                yield f"Locations/Location_{ending}", province, part
                yield f"Addresses/Address_{ending}", province, part

    def _lines(self, name: str, province: int, part: int | None) -> Iterator[str]:
        is_location = name.startswith("Loc")
        header = LOCATION_COLUMNS.format(fed=self.fed) if is_location else ADDRESS_COLUMNS
        yield self._row(header.split(","))
        for block in self.blocks(province):
            if part is None or block.number % 2 == part:
                for row in _locations(block, province) if is_location else _addresses(block, province):
                    yield self._row(row)

    def _row(self, cells: list[str]) -> str:
        return ",".join(reversed(cells) if self.is_reversed else cells) + "\r\n"


def code_of(province: int, number: int) -> str:
    """The province's postal code with this number; Nunavut and the Northwest Territories share their letter."""
    firsts = PROVINCES[province][1]
    number, first = divmod(number * len(firsts) + (province == 62) * 1_000, len(firsts))
    rest = ""
    for signs in ("0123456789", LETTERS, "0123456789", LETTERS, "0123456789"):
        number, place = divmod(number, len(signs))
        rest = signs[place] + rest
    return firsts[first] + rest


def _locations(block: Block, province: int) -> Iterator[list[str]]:
    for house in range(1, LOCATIONS_OF_A_CODE + 1):
        fed = block.riding_of(house)
        names = [str(fed), f"Riding {fed}", f"Circonscription {fed}"]
        yield [
            _guid(province, block, house),
            f"{province}01001",
            *names,
            f"{province}10",
            "Region",
            "Région",
            "45.1",
            "-75",
        ]


def _addresses(block: Block, province: int) -> Iterator[list[str]]:
    town = [f'"Town, {province}"', f'"Ville, {province}"', "CY", "V"]
    street, short = list(block.street), PROVINCES[province][0]
    for house in range(1, LOCATIONS_OF_A_CODE + 1):
        location = _guid(province, block, house)
        for home in range(1, HOMES_OF_A_LOCATION + 1):
            head = [location, f"{location[:-2]}a{home}", str(home), str(house), "", *street, str(province), *town]
            yield [*head, *street, "TOWN", short, block.code, *[""] * 6, "3958372.7", "1908456.3", "", "1"]


def _guid(province: int, block: Block, house: int) -> str:
    return f"{province:04d}{house:04x}-0000-4000-8000-{block.number:012x}"


if __name__ == "__main__":
    RegisterSource(homes=int(sys.argv[2])).write_zip(Path(sys.argv[1]))
