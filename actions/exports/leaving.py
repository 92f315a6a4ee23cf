"""An export on its way to somebody: its place among the few at once, its language, and what became of it."""

from __future__ import annotations

import logging
import threading
import weakref
from collections.abc import Iterator

from django.utils import translation

logger = logging.getLogger(__name__)

# Each keeps a thread and a database connection of the process busy for as long as it is fetched; a process has four
# threads (docs/deployment.md), so visitors always have two left.
AT_ONCE = 2
_places = threading.BoundedSemaphore(AT_ONCE)


class AllBusy(Exception):
    """As many exports as a process carries at once are on their way."""


class Place:
    """One of the few; it is free again when it is given back, at the latest when nobody holds it any more."""

    def __init__(self) -> None:
        """Take a place; raise AllBusy when there is none."""
        if not _places.acquire(blocking=False):
            raise AllBusy
        self.give_back = weakref.finalize(self, _places.release)  # a second call does nothing


class Leaving:
    """The pieces of a file for a StreamingHttpResponse, which closes it whatever happens.

    An error goes up to the server, which then breaks the connection off: no shorter file passes for the whole.
    """

    def __init__(self, pieces: Iterator[bytes], *, entry: int, place: Place) -> None:
        """``entry`` is the number of the access log's entry."""
        self._pieces, self._entry, self._place = pieces, entry, place
        self._language, self._is_whole = translation.get_language(), False

    def __iter__(self) -> Leaving:
        return self

    def __next__(self) -> bytes:
        # The admin's language ends with the view, and the rows are made after it.
        with translation.override(self._language):
            try:
                return next(self._pieces)
            except StopIteration:
                self._is_whole = True
                raise

    def close(self) -> None:
        if self._place.give_back.alive and not self._is_whole:
            logger.warning("the export of access log entry %d broke off before its end", self._entry)
        self._pieces.close()  # type: ignore[attr-defined]  # generators have it
        self._place.give_back()
