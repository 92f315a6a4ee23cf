"""Wagtail's admin works under a policy that runs no injected script. Run this after every Wagtail upgrade."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings as project
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import Browser, Page
from wagtail.models import Locale
from wagtail_localize.models import Translation, TranslationSource

from actions.letters.models import LetterWording
from actions.models import ActionPage
from home.models import HomePage, StandardPage
from tests.databases import use_loaded_demo

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LISTEN = """window.refused = []; document.addEventListener("securitypolicyviolation",
    (event) => window.refused.push([event.effectiveDirective, event.blockedURI, event.sourceFile]));"""


@pytest.fixture
def page(browser: Browser, live_server) -> Iterator[Page]:
    use_loaded_demo()
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("root", "root@example.org", "x"))
    context = browser.new_context(viewport={"width": 1400, "height": 1000}, base_url=live_server.url)
    session = client.cookies[project.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": project.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    context.add_init_script(LISTEN)
    yield context.new_page()
    context.close()


def refused(page: Page) -> list[list[str]]:
    return [violation for frame in page.frames for violation in frame.evaluate("window.refused || []")]


def go(page: Page, path: str) -> None:
    response = page.goto(path)
    page.wait_for_load_state("networkidle")
    assert response
    assert response.status == 200, path


def new_translation() -> int:
    parent = HomePage.objects.get(locale__language_code="en")
    fresh = parent.add_child(instance=StandardPage(title="Fresh", slug="fresh", locale=parent.locale))
    source, _ = TranslationSource.update_or_create_from_instance(fresh)
    french = Locale.objects.get(language_code="fr")
    Translation.objects.create(source=source, target_locale=french).save_target(publish=False)
    return fresh.get_translation(french).pk


def test_an_editor_uses_every_kind_of_field_and_nothing_is_refused(page):
    action = ActionPage.objects.filter(locale__language_code="en").first()
    go(page, f"/admin/pages/{action.pk}/edit/")
    page.click("[data-side-panel-toggle=status]")
    page.click("[data-a11y-dialog-show=schedule-publishing-dialog]")
    page.click("#id_go_live_at")
    page.wait_for_selector(".xdsoft_datetimepicker", state="attached")
    page.keyboard.press("Escape")
    page.reload()
    page.wait_for_load_state("networkidle")
    names = add_every_block(page)
    assert len(names) > 5
    page.click("[data-side-panel-toggle=preview]")
    page.frame_locator("iframe[title=Preview] >> nth=-1").locator("h1").first.wait_for()
    assert refused(page) == []


def add_every_block(page: Page) -> list[str]:
    insert, option = page.locator("button[title='Insert a block']").first, page.locator(".w-combobox__option")
    insert.click()
    names = page.locator(".w-combobox__option-text").all_inner_texts()
    page.keyboard.press("Escape")
    for name in names:
        option.first.wait_for(state="detached")
        insert.click()
        option.filter(has_text=name).first.click()
    return names


def test_an_editor_chooses_a_campaign_in_a_window_and_nothing_is_refused(page):
    go(page, f"/admin/snippets/actions/letterwording/edit/{LetterWording.objects.first().pk}/")
    go(page, "/admin/snippets/actions/letterwording/add/")
    page.locator("button:has-text('Choose'):visible").first.click()
    page.wait_for_selector(".modal td a")
    assert refused(page) == []


def test_a_translator_opens_the_editor_and_nothing_is_refused(page):
    translation = new_translation()
    go(page, f"/admin/pages/{translation}/edit/")
    page.wait_for_selector(".js-translation-editor button")
    assert refused(page) == []


@pytest.mark.parametrize(
    "path", ["", "images/add/", "users/new/", "account/", "snippets/", "reports/site-history/", "letters/addresses/"]
)
def test_other_screens_refuse_nothing(page, path):
    go(page, f"/admin/{path}")
    assert refused(page) == []


def test_an_editor_sees_the_bar_on_the_public_page_and_nothing_is_refused(page):
    go(page, "/en/")
    page.locator("wagtail-userbar button").first.click()
    assert refused(page) == []


def test_an_injected_script_does_not_run_in_the_admin(page):
    go(page, "/admin/")
    page.evaluate(
        """() => {
        const script = document.createElement("script");
        script.textContent = "window.injected = 1";
        const image = document.createElement("div");
        image.innerHTML = '<img src="x:" onerror="window.injected = 2">';
        document.body.append(script, image);
    }"""
    )
    for _attempt in range(50):  # wait_for_function polls with eval, which this page's policy forbids
        if len(refused(page)) >= 2:
            break
        page.wait_for_timeout(100)
    assert len(refused(page)) >= 2
    assert page.evaluate("window.injected") is None
