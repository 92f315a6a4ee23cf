"""The only public script, in a real browser: what it adds, and that nothing is missing without it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from actions.protection.tokens import read_token

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCRIPT = Path(__file__).parents[2] / "achk_site" / "static" / "js" / "action-form.js"
# Waiting is done by locators: wait_for_function polls with eval, which the pages' policy forbids.
SOMETHING = re.compile(".+")


@pytest.fixture(autouse=True)
def sample_site(settings):
    settings.ROOT_URLCONF = "tests.sample_site"


@pytest.fixture
def page(browser: Browser, live_server) -> Iterator[Page]:
    yield from _opened(browser, live_server, javascript=True)


@pytest.fixture
def page_without_script(browser: Browser, live_server) -> Iterator[Page]:
    yield from _opened(browser, live_server, javascript=False)


def _opened(browser: Browser, live_server, *, javascript: bool) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=javascript, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.posts, page.complaints = [], []
    page.on("request", lambda request: page.posts.append(request.post_data) if request.method == "POST" else None)
    page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
    page.goto(f"{live_server.url}/en/sample/page/")
    yield page
    assert not [text for text in page.complaints if "favicon" not in text and "404" not in text]
    assert not context.cookies()
    context.close()


def token_sent(page: Page) -> str:
    return parse_qs(page.posts[-1], keep_blank_values=True)["form_token"][0]


def touch(page: Page) -> None:
    with page.expect_response("**/act/form-token/**"):
        page.fill("[name=name]", "陳大文")
    expect(page.locator("[data-form-token]")).to_have_value(SOMETHING)


def test_the_script_is_small():
    assert SCRIPT.stat().st_size <= 5 * 1024


def test_a_reader_who_touches_nothing_asks_for_nothing(page):
    assert page.input_value("[data-form-token]") == ""


def test_a_writer_brings_one_attempt_and_the_clicked_buttons_value(page):
    touch(page)
    page.click("text=Send")
    page.wait_for_url("**/form/")
    assert read_token(token_sent(page), "letter")
    assert "step=send" in page.posts[-1]
    assert json.loads(page.inner_text("body"))["has_token"]


def test_an_impatient_writer_who_clicks_five_times_sends_once(page):
    touch(page)
    page.evaluate("for (let n = 0; n < 5; n++) document.querySelector('[name=step]').click()")
    page.wait_for_url("**/form/")
    assert len(page.posts) == 1


@pytest.fixture
def held_back(page: Page) -> list[Route]:
    """The page's questions for a token, unanswered; its name is filled in without having been touched."""
    asked: list[Route] = []
    page.route("**/act/form-token/**", lambda route: asked.append(route))  # Playwright marks it
    page.evaluate("document.querySelector('[name=name]').value = 'May'")
    return asked


def answer_first(page: Page, asked: list[Route]) -> None:
    while not asked:
        page.wait_for_timeout(20)
    asked[0].continue_()


def test_a_writer_who_sends_before_the_token_has_come_brings_it_all_the_same(page, held_back):
    page.click("text=Send")
    page.evaluate("for (let n = 0; n < 5; n++) document.querySelector('[name=step]').click()")
    assert not page.posts
    answer_first(page, held_back)
    page.wait_for_url("**/form/")
    assert len(page.posts) == 1
    assert read_token(token_sent(page), "letter")
    assert "step=send" in page.posts[-1]


def test_what_is_pressed_meanwhile_changes_nothing(page, held_back):
    another = "<button name=step value=other>No</button>"
    page.evaluate(f"document.querySelector('form').insertAdjacentHTML('afterbegin', '{another}')")
    page.click("text=Send")
    page.evaluate("document.querySelector('[value=other]').click(); document.querySelector('#link').click()")
    answer_first(page, held_back)
    page.wait_for_url("**/form/")
    assert "step=send" in page.posts[-1]


def test_a_writer_whose_token_hangs_waits_no_longer_than_two_seconds(page, held_back):
    page.click("text=Send")
    page.wait_for_url("**/form/", timeout=8000)
    assert held_back
    assert token_sent(page) == ""
    assert "step=send" in page.posts[-1]


def test_the_next_person_at_the_table_who_goes_back_gets_an_attempt_of_their_own(page):
    touch(page)
    page.click("text=Send")
    page.wait_for_url("**/form/")
    first = token_sent(page)
    page.go_back()
    page.wait_for_selector("[name=step]:not([disabled])")
    expect(page.locator("[data-form-token]")).to_have_value("")
    touch(page)
    page.click("text=Send")
    page.wait_for_url("**/form/")
    assert token_sent(page) not in ("", first)


def test_a_writer_without_script_is_accepted(page_without_script):
    page = page_without_script
    page.fill("[name=name]", "May")
    page.click("text=Send")
    page.wait_for_url("**/form/")
    assert json.loads(page.inner_text("body")) == {"verdict": "accept", "reasons": [], "has_token": False}


def test_a_writer_whose_token_does_not_come_can_send_all_the_same(page):
    page.route("**/act/form-token/**", lambda route: route.abort())
    page.fill("[name=name]", "May")
    page.click("text=Send")
    page.wait_for_url("**/form/")
    assert token_sent(page) == ""
    page.complaints.clear()


def test_a_sharer_copies_the_link_and_hears_that_it_worked(page):
    page.click("text=Copy")
    expect(page.locator("output")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == "https://example.org/"


def test_a_sharer_whose_browser_refuses_is_told(page):
    page.evaluate("navigator.clipboard.writeText = () => Promise.reject(new Error()); null")
    page.click("text=Copy")
    expect(page.locator("output")).to_have_text("Please copy it by hand")


def test_a_writer_sees_how_much_room_is_left(page):
    assert page.inner_text("#left") == "20 characters left"
    page.fill("[name=body]", "香港加油")
    assert page.inner_text("#left") == "16 characters left"
