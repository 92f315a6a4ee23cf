"""A small register on disk, changed as a source may come out wrong."""

import re
import zipfile
from pathlib import Path

from actions.representatives.records import PostalStreets, PostalTable
from tests.actions.representatives.imports.register_source import code_of

POSTAL_CODE = re.compile(",[A-Z][0-9][A-Z][0-9][A-Z][0-9],")
SHARED, OWN = code_of(35, 0), code_of(35, 1)


def edit(source: Path, name: str, change) -> None:
    """Change one file's lines; ``change`` takes the list of them, with their line breaks."""
    path = next(source.rglob(name))
    lines = path.read_text("utf-8-sig").splitlines(keepends=True)
    path.write_text("".join(change(lines)), encoding="utf-8-sig", newline="")


def with_cell(name: str, row: int, value: str):
    def change(lines):
        place = lines[0].rstrip().split(",").index(name)
        cells = lines[row].split(",")
        cells[place] = value
        return [*lines[:row], ",".join(cells), *lines[row + 1 :]]

    return change


def zipped(source: Path) -> Path:
    path = source.parent / "register-202507.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(source.rglob("*.csv")):
            archive.write(file, file.relative_to(source))
    return path


def state():
    return list(PostalTable.objects.values_list("pk", "sha256", "is_current")), PostalStreets.objects.count()


def part_is_missing(source):
    next(source.rglob("Address_24_part_2.csv")).unlink()


def half_of_a_small_province(source):
    edit(source, "Address_46.csv", lambda lines: lines[: len(lines) // 2])
