"""A supporter writes to the MP of K1A 0A6, in three languages, with and without JavaScript, on the demo itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.demo_site import DemoSite, running_demo

pytestmark = pytest.mark.browser
MEMBER = "imogen.tallwater@parliament.example"
LANGUAGES = {"en": "en-CA", "fr": "fr-CA", "zh-hant": "zh-Hant-HK"}
OWN_WORDS = "我的家人在香港。\nCela compte pour moi."
WAYS = [(language, javascript) for language in LANGUAGES for javascript in (True, False)]


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Iterator[DemoSite]:
    with running_demo(tmp_path_factory.mktemp("demo")) as site:
        yield site


class Visit:
    """One person's browser: collects what must never happen, and checks accessibility as it goes."""

    def __init__(self, browser: Browser, demo: DemoSite, *, language: str, javascript: bool, width: int) -> None:
        self.context = browser.new_context(java_script_enabled=javascript, viewport={"width": width, "height": 800})
        self.page: Page = self.context.new_page()
        self.demo, self.language, self.javascript = demo, language, javascript
        self.complaints: list[str] = []
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._stays_here)
        self.page.on("response", self._is_fine)

    def _stays_here(self, request) -> None:
        if not request.url.startswith((self.demo.url, "data:")):
            self.complaints.append(f"asked elsewhere: {request.url}")

    def _is_fine(self, response) -> None:
        if response.status >= 400:
            self.complaints.append(f"{response.status} {response.url}")

    def look(self) -> None:
        """What holds on every page: its language, no sideways scrolling, no axe violation."""
        assert self.page.get_attribute("html", "lang") == LANGUAGES[self.language]
        if self.javascript:
            too_wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
            assert not self.page.evaluate(too_wide), self.page.url
            found = Axe().run(self.page)
            assert not found.violations_count, f"{self.page.url}\n{found.generate_report()}"

    def press(self, selector: str) -> None:
        self.follow(selector)
        self.look()

    def follow(self, selector: str) -> None:
        with self.page.expect_navigation():  # a click may wait for its form's token
            self.page.locator(f"{selector} >> visible=true").first.click()

    def leave(self) -> None:
        assert not self.context.cookies()
        assert not self.complaints
        self.context.close()


@pytest.mark.parametrize(("language", "javascript"), WAYS)
def test_from_the_front_page_to_the_mps_inbox(browser: Browser, demo: DemoSite, language: str, javascript: bool):
    visit = Visit(browser, demo, language=language, javascript=javascript, width=390)
    page = visit.page
    writer = f"ada.{language}.{'script' if javascript else 'plain'}@writer.example"
    page.goto(f"{demo.url}/{language}/")
    visit.look()
    visit.press("main .button--primary")
    page.fill("[data-action=letter-lookup] [name=postal_code]", "k1a 0a6")
    visit.press("[data-action=letter-lookup] button")
    assert "Imogen Tallwater" in page.inner_text(".mp-card")
    page.fill("[name=own_words]", OWN_WORDS)
    page.fill("[name=body]", f"Please vote for Bill C-987.\n\n(written in {language})")
    page.fill("[name=name]", "陳大文 Ada")
    page.fill("[name=email]", writer)
    page.fill("[name=street_address]", "1 Invented Street")
    visit.press("button[value=check]:not(.visually-hidden)")
    assert writer in page.inner_text(".big-address")
    assert "I live in the riding of Ottawa Centre (K1A 0A6)." in page.inner_text(".sheet")
    visit.press("button[value=send]")
    assert page.url == f"{demo.url}/{language}/act/check-your-inbox/"
    sent = demo.mails_to(writer)[0]
    link = re.search(rf"{demo.url}/\S+/confirm/\S+", sent.get_body(("plain",)).get_content())[0]
    page.goto(link)
    visit.look()
    assert not [mail for mail in demo.mails_to(MEMBER, count=0) if writer in str(mail["Reply-To"])]
    visit.press("[data-action=confirm] button")
    visit.leave()
    letter = the_letter(demo, writer)
    assert letter["From"] == "陳大文 Ada <no-reply@mail.achk.test>"
    text = letter.get_body(("plain",)).get_content()
    assert text.startswith(
        "Dear Imogen Tallwater,\n\nI live in the riding of Ottawa Centre (K1A 0A6).\n\n我的家人在香港。"
    )
    assert f"(written in {language})" in text


def the_letter(demo: DemoSite, writer: str):
    """The one letter whose answers go to the writer; the demo's pace lets letters to one MP leave one by one."""
    for count in range(1, len(WAYS) + 1):
        mine = [mail for mail in demo.mails_to(MEMBER, count=count) if writer in str(mail["Reply-To"])]
        if mine:
            return mine[0]
    raise AssertionError(f"no letter to {MEMBER} answers to {writer}")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_the_menu_is_accessible_and_stays_within_the_screen(
    browser: Browser, demo: DemoSite, language: str, width: int
):
    visit = Visit(browser, demo, language=language, javascript=True, width=width)
    visit.page.goto(f"{demo.url}/{language}/")
    visit.look()
    paths = visit.page.eval_on_selector_all("header a, footer a", "links => links.map(link => link.href)")
    for path in sorted({path for path in paths if path.startswith(f"{demo.url}/{language}/")}):
        visit.page.goto(path)
        visit.look()
    visit.leave()


@pytest.mark.parametrize(
    ("postal_code", "shown"),
    [
        ("K1A 0A1", "[name=riding]"),
        ("V7A 5J9", ".notice--info"),
        ("M5V 2T6", ".notice--info"),
        ("T2P 2M5", ".notice--info"),
        ("H0H 0H0", "[name=province]"),
    ],
)
def test_two_ridings_a_vacant_seat_no_address_and_an_unknown_code_have_a_way_on(
    browser: Browser, demo: DemoSite, postal_code: str, shown: str
):
    visit = Visit(browser, demo, language="en", javascript=True, width=390)
    visit.page.goto(f"{demo.url}/en/act/letters/safe-harbour/")
    visit.page.fill("[data-action=letter-lookup] [name=postal_code]", postal_code)
    visit.press("[data-action=letter-lookup] button")
    assert visit.page.locator(shown).count()
    visit.leave()


@pytest.mark.parametrize(("language", "javascript"), WAYS)
def test_the_street_address_finds_the_riding_of_a_code_in_two_and_never_guesses(
    browser: Browser, demo: DemoSite, language: str, javascript: bool
):
    visit = Visit(browser, demo, language=language, javascript=javascript, width=320)
    page = visit.page
    page.goto(f"{demo.url}/{language}/act/letters/safe-harbour/")
    page.fill("[data-action=letter-lookup] [name=postal_code]", "K1A 0A1")
    visit.press("[data-action=letter-lookup] button")
    assert page.locator("[name=riding]").count() == 2
    page.fill("[name=street_address]", "999 Example St W")
    visit.press("main [name=settle]")
    assert page.locator(".notice--info").is_visible()
    assert page.locator("[name=riding]").count() == 2
    page.fill("[name=street_address]", "Unit 4, 123 Example Street West")
    page.press("[name=street_address]", "Enter")
    page.locator(".mp-card").wait_for()
    visit.look()
    assert "Thibault Nkemelu-Roy" in page.inner_text(".mp-card")
    assert page.input_value("[name=street_address]") == "Unit 4, 123 Example Street West"
    visit.leave()


def test_the_bottom_bar_of_a_phone_steps_aside_for_the_form(browser: Browser, demo: DemoSite):
    visit = Visit(browser, demo, language="en", javascript=True, width=390)
    page, bar = visit.page, visit.page.locator(".action-bar")
    page.set_viewport_size({"width": 390, "height": 300})
    page.goto(f"{demo.url}/en/take-action/safe-harbour/")
    bar.wait_for(state="visible")
    page.locator("[name=postal_code]").scroll_into_view_if_needed()
    bar.wait_for(state="hidden")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    bar.wait_for(state="visible")
    visit.leave()


def test_without_script_the_bottom_bar_covers_nothing_for_good(browser: Browser, demo: DemoSite):
    visit = Visit(browser, demo, language="en", javascript=False, width=390)
    visit.page.goto(f"{demo.url}/en/take-action/safe-harbour/")
    bar = visit.page.locator(".action-bar")
    assert bar.is_visible()
    visit.page.locator(".site-footer a").last.scroll_into_view_if_needed()
    story, below = visit.page.locator(".action-layout__story").bounding_box(), bar.bounding_box()
    assert story["y"] + story["height"] <= below["y"]
    visit.leave()
