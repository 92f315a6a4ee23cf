"""A reader finds resources and comes to an event, in three languages, with and without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.demo_site import DemoSite, running_demo
from tests.browser.test_supporter_writes_to_their_mp import LANGUAGES, WAYS, Visit

pytestmark = pytest.mark.browser
EVENT = "questions-about-the-bill"
LINK = "https://meet.example/questions-about-the-bill"


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Iterator[DemoSite]:
    with running_demo(tmp_path_factory.mktemp("demo")) as site:
        yield site


def link_in(demo: DemoSite, message) -> str:
    """The last link of ours in the mail: the one to confirm, or to give the place back."""
    return re.findall(rf"{demo.url}/\S+/confirm/[0-9a-f]+/", message.get_body(("plain",)).get_content())[-1]


@pytest.mark.parametrize(("language", "javascript"), WAYS)
def test_a_place_is_asked_for_and_given_back(browser: Browser, demo: DemoSite, language: str, javascript: bool):
    guest = f"kim.{language}.{javascript}@guest.example"
    visit = Visit(browser, demo, language=language, javascript=javascript, width=390)
    page = visit.page
    page.goto(f"{demo.url}/{language}/events/")
    visit.look()
    page.click(".news-card__title a")
    page.click(".event-elsewhere summary")
    assert page.locator(".event-elsewhere tr").count() == 7
    visit.look()
    assert LINK not in page.content()
    visit.press("[data-action=event] button[type=submit]")  # nothing typed yet
    visit.look()
    assert page.locator(".error-summary").count() == 1
    visit.complaints.clear()  # Chromium complains of the 422
    page.fill("[data-action=event] [name=name]", "某人")
    page.fill("[data-action=event] [name=email]", guest)
    page.fill("[data-action=event] [name=access_needs]", "字幕")
    visit.press("[data-action=event] button[type=submit]")
    assert page.url == f"{demo.url}/{language}/act/check-your-inbox/"
    page.goto(link_in(demo, demo.mails_to(guest)[0]))
    visit.look()
    visit.press("[data-action=confirm] button")
    visit.look()
    place = demo.mails_to(guest, count=2)[1]
    assert LINK in place.get_body(("plain",)).get_content()
    assert [part.get_filename() for part in place.iter_attachments()] == [f"{EVENT}.ics"]
    page.goto(link_in(demo, place))
    visit.look()
    visit.press("[data-action=withdraw] button")
    visit.look()
    assert not page.locator("[data-action=withdraw]").count()
    visit.leave()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_toolkit_is_found_by_its_kind(browser: Browser, demo: DemoSite, language: str):
    visit = Visit(browser, demo, language=language, javascript=True, width=1280)
    page = visit.page
    page.goto(f"{demo.url}/{language}/resources/")
    visit.look()
    page.click('.news-filter a[href="?kind=toolkit"], .news-filter a[href$="/resources/?kind=toolkit"]')
    visit.look()
    assert page.locator(".news-card").count() == 1
    page.click(".news-card__title a")
    visit.look()
    assert page.locator("[data-action=letter-lookup]").count() == 1
    with page.expect_download() as download:
        page.click(".resource-files a")
    assert download.value.suggested_filename.endswith(".txt")
    page.goto(f"{demo.url}/{language}/resources/webinar-how-a-bill-becomes-law/")
    page.click(".resource-transcript summary")
    visit.look()
    visit.leave()
