"""From an editor's English article, through a volunteer without PO files and a moderator, to a French one."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as project
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import Browser, Page

from blog.models import NewsIndexPage, NewsPage
from tests.browser.test_staff_policy import LISTEN, refused
from tests.databases import use_loaded_demo

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = {
    "A bridge over the strait": "Un pont sur le détroit",
    "Two groups met for the first time this week.": "Deux groupes se sont rencontrés cette semaine.",
}


@pytest.fixture(autouse=True)
def _demo(live_server, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    use_loaded_demo()


@pytest.fixture
def article() -> NewsPage:
    parent = NewsIndexPage.objects.get(locale__language_code="en")
    title, introduction = WORDS
    article = NewsPage(title=title, slug="bridge", introduction=introduction, locale=parent.locale)
    parent.add_child(instance=article)
    article.save_revision().publish()
    return article


@pytest.fixture
def desk_of(browser: Browser, live_server):
    """Open the admin as one of the demo's staff."""
    opened = []

    def open_as(name: str, width: int = 1280) -> Page:
        client = Client()
        client.force_login(get_user_model().objects.get(username=name))
        context = browser.new_context(viewport={"width": width, "height": 1000}, base_url=live_server.url)
        opened.append(context)
        session = client.cookies[project.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": project.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        context.add_init_script(LISTEN)
        return context.new_page()

    yield open_as
    for context in opened:
        context.close()


def begin(writer: Page) -> None:
    """An editor finds what is missing in the list and submits it."""
    writer.goto("/admin/translations/?language=fr")
    assert refused(writer) == []
    axe = Axe().run(writer, context="main")
    assert not axe.violations_count, axe.generate_report()
    writer.click("text=A bridge over the strait")
    assert writer.is_checked("input[name=locales]")
    with writer.expect_navigation():
        writer.click("main button[type=submit], main input[type=submit]")
    assert "/edit/" in writer.url


def translate(translator: Page) -> None:
    """A volunteer types each entry in its place and hands the whole over; half of it is refused before."""
    translator.goto("/admin/")
    assert refused(translator) == []
    translator.click("text=A bridge over the strait")
    translator.wait_for_selector(".js-translation-editor button")
    assert refused(translator) == []
    for number, (english, french) in enumerate(WORDS.items()):
        if number == 1:
            translator.click("text=Hand over for publication")
            translator.wait_for_selector("text=1 entry has no translation yet")
            assert refused(translator) == []
        entry = translator.locator("li", has_text=english).last
        entry.get_by_role("button", name="Translate").click()
        entry.locator("textarea").fill(french)
        entry.get_by_role("button", name="Save").click()
        entry.locator("text=Translated").first.wait_for()
    assert refused(translator) == []
    translator.click("text=Hand over for publication")
    translator.wait_for_selector("text=It waits for publication now")
    assert refused(translator) == []


def publish(moderator: Page) -> None:
    moderator.goto("/admin/")
    assert refused(moderator) == []
    moderator.click("text=Un pont sur le détroit")
    moderator.wait_for_selector(".js-translation-editor button")
    assert refused(moderator) == []
    moderator.locator("button", has_text="Publish in Français").first.click()
    moderator.wait_for_selector("text=Published")


def test_from_an_english_article_to_a_french_one(article, desk_of, browser, live_server):
    begin(desk_of("writer"))
    reader = browser.new_context(base_url=live_server.url).new_page()
    reader.goto("/en/news/bridge/")
    reader.locator("a[hreflang=fr-CA]").first.click()
    assert reader.url.endswith("/en/news/bridge/?missing=fr")
    assert reader.get_attribute("html", "lang") == "en-CA"
    assert reader.locator("aside[lang=fr-CA]").is_visible()
    axe = Axe().run(reader)
    assert not axe.violations_count, axe.generate_report()
    assert refused(reader) == []
    translate(desk_of("translator"))
    publish(desk_of("editor"))
    reader.context.close()
    reader = browser.new_context(base_url=live_server.url, java_script_enabled=False).new_page()
    reader.goto("/en/news/bridge/")
    reader.locator("a[hreflang=fr-CA]").first.click()
    assert reader.url.endswith("/fr/news/bridge/")
    assert reader.get_attribute("html", "lang") == "fr-CA"
    for english, french in WORDS.items():
        assert reader.locator("main", has_text=french).count()
        assert not reader.locator("main", has_text=english).count()
    assert not reader.context.cookies()
    reader.context.close()
