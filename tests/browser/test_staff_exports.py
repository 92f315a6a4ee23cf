"""Staff let a list leave as a file: they count, give a reason, and get it, with and without scripts."""

from __future__ import annotations

import csv
from collections.abc import Iterator

import openpyxl
import pytest
from django.conf import settings as project
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import Browser, Page

from tests.browser.test_staff_policy import LISTEN, go
from tests.browser.test_staff_sees_how_it_goes import look
from tests.databases import use_loaded_demo
from tests.factories.subscribers import subscribed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
REASON = "Paper invitations to the rally of 3 May"


@pytest.fixture
def page(browser: Browser, live_server, request) -> Iterator[Page]:
    use_loaded_demo()
    for number in range(3):
        subscribed(name=f"=Reader {number}")
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("root", "root@example.org", "x"))
    chosen = getattr(request, "param", {})
    context = browser.new_context(viewport={"width": 1280, "height": 1000}, base_url=live_server.url, **chosen)
    session = client.cookies[project.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": project.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    context.add_init_script(LISTEN)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("page", [{}, {"java_script_enabled": False}], indirect=True)
def test_staff_count_give_a_reason_and_get_the_file(page, tmp_path):
    page.goto("/admin/exports/")
    page.get_by_role("link", name="Subscribers").last.click()
    page.get_by_role("button", name="Only count the rows").click()
    page.get_by_text("3 rows fit this choice.").wait_for()
    page.get_by_label("Why is this file needed?").fill("short")
    page.get_by_role("button", name="Export", exact=True).click()
    assert page.get_by_label("Why is this file needed?").input_value() == "short"
    page.get_by_label("Why is this file needed?").fill(REASON)
    with page.expect_download() as started:
        page.get_by_role("button", name="Export", exact=True).click()
    sheet = openpyxl.load_workbook(save(started.value, tmp_path)).active
    assert [row[1].value for row in sheet.iter_rows(min_row=2)] == ["=Reader 0", "=Reader 1", "=Reader 2", "rows 3"]
    page.get_by_label("CSV").check()
    with page.expect_download() as started:
        page.get_by_role("button", name="Export", exact=True).click()
    rows = list(csv.reader(save(started.value, tmp_path).open(encoding="utf-8-sig")))
    assert [row[1] for row in rows[1:]] == ["'=Reader 0", "'=Reader 1", "'=Reader 2", "rows 3"]
    page.reload()
    assert page.get_by_role("cell", name=REASON).count() == 2


def save(download, folder):
    path = folder / download.suggested_filename
    download.save_as(path)
    return path


@pytest.mark.parametrize("page", [{"color_scheme": "light"}, {"color_scheme": "dark"}], indirect=True)
def test_the_pages_are_accessible_and_keep_the_policy(page):
    for path in ("exports/", "exports/subscribers/", "exports/signatures/"):
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 1000})
            go(page, f"/admin/{path}")
            look(page)
            for chooser in page.locator("main select").all():
                box = chooser.bounding_box()
                assert box["x"] + box["width"] <= width
