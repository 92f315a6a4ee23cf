"""A migrated database for one benchmark, made anew each time: a file under var/bench, or one on the server.

Migrating takes half a minute, so it is done once in each run for each kind, and the others are copies.
"""

from __future__ import annotations

import os
import shutil
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

from tests.bench.processes import FOLDER, SETTINGS, carry_out, environment

if TYPE_CHECKING:
    from psycopg import Connection

SERVER_URL = os.environ.get("POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres")
NAME = "achk_bench"


def sqlite_url(name: str = NAME, *, settings: str = SETTINGS, python: str | Path = sys.executable) -> str:
    """Make the file, with the tables of those settings, and return its address."""
    path = _no_file(name)
    shutil.copyfile(_sqlite_model(settings, python), path)
    return f"sqlite:///{path}"


@cache
def _sqlite_model(settings: str, python: str | Path) -> Path:
    path = _no_file(f"{NAME}_model_{settings}")
    _migrate(f"sqlite:///{path}", settings, python)
    return path


def _no_file(name: str) -> Path:
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"{name}.sqlite3"
    for leftover in FOLDER.glob(f"{path.name}*"):
        leftover.unlink()
    return path


def postgres_url(name: str = NAME, *, settings: str = SETTINGS, python: str | Path = sys.executable) -> str | None:
    """Make the database on the server of POSTGRES_URL and return its address; None when no server answers."""
    import psycopg

    try:
        with psycopg.connect(SERVER_URL, autocommit=True, connect_timeout=3) as server:
            _make_anew(server, name, template=_postgres_model(settings, python))
    except psycopg.OperationalError:
        return None
    return _address(name)


@cache
def _postgres_model(settings: str, python: str | Path) -> str:
    import psycopg

    name = f"{NAME}_model_{settings.replace('.', '_')}"
    with psycopg.connect(SERVER_URL, autocommit=True, connect_timeout=3) as server:
        _make_anew(server, name, template="template0")
    _migrate(_address(name), settings, python)
    return name


def _make_anew(server: Connection[Any], name: str, *, template: str) -> None:
    server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())
    server.execute(f"CREATE DATABASE {name} TEMPLATE {template} ENCODING 'UTF8'".encode())


def _address(name: str) -> str:
    return urlunsplit(urlsplit(SERVER_URL)._replace(path=f"/{name}"))


def _migrate(url: str, settings: str, python: str | Path) -> None:
    env = environment(url, DJANGO_SETTINGS_MODULE=settings)
    carry_out("django", "migrate", "--verbosity=0", env=env, python=python)
