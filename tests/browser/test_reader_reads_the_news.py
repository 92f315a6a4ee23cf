"""A reader leafs through the news in three languages, light and dark, on a phone; an editor writes an article."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as project
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import Browser, Page

from blog.models import NewsPage
from tests.browser.test_staff_policy import LISTEN, refused
from tests.databases import use_loaded_demo

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LANGUAGES = {"en": "en-CA", "fr": "fr-CA", "zh-hant": "zh-Hant-HK"}
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture(autouse=True)
def _demo(live_server, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    use_loaded_demo()


def look(page: Page, language: str) -> None:
    assert page.get_attribute("html", "lang") == LANGUAGES[language]
    assert refused(page) == []
    assert not page.evaluate(SIDEWAYS), page.url
    found = Axe().run(page)
    assert not found.violations_count, f"{page.url}\n{found.generate_report()}"


def test_a_reader_finds_articles_by_kind_and_topic(browser: Browser, live_server):
    for language, scheme in (("en", "light"), ("fr", "dark"), ("zh-hant", "light"), ("zh-hant", "dark")):
        context = browser.new_context(
            viewport={"width": 390, "height": 844}, base_url=live_server.url, color_scheme=scheme
        )
        context.add_init_script(LISTEN)
        asked: list[str] = []
        context.on("request", lambda request, asked=asked: asked.append(request.url))
        read(context.new_page(), language)
        assert not context.cookies()
        assert [url for url in asked if not url.startswith((live_server.url, "data:"))] == []
        context.close()


def read(page: Page, language: str) -> None:
    page.goto(f"/{language}/")
    page.click(f'main a[href="/{language}/news/"]')
    look(page, language)
    assert page.locator(".news-card").count() == 8
    page.click('.news-filter a[href$="?kind=statement"]')
    look(page, language)
    assert page.locator(".news-card").count() == 2
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


def test_an_editor_finds_an_article_by_date_changes_it_and_publishes(browser: Browser, live_server):
    client = Client()
    client.force_login(get_user_model().objects.get(username="editor"))
    context = browser.new_context(viewport={"width": 1280, "height": 1000}, base_url=live_server.url)
    session = client.cookies[project.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": project.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    context.add_init_script(LISTEN)
    desk = context.new_page()
    desk.goto("/admin/news-articles/")
    assert "C-987" in desk.locator("tbody tr").first.inner_text()
    desk.click("tbody tr a:has-text('Lantern evenings')")
    desk.fill("#id_title", "Lantern evenings in six cities")
    desk.wait_for_timeout(600)
    desk.click("footer .w-dropdown__toggle")
    with desk.expect_navigation():
        desk.click("button[name=action-publish]")
    assert refused(desk) == []
    context.close()
    article = NewsPage.objects.get(slug="lantern-evenings", locale__language_code="en")
    assert article.title == "Lantern evenings in six cities"
    assert len(article.topics) == 1
