"""A loaded demo with its files in a folder of the tests' own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings

from achk_site.demo.loader import load_demo
from tests.crawling import crawl, text_of
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
