"""A supporter goes from the demo's petition to its sheet for the House, in three languages; staff see the share kit."""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2
import pytest
from playwright.sync_api import Browser, expect

from tests.browser.demo_site import DemoSite, running_demo
from tests.browser.test_supporter_writes_to_their_mp import LANGUAGES, Visit

pytestmark = pytest.mark.browser
PETITION = "act/petitions/keep-the-door-open"
WAYS = [*((language, width, True) for language in LANGUAGES for width in (320, 1280)), ("zh-hant", 390, False)]


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Iterator[DemoSite]:
    with running_demo(tmp_path_factory.mktemp("demo")) as site:
        yield site


@pytest.mark.parametrize(("language", "width", "javascript"), WAYS)
def test_from_the_petition_to_the_sheet(browser: Browser, demo: DemoSite, language: str, width: int, javascript: bool):
    visit = Visit(browser, demo, language=language, javascript=javascript, width=width)
    visit.page.goto(f"{demo.url}/{language}/{PETITION}/")
    visit.look()
    visit.press(f"a[href='/{language}/{PETITION}/house/']")
    expect(visit.page.locator(".notice--urgent")).to_be_visible()
    visit.page.locator("main summary").first.click()
    visit.look()
    for code in ("en", "fr"):
        path = visit.page.get_attribute(f"a[href$='house-{code}.pdf']", "href")
        content = visit.context.request.get(f"{demo.url}{path}").body()
        assert len(pypdfium2.PdfDocument(content)) >= 2
    official = visit.page.get_attribute("a[href^='https://www.ourcommons.ca/petitions/'].button", "href")
    assert official.startswith(f"https://www.ourcommons.ca/petitions/{'fr' if language == 'fr' else 'en'}/")
    visit.leave()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_ridings_reached_can_be_read_without_seeing_them(browser: Browser, demo: DemoSite, language: str):
    visit = Visit(browser, demo, language=language, javascript=True, width=320)
    visit.page.goto(f"{demo.url}/{language}/{PETITION}/")
    table = visit.page.locator("details:has(table)")
    table.locator("summary").focus()
    visit.page.keyboard.press("Enter")
    expect(table.get_by_role("cell", name="140")).to_be_visible()
    pictures = visit.page.locator(".chart-tiles")
    assert pictures.count() > 2
    assert all(pictures.nth(number).get_attribute("aria-label") for number in range(pictures.count()))
    assert not visit.page.locator(".chart-tiles [tabindex]").count()
    visit.look()
    visit.leave()


@pytest.mark.parametrize(
    "page", ["petitions/1/share-kit/", "letters/1/share-kit/", "snippets/actions/housepetition/edit/1/"]
)
def test_staff_pages_work_under_the_strict_policy(browser: Browser, demo: DemoSite, page: str):
    context = browser.new_context(viewport={"width": 390, "height": 800})
    tab = context.new_page()
    complaints: list[str] = []
    tab.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    tab.on("response", lambda answer: complaints.append(answer.url) if answer.status >= 400 else None)
    tab.goto(f"{demo.url}/admin/login/")
    tab.fill("[name=username]", "editor")
    tab.fill("[name=password]", "demo-editor-only")
    tab.click("[type=submit]")
    tab.goto(f"{demo.url}/admin/{page}")
    tab.wait_for_load_state("networkidle")
    images = tab.locator("main img")
    widths = [images.nth(number).evaluate("one => one.naturalWidth") for number in range(images.count())]
    assert widths == ([1200] * 3 if "share-kit" in page else [])
    assert not complaints
    context.close()
