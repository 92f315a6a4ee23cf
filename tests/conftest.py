"""One migrated database, made once per state of the code and copied for every test process."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation
from pytest_django.plugin import blocking_manager_key

ROOT = Path(__file__).resolve().parent.parent
MIGRATED = ROOT / "var" / "test"


def state_of_migrations() -> str:
    """Return a hash of every migration and of the locked versions: what a migrated database depends on."""
    digest = hashlib.sha256()
    for path in sorted([*ROOT.glob("*/migrations/*.py"), ROOT / "requirements" / "base.txt"]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker, request) -> Iterator[None]:
    """Migrations take some fifteen seconds, so SQLite files are copied from one migrated file.

    Django would empty every table after a test with real transactions, for seconds on PostgreSQL; the copy that the
    next test gets makes that needless.
    """
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: None)
        drop = fresh_database()
        yield
        connection.close()
        drop()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """What a test with real transactions wrote stays: give the next test a fresh copy.

    A hook, because pytest-django is done with the database only after the fixtures of a conftest are torn down.
    """
    yield
    marker = item.get_closest_marker("django_db")
    asks = {"transactional_db", "live_server", "django_db_reset_sequences"} & set(item.fixturenames)
    if asks or (marker and (marker.args or marker.kwargs.get("transaction"))):
        with item.config.stash[blocking_manager_key].unblock():
            fresh_database()


def fresh_database() -> Callable[[], None]:
    """Copy the migrated database, making it first where there is none; returns what removes the copy."""
    MIGRATED.mkdir(parents=True, exist_ok=True)
    with (MIGRATED / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return copied_file() if connection.vendor == "sqlite" else copied_server_database()


def copied_file() -> Callable[[], None]:
    """Use a copy of the migrated SQLite file; it stays behind for a look after a failure."""
    name = Path(settings.DATABASES["default"]["TEST"]["NAME"])
    template = MIGRATED / f"migrated-{state_of_migrations()}.sqlite3"
    connection.close()
    for leftover in name.parent.glob(f"{name.name}*"):
        leftover.unlink()
    use_database(str(name))
    if template.exists():
        shutil.copyfile(template, name)
    else:
        call_command("migrate", verbosity=0, interactive=False)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(template)])
        connection.close()
    return lambda: None


def copied_server_database() -> Callable[[], None]:
    """Use a copy of the migrated PostgreSQL database, made by the server itself."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    checkout = hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]  # two checkouts may share one server
    template, name = f"achk_migrated_{state_of_migrations()}", f"achk_test_{checkout}_{worker}"
    if not on_server("SELECT 1 FROM pg_database WHERE datname = %s", [template]):
        on_server(f"CREATE DATABASE \"{template}\" TEMPLATE template0 ENCODING 'UTF8'")
        use_database(template)
        call_command("migrate", verbosity=0, interactive=False)
    drop = f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'
    on_server(drop)
    on_server(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    use_database(name)
    return lambda: on_server(drop) and None


def use_database(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = name


def on_server(statement: str, values: list[str] | None = None) -> list[tuple]:
    """Run one statement in the server's own database, outside any transaction."""
    import psycopg

    use_database("postgres")
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as server:
        cursor = server.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


@pytest.fixture(autouse=True)
def _fresh_process() -> None:
    """Nothing of the test before: no cached answer, no postal table, no language that its last request left active."""
    from actions.representatives import postal_table

    cache.clear()
    postal_table.forget()
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture
def outbox_folder(settings, tmp_path: Path) -> Path:
    """Mails go to a folder of the test's own, as the demo's do."""
    settings.OUTBOX_TRANSPORT = "folder"
    settings.OUTBOX_FOLDER = tmp_path / "mail"
    return settings.OUTBOX_FOLDER
