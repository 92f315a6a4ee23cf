"""Ridings, a small register of addresses, and its table."""

from pathlib import Path

import pytest

from actions.representatives import postal_table
from actions.representatives.imports.addresses import import_addresses
from actions.representatives.models import Riding
from tests.actions.representatives.imports.register_source import RegisterSource
from tests.actions.representatives.imports.sources import FED_NUMS
from tests.factories.representatives import RidingFactory


@pytest.fixture
def ridings(db):
    Riding.objects.bulk_create(RidingFactory.build(fed_num=number) for number in FED_NUMS)


@pytest.fixture
def source(ridings, tmp_path) -> Path:
    """A folder with a small register: two codes in each riding, the first of them shared with the next riding."""
    return RegisterSource(homes=13_720).write(tmp_path / "202507")


@pytest.fixture
def loaded(source) -> Path:
    import_addresses([str(source)])
    postal_table.forget()
    return source
