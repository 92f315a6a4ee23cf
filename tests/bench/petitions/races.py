"""All races of petitions on one kind of database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.bench.contest import Result
from tests.bench.petitions import counting, proof, signing, staff_list
from tests.bench.petitions.course import MakeDatabase, Size, course
from tests.bench.processes import FOLDER


def run(where: str, make: MakeDatabase, *, size: Size, folder: Path = FOLDER) -> Iterator[Result]:
    """Yield each result as soon as it is there; ``where`` is the database's name."""
    with course(make, size=size, folder=folder) as ground:
        yield signing.run(f"Signing on {where}", ground)
        yield counting.run(f"The number of signatures on {where}", ground)
        yield staff_list.run(f"Staff's list on {where}", ground)
        yield proof.run(f"Signing through kill -9 on {where}", ground)
