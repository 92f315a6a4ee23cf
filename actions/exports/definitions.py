"""What a room says about one kind of export; the page, the files, the log and the alarm are made of it here."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from actions.exports.cells import Cell

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from actions.exports.forms import ExportForm

Choice = Mapping[str, Any]


class Row(NamedTuple):
    """One line of the file, or ``times`` lines that are alike; the file numbers them."""

    cells: tuple[Cell, ...]
    times: int = 1


@dataclass(frozen=True)
class Extent:
    """How many rows there were when they were counted, and the highest row number among them.

    Rows about people must not go beyond ``last``, so that never more leave than the access log says.
    """

    count: int
    last: int = 0


class Export(ABC):
    """One kind of list that may leave as a file. Register it with ``registry.register_export``.

    ``name`` stands in the address, the file's name and the access log; it never changes. ``permission`` is the only one
    that opens it. ``is_personal``: the file names people, so each export of it raises the alarm by mail.
    """

    name: ClassVar[str]
    label: ClassVar[StrOrPromise]
    explanation: ClassVar[StrOrPromise]
    permission: ClassVar[str]
    is_personal: ClassVar[bool]
    form_class: ClassVar[type[ExportForm]]

    @abstractmethod
    def headings(self) -> Sequence[str]:
        """Return what stands over the columns, in the active language."""

    @abstractmethod
    def measure(self, choice: Choice) -> Extent:
        """Count the rows of what was chosen in the form, without reading them."""

    @abstractmethod
    def rows(self, choice: Choice, extent: Extent) -> Iterator[Row]:
        """Yield the rows, read in pieces: memory must not grow with their number.

        No transaction or cursor may stay open between two rows: whoever fetches the file may be slow.
        """

    @abstractmethod
    def in_words(self, choice: Choice) -> str:
        """Say for the access log what was chosen, by numbers and codes; it names nobody."""
