"""A reader signs up for updates in three languages, with and without JavaScript, gets one, and leaves by its link."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.demo_site import DemoSite, running_demo
from tests.browser.test_supporter_writes_to_their_mp import LANGUAGES, WAYS, Visit

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Iterator[DemoSite]:
    with running_demo(tmp_path_factory.mktemp("demo")) as site:
        yield site


def sign_up(visit: Visit, reader: str, *, path: str) -> None:
    page, demo = visit.page, visit.demo
    page.goto(f"{demo.url}{path}")
    visit.look()
    page.fill("[data-action=subscribe] [name=email]", reader)
    page.fill("[data-action=subscribe] [name=name]", "陳大文")
    page.fill("[data-action=subscribe] [name=postal_code]", "K1A 0A6")
    visit.press("[data-action=subscribe] button")
    assert page.url == f"{demo.url}/{visit.language}/subscribe/check-your-inbox/"
    sent = demo.mails_to(reader)[0]
    page.goto(re.search(rf"{demo.url}/\S+/confirm/\S+", sent.get_body(("plain",)).get_content())[0])
    visit.look()
    visit.press("[data-action=confirm] button")
    assert not page.locator("[data-action=confirm]").count()


@pytest.mark.parametrize(("language", "javascript"), WAYS)
def test_signing_up_on_the_forms_own_page(browser: Browser, demo: DemoSite, language: str, javascript: bool):
    visit = Visit(browser, demo, language=language, javascript=javascript, width=390)
    sign_up(visit, f"ada.{language}.{javascript}@reader.example", path=f"/{language}/subscribe/")
    visit.leave()


def test_an_update_arrives_in_each_language_and_its_link_leads_off_the_list(browser: Browser, demo: DemoSite):
    readers = {}
    for language in LANGUAGES:
        readers[language] = f"kim.{language}@reader.example"
        visit = Visit(browser, demo, language=language, javascript=True, width=1280)
        sign_up(visit, readers[language], path=f"/{language}/join/")
        visit.leave()
    send_the_drafts_update(browser, demo)
    for language, reader in readers.items():
        update = demo.mails_to(reader, count=2, seconds=90)[1]
        link = re.search(rf"{demo.url}/\S+/leave/\S+", update.get_body(("plain",)).get_content())[0]
        assert update["List-Unsubscribe"].strip() == f"<{link}>"
        visit = Visit(browser, demo, language=language, javascript=language != "fr", width=390)
        visit.page.goto(link)
        visit.look()
        visit.press("[data-action=unsubscribe] button")
        assert not visit.page.locator("[data-action=unsubscribe]").count()
        visit.leave()


def send_the_drafts_update(browser: Browser, demo: DemoSite) -> None:
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.goto(f"{demo.url}/admin/login/")
    page.fill("[name=username]", "editor")
    page.fill("[name=password]", "demo-editor-only")
    page.click("button[type=submit]")
    page.goto(f"{demo.url}/admin/snippets/actions/update/")
    page.click("main a[href*='/update/edit/']")
    page.click("a[href$='/send/']")
    page.click("button[value=send]")
    page.locator("button[value=stop]").wait_for()
    page.context.close()
