"""The first page of the admin and the guided way, for everybody, on a phone, without script; drafts save themselves."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from wagtail.models import Locale, Site
from wagtail.models import Page as TreePage
from wagtail.users.models import UserProfile

from actions.pages import ActionIndexPage, ActionPage
from actions.petitions.models import DayTally, Tally
from home.models import HomePage
from tests.factories.letters import CampaignFactory, LetterCampaignFactory
from tests.factories.petitions import PetitionFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# Wagtail notes the form as it was two seconds after opening it, then saves what differs.
FORM_IS_NOTED = 2_500
CUT_OFF = """[...document.querySelectorAll("main :is(input, select, textarea)")]
    .filter((field) => field.getBoundingClientRect().right > innerWidth).map((field) => field.name)"""
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def site(live_server) -> str:
    home = TreePage.objects.get(depth=1).add_child(
        instance=HomePage(title="Home", slug="front", mission="Together.", locale=Locale.get_default())
    )
    Site.objects.update(root_page=home, hostname="localhost")
    home.add_child(instance=ActionIndexPage(title="Act", slug="take-part"))
    User.objects.create_superuser("boss", "boss@staff.example", "secret")
    campaign = CampaignFactory(name="Safe harbour")
    petition = PetitionFactory(campaign=campaign, name="Keep it open")
    LetterCampaignFactory(campaign=campaign, name="Second reading")
    Tally.objects.create(petition=petition, confirmed=1234)
    DayTally.objects.create(petition=petition, on=timezone.localdate(), change=1234)
    return live_server.url


@pytest.fixture
def open_page(browser: Browser, site: str) -> Iterator:
    """Return a logged-in page with the options of its browser window."""
    contexts = []

    def opened(**options) -> Page:
        context = browser.new_context(base_url=site, locale="en-CA", **options)
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.goto("/admin/login/")
        page.fill("[name=username]", "boss")
        page.fill("[name=password]", "secret")
        page.click("button[type=submit]")
        page.wait_for_url("**/admin/")
        return page

    yield opened
    for context in contexts:
        context.close()


def is_sound(page: Page) -> None:
    """No violation, and nothing wider than the window, nor a field that is cut off at its edge."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.evaluate(CUT_OFF) == []


@pytest.mark.parametrize("code", ["en", "fr", "zh-hant"])
@pytest.mark.parametrize("options", [{"viewport": PHONE, "color_scheme": "dark"}, {}], ids=["phone", "desktop"])
def test_front_page_and_guided_way_are_sound_in_every_language(open_page, code, options):
    UserProfile.objects.create(user=User.objects.get(), preferred_language=code)
    page = open_page(**options)
    panel = page.locator("#campaigns-now-content")
    expect(panel).to_contain_text("Keep it open")
    expect(panel.locator("svg.chart-bars")).to_have_count(1)
    panel.locator("summary").click()
    expect(panel.locator("table")).to_be_visible()
    is_sound(page)
    page.goto("/admin/start/")
    is_sound(page)
    page.locator("[name=kinds][value=petition]").check()
    page.fill("[name=new_campaign]", "Another")
    page.locator(".desk-buttons .button").first.click()
    expect(page.locator("[name=title]")).to_be_visible()
    is_sound(page)
    page.locator(".desk-buttons .button").first.click()
    expect(page.locator("[name=title][aria-invalid=true]")).to_be_visible()
    is_sound(page)


def test_the_guided_way_needs_no_script(open_page):
    page = open_page(java_script_enabled=False)
    page.goto("/admin/start/")
    page.locator("[name=kinds][value=petition]").check()
    page.fill("[name=new_campaign]", "Another")
    page.get_by_role("button", name="Continue").click()
    page.fill("[name=title]", "Without script")
    page.fill("[name=introduction]", "It works.")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Back").click()
    expect(page.locator("[name=title]")).to_have_value("Without script")
    page.get_by_role("button", name="Continue").click()
    page.fill("[name=petition_target]", "The Minister")
    page.fill("[name=petition_text]", "We ask.")
    page.get_by_role("button", name="Make the drafts").click()
    assert ActionPage.objects.get().slug == "without-script"


def test_a_draft_saves_itself_and_publishes_nothing(open_page):
    index = ActionIndexPage.objects.get()
    made = index.add_child(instance=ActionPage(title="Draft", slug="draft", introduction="I", live=False, body=[]))
    made.save_revision()
    page = open_page()
    page.goto(f"/admin/pages/{made.pk}/edit/")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(FORM_IS_NOTED)
    with page.expect_response(lambda answer: answer.request.method == "POST" and "/edit/" in answer.url):
        page.locator("[name=introduction]").fill("")
        page.keyboard.type("Instantly saved", delay=20)
        page.keyboard.press("Tab")
    page.goto(f"/admin/pages/{made.pk}/edit/")
    expect(page.locator("[name=introduction]")).to_have_value("Instantly saved")
    assert not ActionPage.objects.get().live
