"""The ridings of a postal code, read in this process from the table that ``import_addresses`` made.

The table is loaded when it is first asked for, and once a minute one small query tells whether a newer one is current.
A table that cannot be read is reported and treated like none: the look-up then asks elsewhere.
"""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass

from actions.representatives.postal_format import CompactTable, CorruptTable
from actions.representatives.records import PostalTable

__all__ = ["current_set", "forget", "is_damaged", "is_loaded", "release", "ridings_of"]

logger = logging.getLogger(__name__)

CHECK_EVERY_SECONDS = 60.0


@dataclass(frozen=True)
class _Loaded:
    """What this process knows: ``table`` is None when there is none or when it cannot be read."""

    pk: int | None
    sha256: str
    release: str
    table: CompactTable | None
    check_at: float


_lock = threading.Lock()
_loaded: _Loaded | None = None


def ridings_of(code: str) -> dict[int, int]:
    """Federal numbers with the number of addresses of a normalised code; empty when the table does not know it."""
    table = _current().table
    return table.ridings_of(code) if table is not None else {}


def is_loaded() -> bool:
    """Whether there is a table to ask."""
    return _current().table is not None


def current_set() -> int | None:
    """The primary key of the PostalTable that answers, None when none does."""
    loaded = _current()
    return loaded.pk if loaded.table is not None else None


def release() -> str:
    """The month of the address register in use as YYYY-MM; empty for a table that is not made of it, or none."""
    loaded = _current()
    return loaded.release if loaded.table is not None else ""


def is_damaged() -> bool:
    """Whether there is a table that cannot be read."""
    loaded = _current()
    return loaded.pk is not None and loaded.table is None


def forget() -> None:
    """Read the table anew when it is next asked for, as after an import in this process."""
    global _loaded
    with _lock:
        _loaded = None


def _current() -> _Loaded:
    loaded = _loaded
    if loaded is not None and time.monotonic() < loaded.check_at:
        return loaded
    # While one thread looks, the others go on with what they have; the very first ones wait.
    if not _lock.acquire(blocking=loaded is None):
        assert loaded is not None  # noqa: S101 - only a thread that has a table does not wait
        return loaded
    try:
        return _checked()
    finally:
        _lock.release()


def _checked() -> _Loaded:
    """Look whether another table is current and read it. Called with the lock held."""
    global _loaded
    before, now = _loaded, time.monotonic()
    if before is not None and now < before.check_at:
        return before  # another thread was quicker
    current = PostalTable.objects.filter(is_current=True).order_by("-pk").values_list("pk", "sha256", "release")
    pk, sha256, release = current.first() or (None, "", "")
    table = before.table if before is not None and (before.pk, before.sha256) == (pk, sha256) else None
    if table is None:
        table = _read(pk, sha256)
    _loaded = _Loaded(pk, sha256, release, table, now + CHECK_EVERY_SECONDS)
    return _loaded


def _read(pk: int | None, sha256: str) -> CompactTable | None:
    blob = PostalTable.objects.filter(pk=pk).values_list("content", flat=True).first() if pk else None
    if blob is None:
        return None
    try:
        return CompactTable.from_blob(bytes(blob), sha256)
    except CorruptTable as error:
        logger.error("The postal table %s cannot be read (%s); run import_addresses again", pk, error)
        return None
