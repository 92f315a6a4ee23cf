"""The files of the National Address Register, read row by row so that memory stays small.

``Addresses/Address_*.csv`` and ``Locations/Location_*.csv``, one or more per province, in a folder or in zip archives.
Columns are found by name, since their order changes from one release to the next; UTF-8 with a byte-order mark, or
Latin-1 in the oldest releases. https://www150.statcan.gc.ca/n1/pub/46-26-0002/462600022025001-eng.htm
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from operator import itemgetter
from pathlib import Path
from typing import IO

from actions.representatives.imports.outcome import ImportFailed, ImportRefused

_LONGEST_LINE = 100_000
_ADDRESSES = re.compile(r"Address_.*\.csv", re.IGNORECASE)
_LOCATIONS = re.compile(r"Location_.*\.csv", re.IGNORECASE)
_OLDER_MAP = re.compile(r"FED_(\d{4})_CODE")
_UNREADABLE = (csv.Error, UnicodeError, zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError)


@dataclass(frozen=True)
class RegisterFile:
    """One table; ``archive`` is the zip that holds it, None for a file in a folder."""

    name: str
    path: str
    archive: Path | None

    @contextmanager
    def opened(self) -> Iterator[IO[bytes]]:
        """The bytes. An archive's checksum is checked when the last one is read."""
        if self.archive is None:
            with open(self.path, "rb") as file:
                yield file
        else:
            with zipfile.ZipFile(self.archive) as archive, archive.open(self.path) as file:
                yield file


@dataclass
class RegisterFiles:
    locations: list[RegisterFile] = field(default_factory=list)
    addresses: list[RegisterFile] = field(default_factory=list)

    def add(self, file: RegisterFile) -> None:
        if _ADDRESSES.fullmatch(file.name):
            self.addresses.append(file)
        elif _LOCATIONS.fullmatch(file.name):
            self.locations.append(file)


def register_files(sources: Sequence[str]) -> RegisterFiles:
    """All tables in the given folders and zip archives. Raises ImportFailed and ImportRefused."""
    found = RegisterFiles()
    for source in sources:
        for file in _files_in(Path(source)):
            found.add(file)
    if not found.locations or not found.addresses:
        raise ImportRefused(
            "The source holds no National Address Register: files named Address_….csv and Location_….csv are wanted, "
            f"and {len(found.addresses)} and {len(found.locations)} of them were found."
        )
    names = sorted(file.name.lower() for file in [*found.locations, *found.addresses])
    twice = sorted({name for name, following in pairwise(names) if name == following})
    if twice:
        raise ImportRefused(f"The source holds {', '.join(twice[:5])} twice. Give the files of one release only.")
    return found


def rows(file: RegisterFile, columns: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The wanted columns of every row. Raises ImportRefused for a file that is cut off or has other columns."""
    try:
        with file.opened() as raw:
            reader = csv.reader(_lines(raw, file), strict=True)
            header = [name.strip() for name in next(reader, [])]
            wanted, width = itemgetter(*_places(file, header, columns)), len(header)
            for row in reader:
                if len(row) == width:
                    yield wanted(row)
                elif row:
                    raise ImportRefused(
                        f"{file.name}, line {reader.line_num}, has {len(row)} columns instead of {width}: "
                        "the file looks cut off."
                    )
    except _UNREADABLE as error:
        raise ImportFailed(f"{file.name} cannot be read to its end: {_reason(error)}.") from error
    except RuntimeError as error:  # what zipfile raises for an encrypted archive
        raise ImportFailed(f"{file.name} cannot be read: the archive is encrypted.") from error


def _files_in(path: Path) -> list[RegisterFile]:
    try:
        if path.is_dir():
            return [RegisterFile(file.name, str(file), None) for file in sorted(path.rglob("*")) if file.is_file()]
        with zipfile.ZipFile(path) as archive:
            names = sorted(name for name in archive.namelist() if not name.endswith("/"))
            return [RegisterFile(name.rpartition("/")[2], name, path) for name in names]
    except (*_UNREADABLE, ValueError) as error:
        raise ImportFailed(f"{path} is no folder and no whole zip archive: {_reason(error)}.") from error


def _places(file: RegisterFile, header: list[str], columns: tuple[str, ...]) -> list[int]:
    older = next((match[1] for name in header if (match := _OLDER_MAP.fullmatch(name))), "")
    if older and "FED_CODE" in columns and "FED_CODE" not in header:
        raise ImportRefused(
            f"{file.name} has the ridings of an older electoral map (column FED_{older}_CODE). "
            "The release of July 2025 is the first one with those of 2023."
        )
    missing = [name for name in columns if name not in header]
    if missing:
        raise ImportRefused(f"{file.name} lacks the columns {', '.join(missing)}: it is cut off or has been renamed.")
    return [header.index(name) for name in columns]


def _lines(raw: IO[bytes], file: RegisterFile) -> Iterator[str]:
    """Lines of bounded length; an archive has a checksum, any other file must end with a line break to look whole."""
    buffered = io.BufferedReader(raw)  # type: ignore[type-var]
    is_marked = buffered.peek(3)[:3] == codecs.BOM_UTF8
    encoding, errors = ("utf-8-sig", "strict") if is_marked else ("utf-8", "achk-latin-1")
    text, line = io.TextIOWrapper(buffered, encoding, errors, newline=""), "\n"
    while following := text.readline(_LONGEST_LINE):
        line = following
        if "\0" in line:
            raise ImportRefused(f"{file.name} holds NUL characters: it is no table.")
        if len(line) == _LONGEST_LINE:
            raise ImportRefused(f"{file.name} holds a line of more than {_LONGEST_LINE} characters: it is no table.")
        yield line
    if file.archive is None and not line.endswith(("\n", "\r")):
        raise ImportRefused(f"{file.name} does not end with a line break: it looks cut off.")


def _latin_1(error: UnicodeError) -> tuple[str, int]:
    """What is not UTF-8 in a file without a byte-order mark is Latin-1, as in the releases of 2022 and 2023."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("latin-1"), error.end


def _reason(error: Exception) -> str:
    text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return " ".join(text.split())[:200] or type(error).__name__


codecs.register_error("achk-latin-1", _latin_1)
