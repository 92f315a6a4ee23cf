"""On what the figures were measured."""

from __future__ import annotations

import os
import platform
import sqlite3
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tests.bench.databases import SERVER_URL


def description() -> dict[str, Any]:
    """Return machine and versions; no names of hosts or people."""
    return {
        "processor": processor(),
        "cores": os.cpu_count(),
        "system": platform.system(),
        "python": platform.python_version(),
        "django": version("django"),
        "sqlite": sqlite3.sqlite_version,
        "postgresql": postgres_version(),
        "load_at_start": round(os.getloadavg()[0], 2),
    }


def processor() -> str:
    with suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "unknown"


def postgres_version() -> str:
    """Return the server's version, or an empty text when none answers."""
    import psycopg

    with suppress(psycopg.OperationalError), psycopg.connect(SERVER_URL, connect_timeout=3) as server:
        return str(server.info.server_version // 10_000)
    return ""


def is_busy() -> bool:
    """Return whether others use the machine so much that only ratios, and those with care, mean anything."""
    return os.getloadavg()[0] > (os.cpu_count() or 1) / 2
