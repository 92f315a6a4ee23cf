"""Rows that many tests start from and none of them changes for the others: made once for a module."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker


@contextmanager
def kept_rows(blocker: DjangoDbBlocker, make: Callable[[], object]) -> Iterator[None]:
    """Make rows in a transaction around those of the tests, each of which is rolled back to them; at last they go, too.

    For a fixture of a module or class whose tests have no real transactions: only their own connection sees the rows.
    """
    with blocker.unblock(), transaction.atomic():
        make()
        with blocker.block():
            yield
        transaction.set_rollback(True)
