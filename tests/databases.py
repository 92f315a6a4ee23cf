"""Databases made once per state of the code and copied for every test process: a migrated one, and the loaded demo.

Migrations take some fifteen seconds and the demo as long; a copy of a file takes a moment, also for PostgreSQL.
Each is made under another name and gets its own when it is whole: a process that is killed leaves no half of one.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp
from zoneinfo import ZoneInfo

import psycopg
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection

from tests.loaded_demo import load
from tests.put_back import FirstRows, first_rows, put_back

ROOT = Path(__file__).resolve().parent.parent
MADE = ROOT / "var" / "test"
OTTAWA = ZoneInfo("America/Toronto")
APPS = ("achk_site", "actions", "blog", "home", "resources", "search")
CHECKOUT = hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]  # two checkouts may share one server

# By name of a copy on the server: its template, and what it held at first.
_copies: dict[str, tuple[str, FirstRows]] = {}


def state_of_migrations() -> str:
    """Return a hash of every migration and of the locked versions: what a migrated database depends on."""
    return _hash_of([*ROOT.glob("*/migrations/*.py"), ROOT / "requirements" / "base.txt"])


def state_of_demo() -> str:
    """Return a hash of all code and texts, and of the day here and in UTC, from which the demo's dates are counted."""
    sources = [path for app in APPS for kind in ("*.py", "*.po") for path in (ROOT / app).rglob(kind)]
    sources += [*(ROOT / "templates" / "emails").rglob("*.*"), ROOT / "tests" / "loaded_demo.py"]
    # Also asked by `make bench` and `make screens`, which have no settings.
    days = (str(now().astimezone(zone).date()) for zone in (UTC, OTTAWA))
    return _hash_of(sources, state_of_migrations(), *days)


def now() -> datetime:
    return datetime.now(UTC)


def migrated_file() -> Path:
    return MADE / f"migrated-{state_of_migrations()}.sqlite3"


def fresh_database() -> Callable[[], None]:
    """Let this process use a copy of the migrated database; returns what removes the copy."""
    with _one_at_a_time():
        if connection.vendor == "sqlite":
            return _copied_file(_migrated_file_made())
        return _copied_server_database(_migrated_on_server())


def use_loaded_demo() -> None:
    """Let this process use a copy of the loaded demo, with its files in MEDIA_ROOT."""
    with _one_at_a_time():
        if connection.vendor == "sqlite":
            file, media = _demo_file()
            _copied_file(file)
        else:
            name, media = _demo_on_server()
            _copied_server_database(name)
        shutil.copytree(media, settings.MEDIA_ROOT, dirs_exist_ok=True)
    cache.clear()


def copy_loaded_demo(database: Path) -> None:
    """Put the loaded demo into an SQLite file for a demo of its own, which looks for files in ``var/media``."""
    with _one_at_a_time():
        file, media = _demo_file()
        shutil.copyfile(file, database)
        shutil.copytree(media, ROOT / "var" / "media", dirs_exist_ok=True)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    MADE.mkdir(parents=True, exist_ok=True)
    with (MADE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _making() -> Iterator[Path]:
    """Give a new folder to make something in, and sweep away what killed processes have left."""
    for left_behind in MADE.glob("new-*"):
        shutil.rmtree(left_behind, ignore_errors=True)
    folder = Path(mkdtemp(prefix="new-", dir=MADE))
    yield folder
    shutil.rmtree(folder)


def _hash_of(paths: Iterable[Path], *others: str) -> str:
    digest = hashlib.sha256("\n".join(others).encode())
    for path in sorted(paths):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _migrated_file_made() -> Path:
    if not (file := migrated_file()).exists():
        with _making() as folder:
            _use(str(folder / "work.sqlite3"))
            call_command("migrate", verbosity=0, interactive=False)
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(folder / "whole.sqlite3")])
            connection.close()
            (folder / "whole.sqlite3").rename(file)
    return file


def _demo_file() -> tuple[Path, Path]:
    """The file of the loaded demo and the folder with its pictures; another process makes them."""
    file = MADE / f"demo-{state_of_demo()}.sqlite3"
    media = file.with_suffix(".media")
    if not (file.exists() and media.exists()):
        for old in MADE.glob("demo-*.sqlite3"):
            old.unlink()
        _remove_folders("demo-*.media")
        with _making() as folder:
            new = folder / "work.sqlite3"
            if migrated_file().exists():
                shutil.copyfile(migrated_file(), new)
            load(f"sqlite:///{new}", media=folder / "media", into=folder / "whole.sqlite3")
            (folder / "media").rename(media)
            (folder / "whole.sqlite3").rename(file)
    return file, media


def _remove_folders(names: str) -> None:
    for old in MADE.glob(names):
        shutil.rmtree(old)


def _own_file() -> Path:
    return Path(settings.DATABASES["default"]["TEST"]["NAME"])


def _copied_file(template: Path) -> Callable[[], None]:
    """Use a copy of an SQLite file; it stays behind for a look after a failure.

    Its first connection switches the write-ahead log on, as in a site's own file: many threads that open a copy without
    one in the same moment race to do so, and who loses is told at once that the file is locked.
    """
    connection.close()
    _remove(_own_file())
    _use(str(_own_file()))
    shutil.copyfile(template, _own_file())
    connection.ensure_connection()
    return lambda: None


def _remove(file: Path) -> None:
    for leftover in file.parent.glob(f"{file.name}*"):
        leftover.unlink()


def _migrated_on_server() -> str:
    name = f"achk_migrated_{CHECKOUT}_{state_of_migrations()}"
    if not _exists(name):
        _drop_all(f"achk_migrated_{CHECKOUT}_%")
        on_server(f"CREATE DATABASE \"{name}_new\" TEMPLATE template0 ENCODING 'UTF8'")
        _use(f"{name}_new")
        call_command("migrate", verbosity=0, interactive=False)
        on_server(f'ALTER DATABASE "{name}_new" RENAME TO "{name}"')
    return name


def _demo_on_server() -> tuple[str, Path]:
    from tests.chaos.workers import database_url

    name = f"achk_demo_{CHECKOUT}_{state_of_demo()}"
    media = MADE / f"{name}.media"
    if not (_exists(name) and media.exists()):
        _drop_all(f"achk_demo_{CHECKOUT}_%")
        _remove_folders("achk_demo_*.media")
        new = f"{name}_new"
        on_server(f'CREATE DATABASE "{new}" TEMPLATE "{_migrated_on_server()}"')
        _use(new)
        load(database_url(), media=media)
        on_server(f'ALTER DATABASE "{new}" RENAME TO "{name}"')
    return name, media


def _drop_all(names: str) -> None:
    for [old] in on_server("SELECT datname FROM pg_database WHERE datname LIKE %s", [names]):
        on_server(f'DROP DATABASE "{old}" WITH (FORCE)')


def _copied_server_database(template: str) -> Callable[[], None]:
    """Use a copy of a PostgreSQL database, made by the server itself unless the one in use can be put back."""
    name = f"achk_test_{CHECKOUT}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    drop = f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'
    if not _is_put_back(name, template):
        _copies.pop(name, None)
        on_server(drop)
        on_server(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        with _session(name) as server:
            _copies[name] = (template, first_rows(server))
    return lambda: on_server(drop) and None


def _is_put_back(name: str, template: str) -> bool:
    copied, first = _copies.get(name, ("", None))
    if copied != template or first is None:
        return False
    with _session(name) as server:
        return put_back(server, first)


def _use(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = name


def _exists(name: str) -> bool:
    return bool(on_server("SELECT 1 FROM pg_database WHERE datname = %s", [name]))


def on_server(statement: str, values: list[str] | None = None) -> list[tuple]:
    """Run one statement in the server's own database, outside any transaction."""
    with _session("postgres") as server:
        cursor = server.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


@contextmanager
def _session(name: str) -> Iterator[psycopg.Connection]:
    """Use a database of the server; gives a session of its own outside any transaction."""
    _use(name)
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as server:
        yield server
