"""A loaded demo with its files in a folder of the tests' own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings

from achk_site.demo.loader import load_demo
from tests.kept_rows import kept_rows


@pytest.fixture(scope="class")
def demo_rows(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Path]:
    """The demo, loaded once for a class: a second on SQLite and several on PostgreSQL. Gives its folder of files."""
    folder = tmp_path_factory.mktemp("media")
    with override_settings(MEDIA_ROOT=folder), kept_rows(django_db_blocker, load_demo):
        yield folder


@pytest.fixture
def demo_site(demo_rows, db, settings):
    settings.MEDIA_ROOT = demo_rows
