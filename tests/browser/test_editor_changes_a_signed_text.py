"""An editor changes what people have signed; supporters read that it changed, and what it said before."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Group, User
from playwright.sync_api import Browser, Page, expect
from wagtail.models import Page as TreePage
from wagtail.models import Site

from home.models import HomePage
from tests.actions.wordings.changing import changed, text_in
from tests.browser.test_editor_starts_a_letter_action import LISTEN, hear, log_in, write_rich_text
from tests.factories.petitions import PetitionFactory, confirmed
from tests.factories.postal import load_postal_codes
from tests.factories.representatives import RidingFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PETITION = "/en/act/petitions/open-door/"


@pytest.fixture(autouse=True)
def nothing_saves_itself(settings):
    """Who publishes while a draft saves itself is asked about two versions; no person is as fast as these presses."""
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0


@pytest.fixture
def petition(live_server):
    """One that was published and signed, an editor who may publish, and a front page."""
    home = TreePage.objects.get(depth=1).add_child(instance=HomePage(title="Home", slug="front", mission="Together."))
    Site.objects.update(root_page=home, hostname="localhost")
    RidingFactory(fed_num=35079, name_en="Ottawa Centre")
    load_postal_codes(("K1A0A6", 35079, 10))
    petition = PetitionFactory(slug="open-door")
    for language in ("en", "fr", "zh-hant"):
        changed(petition, language)
    confirmed(petition)
    editor = User.objects.create_user("editor", "editor@staff.example", "secret")
    editor.groups.set(Group.objects.filter(name__in=["Editors", "Moderators"]))
    return petition


@pytest.fixture
def page(browser: Browser, live_server) -> Iterator[Page]:
    context = browser.new_context(base_url=live_server.url, viewport={"width": 1400, "height": 1000}, locale="en-CA")
    context.set_default_timeout(15_000)
    context.add_init_script(LISTEN)
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda message: hear(page, message))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    yield page
    context.close()


def press_publish(page: Page) -> None:
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Publish", exact=True).click()
    page.wait_for_load_state()


def test_an_editor_changes_a_signed_text_and_supporters_read_about_it(petition, page: Page, browser, live_server):
    log_in(page)
    page.goto(f"/admin/snippets/actions/petitionwording/edit/{text_in(petition).pk}/")
    page.wait_for_load_state("networkidle")
    write_rich_text(page, "text", "And for a lighthouse. ")
    press_publish(page)
    expect(page.locator("[data-contentpath=change] .error-message")).to_contain_text("Say what kind of change it is")
    expect(page.locator("ins")).to_contain_text("lighthouse")
    page.get_by_role("radio", name="Changes what people sign").check()
    press_publish(page)
    expect(page.locator(".messages .success")).to_be_visible()
    assert page.complaints == []

    visitor = browser.new_context(base_url=live_server.url, java_script_enabled=False).new_page()
    visitor.goto(PETITION)
    notice = visitor.locator(".notice", has_text="The text of this petition changed on")
    expect(notice).to_be_visible()
    notice.get_by_role("link", name="What it said before").click()
    expect(visitor.locator(".story")).not_to_contain_text("lighthouse")
    visitor.get_by_role("link", name="To the petition as it is now").click()
    expect(visitor.locator(".action-layout__lead .story")).to_contain_text("lighthouse")
    visitor.goto(PETITION.replace("/en/", "/fr/"))
    visitor.get_by_role("link", name="Le texte actuel est en anglais.").click()
    expect(visitor).to_have_url(f"{live_server.url}{PETITION}")
    visitor.context.close()
