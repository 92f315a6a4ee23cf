"""A loaded demo with its files in a folder of the tests' own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings

from tests.crawling import crawl, text_of
from tests.databases import fresh_database, use_loaded_demo


@pytest.fixture(scope="class")
def demo_rows(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Path]:
    """The loaded demo for a class. Gives its folder of files."""
    folder = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=folder):
        use_loaded_demo()
    yield folder
    with django_db_blocker.unblock():
        fresh_database()


@pytest.fixture
def demo_site(demo_rows, db, settings):
    settings.MEDIA_ROOT = demo_rows


@pytest.fixture(scope="class")
def found(demo_rows, django_db_blocker) -> dict[str, HttpResponse]:
    """What a stranger's crawl finds, once for all tests. Payments are open, which asks nobody yet."""
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=demo_rows, STRIPE_SECRET_KEY="sk_test_never_used"):
        return crawl(Client().get)


@pytest.fixture(scope="class")
def pages(found) -> dict[str, str]:
    """Address and HTML of each page."""
    html = {path: one for path, one in found.items() if "html" in one.get("Content-Type", "")}
    return {path: text_of(one) for path, one in html.items() if one.status_code == 200}
