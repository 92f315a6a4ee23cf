"""Many threads that begin together, each with a database connection of its own, as web processes have."""

from __future__ import annotations

import fcntl
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connections

from tests.databases import MADE

LOCK = MADE / "threads.lock"


def at_once(times: int, work: Callable[[int], Any]) -> list[Any]:
    """Return what ``times`` threads got that began together.

    One test process at a time: PostgreSQL takes a hundred connections, and two crowds of fifty are more than that.
    """
    start = threading.Barrier(times)

    def one(number: int) -> Any:
        start.wait()
        try:
            return work(number)
        finally:
            connections.close_all()

    LOCK.parent.mkdir(parents=True, exist_ok=True)
    with LOCK.open("w") as lock, ThreadPoolExecutor(times) as pool:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return list(pool.map(one, range(times)))
