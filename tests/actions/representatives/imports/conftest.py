"""Ridings, a small register of addresses and its table, and members."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from actions.representatives import postal_table
from actions.representatives.imports.addresses import import_addresses
from actions.representatives.imports.members import import_members
from actions.representatives.models import Riding
from tests.actions.representatives.imports.register_source import RegisterSource
from tests.actions.representatives.imports.sources import FED_NUMS, Sources
from tests.factories.representatives import RidingFactory
from tests.kept_rows import kept_rows


def _make_ridings() -> None:
    Riding.objects.bulk_create(RidingFactory.build(fed_num=number) for number in FED_NUMS)


@pytest.fixture
def ridings(db):
    _make_ridings()


@pytest.fixture
def source(ridings, tmp_path) -> Path:
    """A folder with a small register: two codes in each riding, the first of them shared with the next riding."""
    return RegisterSource(homes=13_720).write(tmp_path / "202507")


@pytest.fixture
def loaded(source) -> Path:
    import_addresses([str(source)])
    postal_table.forget()
    return source


@pytest.fixture
def sources(ridings, tmp_path) -> Sources:
    """The lists of the House and of Represent; no member is imported yet."""
    return Sources(tmp_path)


@pytest.fixture(scope="module")
def members(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[None]:
    """Ridings and all their members, imported once for a module: half a second and more each time."""
    folder = tmp_path_factory.mktemp("members")

    def make() -> None:
        _make_ridings()
        import_members(**Sources(folder).write())

    with kept_rows(django_db_blocker, make):
        yield


@pytest.fixture
def imported(members, db, tmp_path) -> Sources:
    """The same lists once more, after everybody was imported."""
    return Sources(tmp_path)
