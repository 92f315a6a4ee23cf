"""A supporter prints the letter to an MP without e-mail, or instead of a mail, and finds out how to call."""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2
import pytest
from playwright.sync_api import Browser

from tests.browser.demo_site import DemoSite, running_demo
from tests.browser.test_supporter_writes_to_their_mp import LANGUAGES, WAYS, Visit

pytestmark = pytest.mark.browser
PDF_BUTTON = "button[data-download]"


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Iterator[DemoSite]:
    with running_demo(tmp_path_factory.mktemp("demo")) as site:
        yield site


def begin(visit: Visit, postal_code: str) -> None:
    visit.page.goto(f"{visit.demo.url}/{visit.language}/act/letters/safe-harbour/")
    visit.page.fill("[data-action=letter-lookup] [name=postal_code]", postal_code)
    visit.press("[data-action=letter-lookup] button")


def unfold(visit: Visit, selector: str) -> None:
    visit.page.locator(f"{selector} >> visible=true").first.click()
    visit.look()


def unfold_phone(visit: Visit) -> None:
    unfold(visit, ".phone summary")
    assert visit.page.locator(".phone a[href='tel:+1-613-555-0100']").is_visible()
    assert visit.page.locator(".phone__script").first.is_visible()
    assert visit.page.locator(".phone__script").count() == (2 if visit.language == "zh-hant" else 1)


def printed(visit: Visit) -> str:
    with visit.page.expect_download() as download:
        visit.page.locator(f"{PDF_BUTTON} >> visible=true").click()
    assert download.value.suggested_filename == "letter.pdf"
    pages = pypdfium2.PdfDocument(download.value.path())
    return " ".join(pages[0].get_textpage().get_text_range().split())


@pytest.mark.parametrize(("language", "javascript"), WAYS)
def test_an_mp_without_an_address_is_written_to_on_paper(
    browser: Browser, demo: DemoSite, language: str, javascript: bool
):
    visit = Visit(browser, demo, language=language, javascript=javascript, width=390)
    begin(visit, "M5V 2T6")
    unfold_phone(visit)
    visit.page.fill("[name=own_words]", "我哋喺香港嘅屋企人搭𨋢。")
    visit.page.fill("[name=name]", "陳大文")
    text = printed(visit)
    assert text.startswith("陳大文 M5V 2T6")
    assert "Juniper Wachowski-Reyes, M.P. House of Commons Ottawa ON K1A 0A6" in text
    assert "我哋喺香港嘅屋企人搭𨋢。" in text
    assert visit.page.input_value("[name=name]") == "陳大文"
    visit.leave()


@pytest.mark.parametrize(("language", "javascript"), WAYS)
def test_printing_the_page_gives_the_letter_and_nothing_else(
    browser: Browser, demo: DemoSite, language: str, javascript: bool
):
    visit = Visit(browser, demo, language=language, javascript=javascript, width=1280)
    begin(visit, "M5V 2T6")
    for name, value in (("own_words", "我哋喺香港。"), ("name", "陳大文"), ("street_address", "1 Invented Street")):
        visit.page.fill(f"[name={name}]", value)
    text = on_paper(visit)
    for part in ("陳大文", "1 Invented Street", "Juniper Wachowski-Reyes, M.P.", "Commons", "我哋喺香港。", "Dear "):
        assert part in text
    for chrome in ("header a >> nth=0", PDF_BUTTON, ".page__title--small", "footer p >> nth=0"):
        assert " ".join(visit.page.inner_text(chrome).split()) not in text
    assert text.startswith("陳大文 1 Invented Street M5V 2T6") is javascript
    visit.leave()


def on_paper(visit: Visit) -> str:
    """What Ctrl+P gives."""
    pages = pypdfium2.PdfDocument(visit.page.pdf(format="Letter"))
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_took_the_pdf_can_still_send_the_mail(browser: Browser, demo: DemoSite, language: str):
    visit = Visit(browser, demo, language=language, javascript=True, width=1280)
    begin(visit, "L3R 0A1")
    visit.page.fill("[name=name]", "Ada Writer")
    visit.page.fill("[name=email]", f"paper.{language}@writer.example")
    visit.press("button[value=check]:not(.visually-hidden)")
    unfold_phone(visit)
    unfold(visit, ".send-yourself summary")
    assert "Dear Ansel Cheung-Barrow," in printed(visit)
    visit.press("button[value=send]")
    assert visit.page.url.endswith(f"/{language}/act/check-your-inbox/")
    visit.leave()
