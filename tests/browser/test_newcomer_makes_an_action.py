"""A new editor makes a page with letter and petition by the guided way; three languages then show one count."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Group, User
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect
from wagtail.models import Locale, Site
from wagtail.models import Page as TreePage

from actions.pages import ActionIndexPage
from actions.petitions.models import Petition
from actions.petitions.tally import add_up
from home.models import HomePage
from tests.browser.test_editor_starts_a_letter_action import LISTEN, hear
from tests.factories.petitions import confirmed
from tests.factories.postal import load_postal_codes
from tests.factories.representatives import RepresentativeFactory, RidingFactory

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.django_db(transaction=True)]
LANGUAGES = {"fr": "Un port pour tous", "zh-hant": "人人的海港"}
TITLE = "A harbour for everyone"
THINGS = 3  # the page and its two texts
SIGNERS = 12


@pytest.fixture
def site(live_server) -> str:
    """Front page and list of actions in three languages, a riding, and one person of each role."""
    root, english = TreePage.objects.get(depth=1), Locale.get_default()
    home = root.add_child(instance=HomePage(title="Home", slug="front", mission="Together.", locale=english))
    Site.objects.update(root_page=home, hostname="localhost")
    index = home.add_child(instance=ActionIndexPage(title="Act", slug="take-part"))
    for code in LANGUAGES:
        locale, _is_new = Locale.objects.get_or_create(language_code=code)
        for page in (home, index):
            page.copy_for_translation(locale).save_revision().publish()
    riding = RidingFactory(fed_num=35079, name_en="Ottawa Centre")
    load_postal_codes(("K1A0A6", 35079, 10))
    RepresentativeFactory(riding=riding, first_name="Jordan", last_name="Lee")
    for name, group in (("newcomer", "Editors"), ("moderator", "Moderators"), ("translator", "Translators")):
        user = User.objects.create_user(name, f"{name}@staff.example", "secret")
        user.groups.set(Group.objects.filter(name=group))
    return live_server.url


@pytest.fixture
def context(browser: Browser, site: str) -> Iterator[BrowserContext]:
    """Errors on any page end up in ``complaints``."""
    context = browser.new_context(base_url=site, viewport={"width": 1400, "height": 1000}, locale="en-CA")
    context.set_default_timeout(15_000)
    context.add_init_script(LISTEN)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda message: hear(page, message))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    return page


def log_out(page: Page) -> None:
    """Leave the admin first: an open editor asks every few seconds who else is in it."""
    page.goto("about:blank")
    page.context.clear_cookies()


def log_in(page: Page, name: str) -> None:
    log_out(page)
    page.goto("/admin/login/")
    page.fill("[name=username]", name)
    page.fill("[name=password]", "secret")
    page.click("button[type=submit]")
    page.locator(".sidebar").wait_for()


def go_the_guided_way(page: Page) -> None:
    page.get_by_role("link", name="Start a new action").click()
    page.get_by_label("Letters to members of Parliament").check()
    page.get_by_label("A petition").check()
    page.get_by_label("Name of the new campaign").fill("Safe harbour")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Title").fill(TITLE)
    page.get_by_label("Short name in the address").fill("harbour")
    page.get_by_label("Introduction").fill("What is happening, and what you can do.")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Why a letter helps now").fill("Parliament votes soon.")
    page.get_by_label("Subject lines").fill("Please support a safe harbour")
    page.get_by_label("Text of the letter").fill("I ask you to support it.")
    page.get_by_label("Addressed to").fill("The Minister of Invented Affairs")
    page.get_by_label("What people sign").fill("We ask for a safe harbour.")
    page.get_by_role("button", name="Make the drafts").click()
    expect(page.get_by_text("Made as drafts")).to_be_visible()


def submit(page: Page) -> None:
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Submit to Moderators approval").click()
    expect(page.locator(".messages .success")).to_contain_text("submitted")


def submit_everything(page: Page) -> None:
    """The page is open; its texts are a click away in the message."""
    texts = page.locator(".messages .success a").filter(has_text="text")
    addresses = [texts.nth(number).get_attribute("href") for number in range(texts.count())]
    assert len(addresses) == 2
    submit(page)
    for address in addresses:
        page.goto(address)
        submit(page)


def approve_everything(page: Page) -> None:
    """What waits stands on the moderator's front page, the newest first."""
    for _number in range(THINGS):
        page.goto("/admin/")
        page.locator("#awaiting-review-content a[href*='/edit/']").first.click()
        page.get_by_role("button", name="More actions").click()
        page.get_by_role("button", name="Approve", exact=True).click()
        expect(page.locator(".messages .success").first).to_be_visible()
    page.goto("/admin/")
    expect(page.locator("#awaiting-review-content")).to_have_count(0)


def begin_translations(page: Page) -> None:
    """The list "Translations" shows what is missing; a title leads to its beginning, in both languages at once."""
    for _number in range(THINGS):
        page.goto("/admin/translations/?language=fr&state=missing")
        page.locator("td.title a").first.click()
        page.get_by_label("繁體中文").check()
        page.get_by_role("button", name="Submit").click()
        expect(page.locator(".messages .success")).to_contain_text("2 locales")


def type_translations(page: Page) -> None:
    """What waits stands on the translator's front page."""
    for left in range(2 * THINGS, 0, -1):
        page.goto("/admin/")
        lines = page.locator("#translations-waiting-content tbody tr").filter(has_text="Not finished")
        expect(lines).to_have_count(left)
        words = LANGUAGES[lines.first.locator("[lang]").get_attribute("lang")]
        lines.first.get_by_role("link").click()
        type_entries(page, words)
        page.get_by_role("button", name="Hand over for publication").click()
        expect(page.locator(".messages .success")).to_contain_text("It waits for publication now")


def type_entries(page: Page, words: str) -> None:
    """Each entry stands beside its original: *Translate*, type, *Save*."""
    entries = page.locator("li.incomplete")
    entries.first.wait_for()
    for left in range(entries.count(), 0, -1):
        original = entries.first.locator("p").first.inner_text()
        entries.first.get_by_role("button", name="Translate").click()
        entries.first.locator("textarea").fill(words if original == TITLE else f"{words}: {original}")
        entries.first.get_by_role("button", name="Save").click()
        expect(entries).to_have_count(left - 1)


def publish_translations(page: Page) -> None:
    """What was handed over stands on the moderator's front page."""
    for _number in range(2 * THINGS):
        page.goto("/admin/")
        page.locator("#awaiting-review-content a[href*='/edit/']").first.click()
        page.locator("button", has_text="Publish in").first.click()
        expect(page.locator(".messages .success")).to_contain_text("Published")


def test_a_newcomer_makes_an_action_that_three_languages_share(page: Page):
    log_in(page, "newcomer")
    go_the_guided_way(page)
    submit_everything(page)
    page.goto("/en/take-part/harbour/")
    expect(page.get_by_role("heading", level=1)).not_to_have_text(TITLE)

    log_in(page, "moderator")
    approve_everything(page)
    page.goto("/en/take-part/harbour/")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(page.get_by_role("button", name="Find my MP")).to_be_visible()

    log_in(page, "newcomer")
    begin_translations(page)
    log_in(page, "translator")
    type_translations(page)
    log_in(page, "moderator")
    publish_translations(page)
    log_out(page)
    petition = Petition.objects.get()
    for number in range(SIGNERS):
        language = ("en", "fr", "zh-hant")[number % 3]
        confirmed(petition, language=language, email=f"signer{number}@signer{number}.example", name=f"Signer {number}")
    add_up(petition_id=petition.pk, now=timezone.now())
    for code, title in {"en": TITLE, **LANGUAGES}.items():
        page.goto(f"/{code}/take-part/harbour/")
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        expect(page.locator("html")).to_have_attribute("lang", {"en": "en-CA", "fr": "fr-CA"}.get(code, "zh-Hant-HK"))
        expect(page.locator("progress")).to_have_attribute("value", "10")
    assert [text for text in page.complaints if "404" not in text] == []
