"""Staff look at numbers, tiles and lists, with a mouse or keys, in light and dark; axe has nothing to say."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as project
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import Browser, Page

from actions.letters.models import LetterCampaign, LetterDelivery
from actions.representatives.models import Representative
from tests.browser.test_staff_policy import LISTEN, go, refused
from tests.databases import use_loaded_demo
from tests.factories.deliveries import confirmed_letter, delivery
from tests.factories.letters import written_letter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# Wagtail's own header repeats landmarks; what is checked is ours.
OURS = {"include": [["main"]], "exclude": [[".w-slim-header"]]}


@pytest.fixture
def with_letters(live_server) -> LetterCampaign:
    use_loaded_demo()
    letter_campaign = LetterCampaign.objects.first()
    members = list(Representative.objects.filter(is_current=True).exclude(riding=None).select_related("riding"))
    for number, member in enumerate(members * 3):
        letter = confirmed_letter(letter_campaign, member.riding)
        state = ("delivered", "held", "uncertain", "failed")[number % 4]
        delivery(letter, to=member, state=state, held_reason="too-late" if state in ("held", "failed") else "")
    riding = members[0].riding
    written_letter(letter_campaign, riding=riding, email="clerk@parl.gc.ca", postal_code="K1A0A6")
    return letter_campaign


@pytest.fixture
def page(browser: Browser, live_server, with_letters, request) -> Iterator[Page]:
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("root", "root@example.org", "x"))
    context = browser.new_context(
        viewport={"width": 1280, "height": 1000},
        base_url=live_server.url,
        color_scheme=getattr(request, "param", "light"),
    )
    session = client.cookies[project.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": project.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    context.add_init_script(LISTEN)
    yield context.new_page()
    context.close()


def look(page: Page) -> None:
    """Nothing is refused by the policy, nothing scrolls sideways, and axe is content with what is ours."""
    assert refused(page) == []
    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    found = Axe().run(page, context=OURS)
    assert not found.violations_count, f"{page.url}\n{found.generate_report()}"


@pytest.mark.parametrize("page", ["light", "dark"], indirect=True)
def test_the_pages_are_accessible_and_keep_the_policy(page, with_letters):
    for path in (
        f"letters/{with_letters.pk}/how-it-goes/",
        "letters/totals/?letters=all",
        "letters/deliveries/",
        "letters/decide/?show=letters",
    ):
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 1000})
            go(page, f"/admin/{path}")
            look(page)


@pytest.mark.parametrize("path", ["deliveries/", "decide/?show=letters", "decide/?show=held", "decide/?show=failed"])
def test_on_a_phone_a_rows_cells_stand_below_each_other_with_their_headings(page, path):
    page.set_viewport_size({"width": 390, "height": 1000})
    go(page, f"/admin/letters/{path}")
    assert page.evaluate("(box => box.scrollWidth - box.clientWidth)(document.querySelector('.staff-wide'))") == 0
    row = page.locator(".listing tbody tr").first
    assert row.get_by_text("Letter campaign").is_visible()
    assert not page.locator(".listing tbody .staff-blank:visible").count()
    page.set_viewport_size({"width": 1280, "height": 1000})
    assert not row.get_by_text("Letter campaign").is_visible()


def test_a_tile_is_reached_by_keys_says_its_riding_and_leads_to_its_member(page, with_letters):
    go(page, f"/admin/letters/{with_letters.pk}/how-it-goes/")
    tile = page.get_by_role("link", name="Ottawa Centre: ").first
    tile.focus()
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").startswith("Ottawa Centre: ")
    page.keyboard.press("Enter")
    page.locator(".listing td").first.wait_for()
    assert page.locator(".listing tbody tr").count() == 1
    page.go_back()
    page.locator("#ridings-table summary").click()
    assert page.locator("#ridings-table td", has_text="Ottawa Centre").is_visible()


def test_a_moderator_ticks_all_held_ones_and_gives_them_up(page):
    go(page, "/admin/letters/deliveries/?state=held")
    count = page.locator("[name=tick]").count()
    assert count
    page.get_by_label("Select all on this page").check()
    assert page.locator("[name=tick]:checked").count() == count
    page.locator("#decide-several").get_by_role("button", name="Give up and tell the writer").click()
    page.locator(".messages .success").wait_for()
    assert page.url.endswith("?state=held")
    assert not LetterDelivery.objects.filter(state="held").exists()


def test_filters_act_without_loading_the_page_anew(page):
    go(page, "/admin/letters/deliveries/")
    page.get_by_label("Show filters").click()
    page.locator(".w-drilldown__toggle", has_text="State").click()
    page.get_by_label("uncertain").check()
    page.locator(".w-pill", has_text="uncertain").wait_for()
    assert page.locator(".listing tbody tr").count() == LetterDelivery.objects.filter(state="uncertain").count()
    assert "state=uncertain" in page.url
    assert refused(page) == []
