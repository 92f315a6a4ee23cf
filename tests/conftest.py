"""What every test starts from: a database of its own, and a process that remembers nothing."""

from __future__ import annotations

import time
from collections.abc import Iterator
from inspect import signature
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.cache.backends import base, locmem
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation
from pytest_django.plugin import blocking_manager_key

from actions.protection import limits
from actions.protection.clock import database_epoch
from tests.databases import fresh_database

# What says that a test has to do with a database; "chaos" starts processes that have.
ON_A_DATABASE = {"db", "transactional_db", "live_server"}
WITH_A_DATABASE = ("django_db", "postgres", "chaos")


def may_use_a_database(item: pytest.Item) -> bool:
    """By a fixture or a mark; or it takes ``request``, by which it can ask for a fixture while it runs."""
    is_marked = any(map(item.get_closest_marker, WITH_A_DATABASE))
    asks = "request" in signature(getattr(item, "function", lambda: None)).parameters
    return is_marked or asks or bool(ON_A_DATABASE & set(getattr(item, "fixturenames", ())))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Start with what takes longest, so that no process is left alone with it at the end.

    On PostgreSQL run what has to do with a database: the rest would say what it has said on SQLite.
    """
    items.sort(key=lambda one: one.get_closest_marker("long") is None)
    if connection.vendor != "postgresql":
        return
    kept = [one for one in items if may_use_a_database(one)]
    config.hook.pytest_deselected(items=list(set(items) - set(kept)))
    items[:] = kept


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker, request) -> Iterator[None]:
    """A copy of the migrated database for this process.

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
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """What a test with real transactions wrote stays: give the next test, if there is one, a fresh copy.

    A hook, because pytest-django is done with the database only after the fixtures of a conftest are torn down.
    """
    yield
    marker = item.get_closest_marker("django_db")
    asks = {"transactional_db", "live_server", "django_db_reset_sequences"} & set(item.fixturenames)
    if nextitem and (asks or (marker and (marker.args or marker.kwargs.get("transaction")))):
        with item.config.stash[blocking_manager_key].unblock():
            fresh_database()


@pytest.fixture(autouse=True)
def _fresh_process() -> None:
    """Nothing of the test before: no cached answer, no postal table, no language that its last request left active."""
    from actions.representatives import postal_table

    cache.clear()
    postal_table.forget()
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def _no_edge_of_a_window() -> Iterator[None]:
    """What a test caches and counts stays until it ends, however busy the machine is and whatever the clock strikes.

    The database is still asked for its clock each time: tests count queries.
    """
    began, asked = time.time(), []
    clock = SimpleNamespace(time=lambda: began)

    def first_epoch() -> int:
        asked.append(database_epoch())
        return asked[0]

    with pytest.MonkeyPatch.context() as patch:
        for module in (locmem, base):
            patch.setattr(module, "time", clock)
        patch.setattr(limits, "database_epoch", first_epoch)
        yield


@pytest.fixture
def outbox_folder(settings, tmp_path: Path) -> Path:
    """Mails go to a folder of the test's own, as the demo's do."""
    settings.OUTBOX_TRANSPORT = "folder"
    settings.OUTBOX_FOLDER = tmp_path / "mail"
    return settings.OUTBOX_FOLDER
