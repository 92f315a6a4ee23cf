"""A reader leafs through the news in three languages, light and dark, on a phone; an editor writes an article."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as project
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import Browser, Page

from achk_site.demo.loader import load_demo
from blog.models import NewsIndexPage, NewsPage
from tests.browser.test_staff_policy import LISTEN, refused

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LANGUAGES = {"en": "en-CA", "fr": "fr-CA", "zh-hant": "zh-Hant-HK"}
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture(autouse=True)
def _demo(live_server, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    load_demo()


def look(page: Page, language: str) -> None:
    assert page.get_attribute("html", "lang") == LANGUAGES[language]
    assert refused(page) == []
    assert not page.evaluate(SIDEWAYS), page.url
    found = Axe().run(page)
    assert not found.violations_count, f"{page.url}\n{found.generate_report()}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reader_finds_an_article_by_kind_and_topic(browser: Browser, live_server, language, scheme):
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, base_url=live_server.url, color_scheme=scheme
    )
    context.add_init_script(LISTEN)
    elsewhere: list[str] = []
    context.on("request", lambda asked: elsewhere.append(asked.url) if live_server.url not in asked.url else None)
    page = context.new_page()
    page.goto(f"/{language}/")
    page.click(f'main a[href="/{language}/news/"]')
    look(page, language)
    assert page.locator(".news-card").count() == 8
    page.click('.news-filter a[href$="?kind=statement"]')
    assert page.locator(".news-card").count() == 2
    look(page, language)
    page.click(".news-card__title a >> nth=0")
    look(page, language)
    assert page.locator("[data-action=petition]").count() == 1
    page.click(f'a[rel=tag][href="/{language}/news/topic/parliament/"]')
    look(page, language)
    page.click('.news-card__title a[href$="/petition-five-hundred/"]')
    look(page, language)
    picture = page.locator(".article__picture img")
    assert picture.evaluate("image => image.decode().then(() => image.currentSrc)").endswith(".avif")
    assert page.locator("button[data-copy]").is_visible()
    page.set_viewport_size({"width": 320, "height": 700})
    assert not page.evaluate(SIDEWAYS)
    assert not context.cookies()
    assert [url for url in elsewhere if not url.startswith("data:")] == []
    context.close()


@pytest.fixture
def desk(browser: Browser, live_server) -> Iterator[Page]:
    client = Client()
    client.force_login(get_user_model().objects.get(username="editor"))
    context = browser.new_context(viewport={"width": 1280, "height": 1000}, base_url=live_server.url)
    session = client.cookies[project.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": project.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    context.add_init_script(LISTEN)
    yield context.new_page()
    context.close()


def test_an_editor_writes_an_article_and_publishes_it(desk: Page, live_server):
    index = NewsIndexPage.objects.get(locale__language_code="en")
    desk.goto("/admin/news-articles/")
    first = desk.locator("tbody tr").first
    assert "2026" in first.inner_text() or "20" in first.inner_text()
    desk.goto(f"/admin/pages/add/blog/newspage/{index.pk}/")
    desk.fill("#id_title", "A new article")
    desk.fill("#id_introduction", "It has just been written.")
    desk.keyboard.press("Tab")
    desk.click("button:has-text('Add topic')") if desk.locator("button:has-text('Add topic')").count() else None
    assert refused(desk) == []
    desk.wait_for_timeout(600)
    desk.goto(f"/admin/pages/{NewsPage.objects.get(slug='lantern-evenings', locale=index.locale).pk}/edit/")
    desk.fill("#id_title", "Lantern evenings in six cities")
    desk.click("[data-drop-down-toggle-value], .footer__container .w-dropdown__toggle >> nth=0")
    desk.click("button[name=action-publish]")
    desk.wait_for_load_state()
    assert NewsPage.objects.get(slug="lantern-evenings", locale=index.locale).title.endswith("six cities")
