"""A migrated database for one benchmark, made anew each time: a file under var/bench, or one on the server."""

from __future__ import annotations

import os
from urllib.parse import urlsplit, urlunsplit

from tests.bench.processes import FOLDER, carry_out, environment

SERVER_URL = os.environ.get("POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres")
NAME = "achk_bench"


def sqlite_url() -> str:
    """Make the file and return its address."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"{NAME}.sqlite3"
    for leftover in FOLDER.glob(f"{path.name}*"):
        leftover.unlink()
    return _migrated(f"sqlite:///{path}")


def postgres_url() -> str | None:
    """Make the database on the server of POSTGRES_URL and return its address; None when no server answers."""
    import psycopg

    try:
        with psycopg.connect(SERVER_URL, autocommit=True, connect_timeout=3) as server:
            server.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
            server.execute(f"CREATE DATABASE {NAME} TEMPLATE template0 ENCODING 'UTF8'")
    except psycopg.OperationalError:
        return None
    return _migrated(urlunsplit(urlsplit(SERVER_URL)._replace(path=f"/{NAME}")))


def _migrated(url: str) -> str:
    carry_out("django", "migrate", "--verbosity=0", env=environment(url))
    return url
