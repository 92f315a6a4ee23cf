"""An editor makes a whole letter action piece by piece from the menu, without leaving the admin."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, User
from playwright.sync_api import Browser, ConsoleMessage, Page, expect
from wagtail.models import Locale, Site
from wagtail.models import Page as TreePage

from actions.pages import ActionIndexPage
from home.models import HomePage
from tests.factories.postal import load_postal_codes
from tests.factories.representatives import RepresentativeFactory, RidingFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURES = Path(__file__).parents[2] / "var" / "browser"
LISTEN = """document.addEventListener("securitypolicyviolation",
    (event) => console.error("policy", event.effectiveDirective, event.blockedURI, event.sourceFile));"""
# Draftail writes to its form field a moment after the last key: https://github.com/springload/draftail
EDITOR_SAVES = 600
# Wagtail saves drafts by itself and answers 400 while something is still missing.
HALF_FILLED = "the server responded with a status of 400 (Bad Request)"


@pytest.fixture
def site(live_server) -> str:
    """A front page, a list of actions, an editor, and a riding with its member."""
    root, english = TreePage.objects.get(depth=1), Locale.get_default()
    home = root.add_child(instance=HomePage(title="Home", slug="front", mission="Together.", locale=english))
    Site.objects.update(root_page=home, hostname="localhost")
    home.add_child(instance=ActionIndexPage(title="Act", slug="take-part"))
    riding = RidingFactory(fed_num=35079, name_en="Ottawa Centre")
    load_postal_codes(("K1A0A6", 35079, 10))
    RepresentativeFactory(riding=riding, first_name="Jordan", last_name="Lee")
    editor = User.objects.create_user("editor", "editor@staff.example", "secret")
    editor.groups.set(Group.objects.filter(name__in=["Editors", "Moderators"]))
    return live_server.url


@pytest.fixture
def page(browser: Browser, site: str, request) -> Iterator[Page]:
    context = browser.new_context(base_url=site, viewport={"width": 1400, "height": 1000}, locale="en-CA")
    context.set_default_timeout(15_000)
    context.add_init_script(LISTEN)
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda message: hear(page, message))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    failed_before = request.session.testsfailed
    yield page
    if request.session.testsfailed > failed_before:
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURES / f"{request.node.name}.png", full_page=True)
    context.close()


def hear(page: Page, message: ConsoleMessage) -> None:
    if message.type == "error" and HALF_FILLED not in message.text:
        page.complaints.append(message.text)


def log_in(page: Page) -> None:
    page.goto("/admin/")
    page.fill("[name=username]", "editor")
    page.fill("[name=password]", "secret")
    page.click("button[type=submit]")
    page.locator(".sidebar").wait_for()  # going on before the answer would lose the session


def start(page: Page, kind: str, button: str) -> None:
    """Open the list of one kind from the menu, and press its button for a new one."""
    page.goto("/admin/")
    page.locator(".sidebar").get_by_role("button", name="Campaigns", exact=True).click()
    page.locator(".sidebar").get_by_role("link", name=kind, exact=True).click()
    page.get_by_role("link", name=button, exact=True).click()
    page.wait_for_load_state("networkidle")  # what is typed before the form's scripts run makes no short name


def choose(page: Page, field: str, title: str) -> None:
    page.locator(f"[id={field}-chooser]").get_by_role("button").filter(visible=True).click()
    page.locator(".modal-content").get_by_role("link", name=title, exact=True).click()
    expect(page.locator(f"[id={field}-title]")).to_have_text(title)


def write_rich_text(page: Page, field: str, text: str) -> None:
    page.locator(f"[data-contentpath={field}] [contenteditable=true]").click()
    page.keyboard.type(text)
    page.wait_for_timeout(EDITOR_SAVES)


def publish(page: Page) -> None:
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Publish", exact=True).click()
    page.wait_for_load_state()
    expect(page.locator(".messages .success")).to_be_visible()


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messages .success")).to_be_visible()


def name_it(page: Page, name: str, slug: str) -> None:
    """Type the name; the short name follows as soon as the form's scripts run, which may take a while."""
    field, short = page.get_by_label("Name for staff"), page.locator("[name=slug]")
    for _attempt in range(5):
        field.fill("")
        field.press_sequentially(name)
        page.wait_for_timeout(1000)
        if short.input_value() == slug:
            break
    expect(short).to_have_value(slug)


def make_campaign(page: Page) -> None:
    start(page, "Campaigns", "Add campaign")
    name_it(page, "Safe harbour", "safe-harbour")
    page.fill("[name=bill_number]", "C-400")
    save(page)


def make_letter_campaign(page: Page) -> None:
    start(page, "Letter campaigns", "Add letter campaign")
    name_it(page, "Second reading", "second-reading")
    choose(page, "id_campaign", "Safe harbour")
    expect(page.locator("[name=targets-0-kind]")).to_have_value("own_mp")
    save(page)


def write_text(page: Page) -> None:
    start(page, "Letter texts", "Add letter text")
    page.fill("[name=title]", "Ask for a safe harbour")
    choose(page, "id_letter_campaign", "Second reading")
    write_rich_text(page, "introduction", "Parliament votes soon.")
    page.fill("[name=letter_subjects]", "Please support {bill_number}")
    page.fill("[name=letter_body]", "I ask you to vote for {bill_number}.")
    publish(page)


def make_page(page: Page) -> None:
    page.goto(f"/admin/pages/{ActionIndexPage.objects.get().pk}/")
    page.get_by_role("link", name="Add child page", exact=True).click()
    page.wait_for_load_state("networkidle")
    page.fill("[name=title]", "A harbour for everyone")
    page.fill("[name=introduction]", "What is happening, and what you can do.")
    page.get_by_role("button", name="Insert a block").first.click()
    page.get_by_role("option", name="Letter to an MP").click()
    choose(page, "body-0-value-letter_campaign", "Second reading")
    publish(page)


def test_an_editor_starts_a_letter_action_without_leaving_the_admin(page: Page):
    log_in(page)
    make_campaign(page)
    make_letter_campaign(page)
    write_text(page)
    make_page(page)
    assert page.complaints == []

    page.goto("/en/take-part/a-harbour-for-everyone/")
    expect(page.get_by_role("heading", level=1)).to_have_text("A harbour for everyone")
    page.fill("[name=postal_code]", "k1a 0a6")
    page.get_by_role("button", name="Find my MP").click()
    expect(page.locator(".mp-card__name")).to_have_text("Jordan Lee")
    expect(page.locator("[name=subject]")).to_have_value("Please support C-400")
    expect(page.locator("[name=body]")).to_have_value("I ask you to vote for C-400.")
    assert page.complaints == []
