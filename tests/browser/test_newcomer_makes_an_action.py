"""A new editor makes a page with letter and petition by the guided way; three languages then show one count."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect
from wagtail.models import Locale, Site
from wagtail.models import Page as TreePage
from wagtail_localize.models import StringTranslation, Translation

from actions.letters.models import LetterWording
from actions.pages import ActionIndexPage, ActionPage
from actions.petitions.models import Petition, PetitionWording
from actions.petitions.tally import add_up
from home.models import HomePage
from tests.browser.test_editor_starts_a_letter_action import LISTEN, hear
from tests.factories.petitions import confirmed
from tests.factories.postal import load_postal_codes
from tests.factories.representatives import RepresentativeFactory, RidingFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LANGUAGES = {"fr": "Un port pour tous", "zh-hant": "人人的海港"}
TITLE = "A harbour for everyone"
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
    for name, group in (("newcomer", "Editors"), ("moderator", "Moderators"), ("administrator", "Administrators")):
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


def log_in(page: Page, name: str) -> None:
    page.context.clear_cookies()
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
    for _number in range(3):
        page.goto("/admin/")
        page.locator("#awaiting-review-content a[href*='/edit/']").first.click()
        page.get_by_role("button", name="More actions").click()
        page.get_by_role("button", name="Approve", exact=True).click()
        expect(page.locator(".messages .success").first).to_be_visible()
    page.goto("/admin/")
    expect(page.locator("#awaiting-review-content")).to_have_count(0)


def translate(page: Page) -> None:
    """An administrator sends page and texts to the translators, who type; their editor has tests of its own."""
    texts = [LetterWording.objects.get(), PetitionWording.objects.get()]
    addresses = [reverse("wagtail_localize:submit_page_translation", args=[ActionPage.objects.get().pk])]
    for text in texts:
        names = (text._meta.app_label, text._meta.model_name, text.pk)
        addresses.append(reverse("wagtail_localize:submit_snippet_translation", args=names))
    for address in addresses:
        page.goto(address)
        for own_name in ("Français", "繁體中文"):
            page.get_by_label(own_name).check()
        page.get_by_role("button", name="Submit").click()
        page.wait_for_load_state()
    for translation in Translation.objects.select_related("source", "target_locale"):
        code = translation.target_locale.language_code
        for segment in translation.source.stringsegment_set.select_related("string", "context"):
            words = LANGUAGES[code] if segment.string.data == TITLE else f"{LANGUAGES[code]}: {segment.string.data}"
            StringTranslation.objects.update_or_create(
                translation_of=segment.string,
                locale=translation.target_locale,
                context=segment.context,
                defaults={"data": words},
            )
        translation.save_target(publish=True)


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

    log_in(page, "administrator")
    translate(page)
    page.context.clear_cookies()
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
