"""A supporter signs the demo's petition, in three languages, with and without JavaScript, and takes it back again."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.demo_site import DemoSite, running_demo
from tests.browser.test_supporter_writes_to_their_mp import LANGUAGES, Visit

pytestmark = pytest.mark.browser
PETITION = "act/petitions/keep-the-door-open"
SIGN = "form[data-action=petition] button.button--primary"
WAYS = [(language, True) for language in LANGUAGES] + [("en", False)]


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Iterator[DemoSite]:
    with running_demo(tmp_path_factory.mktemp("demo")) as site:
        yield site


def fill(visit: Visit, email: str, **fields: str) -> None:
    for name, value in {"name": "陳大文 Ada", "email": email, "postal_code": "k1a 0a6", **fields}.items():
        visit.page.fill(f"form[data-action=petition] [name={name}]", value)


def link_in_the_mail(demo: DemoSite, email: str) -> str:
    mail = demo.mails_to(email)[0]
    return re.search(rf"{demo.url}/\S+/confirm/\S+", mail.get_body(("plain",)).get_content())[0]


@pytest.mark.parametrize(("language", "javascript"), WAYS)
def test_from_the_action_page_to_the_thank_you_and_back(
    browser: Browser, demo: DemoSite, language: str, javascript: bool
):
    visit = Visit(browser, demo, language=language, javascript=javascript, width=390)
    signer = f"ada.{language}.{'script' if javascript else 'plain'}@signer.example"
    visit.page.goto(f"{demo.url}/{language}/take-action/keep-the-door-open/")
    visit.look()
    fill(visit, signer)
    visit.page.check("[name=show_name]")
    visit.press(SIGN)
    assert visit.page.url == f"{demo.url}/{language}/act/check-your-inbox/"
    visit.page.goto(link_in_the_mail(demo, signer))
    visit.look()
    visit.press("[data-action=confirm] button")
    assert visit.page.locator(".next-step").is_visible()
    visit.page.click("summary >> nth=-1")
    visit.press("[data-action=withdraw] button")
    assert not visit.page.locator("[data-action=withdraw]").count()
    visit.leave()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mistake_keeps_what_was_typed_and_the_language_can_still_be_changed(
    browser: Browser, demo: DemoSite, language: str
):
    visit = Visit(browser, demo, language=language, javascript=True, width=320)
    visit.page.goto(f"{demo.url}/{language}/{PETITION}/")
    visit.look()
    fill(visit, "no address")
    visit.press(SIGN)
    assert visit.page.locator(".error-summary").is_visible()
    assert visit.page.input_value("[name=name]") == "陳大文 Ada"
    visit.language = "fr" if language != "fr" else "zh-hant"
    visit.press(f"header .languages button[lang={LANGUAGES[visit.language]}]")
    assert visit.page.input_value("[name=email]") == "no address"
    visit.complaints = [text for text in visit.complaints if "422" not in text]
    visit.leave()


def test_who_is_in_hong_kong_now_is_warned_and_can_stop(browser: Browser, demo: DemoSite):
    visit = Visit(browser, demo, language="zh-hant", javascript=True, width=390)
    visit.page.goto(f"{demo.url}/zh-hant/{PETITION}/")
    fill(visit, "careful@signer.example")
    visit.page.check("[name=is_at_risk]")
    visit.press(SIGN)
    visit.press(".action-card a.button")
    assert visit.page.input_value("[name=email]") == ""
    assert demo.mails_to("careful@signer.example", seconds=3) == []
    visit.leave()
