"""A donor comes back by the mailed link and ends the monthly gift; the books then say what Stripe says, to the cent."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser

from tests.browser.demo_site import DemoSite
from tests.browser.ledger import ledger_equals_the_stand_in
from tests.browser.test_supporter_gives import FORM, WAYS, Donor, arrive, demo
from tests.browser.test_supporter_writes_to_their_mp import LANGUAGES

pytestmark = pytest.mark.browser
demo = demo
PART = "form[data-action=donor]"


def gives_monthly(browser: Browser, demo: DemoSite, language: str, javascript: bool, email: str) -> None:
    visit = arrive(browser, demo, language, javascript)
    visit.page.check(f"{FORM} [name=frequency][value=monthly]", force=True)
    visit.page.check(f"{FORM} [name=amount_monthly][value='10']", force=True)
    visit.to_the_payment_page()
    visit.pay(email)
    assert demo.mails_to(email)
    visit.leave()
    ledger_equals_the_stand_in(demo)


@pytest.mark.parametrize(("language", "javascript"), WAYS)
def test_by_the_donor_link_to_the_end_of_a_monthly_gift(
    browser: Browser, demo: DemoSite, language: str, javascript: bool
):
    email = f"back.{language}.{javascript}@donor.example".lower()
    gives_monthly(browser, demo, language, javascript, email)
    ended = demo.stripe.state()["counts"]["subscription"].get("canceled", 0)
    visit = Donor(browser, demo, language=language, javascript=javascript, width=390)
    visit.page.goto(f"{demo.url}/{language}/act/donate/manage/")
    visit.look()
    visit.page.fill("form[data-action=donor-link] [name=email]", email)
    visit.press("form[data-action=donor-link] button")
    assert visit.page.url.endswith("/manage/sent/")
    assert len(demo.mails_to(email, count=2)) == 2
    visit.page.goto(link_of(demo, email))
    visit.look()
    visit.press(f"{PART} [value=receipts-off]")
    assert visit.page.locator(f"{PART} [value=receipts-on]").is_visible()
    visit.press(f"{PART} [value=portal]")
    for selector in ("#to-portal", "a[href*=stop]", "form button"):
        visit.follow(selector)
    visit.press("a[href*='/manage/back/']")
    assert len(demo.mails_to(email, count=3)) == 3  # that it has ended
    visit.page.goto(link_of(demo, email))
    visit.look()
    assert not visit.page.locator(f"{PART} [value=portal]").count()
    visit.leave()
    assert demo.stripe.state()["counts"]["subscription"]["canceled"] > ended
    ledger_equals_the_stand_in(demo)


def link_of(demo: DemoSite, email: str) -> str:
    """The donor's link among all mails so far."""
    texts = [mail.get_body(("plain",)).get_content() for mail in demo.mails_to(email)]
    return next(found[0] for text in texts if (found := re.search(rf"{demo.url}/\S+/manage/[0-9a-f]{{64}}/", text)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_strangers_address_gets_the_same_page_and_a_mail_that_says_so(
    browser: Browser, demo: DemoSite, language: str
):
    email = f"nobody.{language}@donor.example"
    visit = Donor(browser, demo, language=language, javascript=True, width=320)
    visit.page.goto(f"{demo.url}/{language}/act/donate/manage/")
    visit.page.fill("form[data-action=donor-link] [name=email]", "no address")
    visit.press("form[data-action=donor-link] button")
    assert visit.page.locator(".error-summary").is_visible()
    visit.page.fill("form[data-action=donor-link] [name=email]", email)
    visit.press("form[data-action=donor-link] button")
    assert visit.page.url.endswith("/manage/sent/")
    [mail] = demo.mails_to(email)
    assert not re.search(r"[0-9a-f]{64}", mail.get_body(("plain",)).get_content())
    visit.page.goto(f"{demo.url}/{language}/act/donate/manage/{'0' * 64}/")
    visit.look()
    visit.complaints = [text for text in visit.complaints if "422" not in text and "404" not in text]
    visit.leave()
