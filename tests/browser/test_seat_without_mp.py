"""Somebody in a riding without an MP, and one whose MP supports the bill already, on the demo in three languages."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.demo_site import DemoSite, running_demo
from tests.browser.test_supporter_writes_to_their_mp import WAYS, Visit

pytestmark = pytest.mark.browser

STAND_INS = ("critic.newcomers", "secretary.newcomers", "newcomers")


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Iterator[DemoSite]:
    with running_demo(tmp_path_factory.mktemp("demo")) as site:
        yield site


def find(visit: Visit, postal_code: str) -> None:
    visit.page.goto(f"{visit.demo.url}/{visit.language}/act/letters/safe-harbour/")
    visit.page.fill("[data-action=letter-lookup] [name=postal_code]", postal_code)
    visit.press("[data-action=letter-lookup] button")


@pytest.mark.parametrize(("language", "javascript"), WAYS)
def test_a_letter_from_a_vacant_seat_reaches_those_who_stand_in(
    browser: Browser, demo: DemoSite, language: str, javascript: bool
):
    visit = Visit(browser, demo, language=language, javascript=javascript, width=390)
    page = visit.page
    writer = f"vacant.{language}.{'script' if javascript else 'plain'}@writer.example"
    find(visit, "V7A 5J9")
    assert "Mateo Greyeyes-Hart" in page.inner_text(".summary")
    assert page.locator(".notice--info").count()
    for name, value in (("own_words", "我的家人在香港。"), ("name", "陳大文"), ("email", writer)):
        page.fill(f"[name={name}]", value)
    visit.press("[data-action=letter] button[value=check]:not(.visually-hidden)")
    visit.press("[data-action=letter] button[value=send]")
    link = re.search(r"https?://\S+/confirm/[0-9a-f]{64}/", demo.mails_to(writer)[0].get_body(("plain",)).get_content())
    page.goto(link[0])
    visit.look()
    visit.press("[data-action=confirm] button")
    for mailbox in STAND_INS:
        arrived = demo.mails_to(f"{mailbox}@parliament.example", count=1)
        assert any("我的家人在香港。" in mail.get_content() for mail in arrived)
    visit.leave()


@pytest.mark.parametrize("language", ["en", "fr", "zh-hant"])
def test_an_mp_who_supports_the_bill_is_thanked_and_the_source_is_shown(
    browser: Browser, demo: DemoSite, language: str
):
    visit = Visit(browser, demo, language=language, javascript=True, width=320)
    find(visit, "T2P 2M5")
    assert "Thank you for saying in public" in visit.page.input_value("[name=body]")
    assert visit.page.get_attribute(".mp-card a", "href") == "https://news.example/invented-position"
    visit.leave()
