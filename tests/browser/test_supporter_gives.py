"""A supporter gives: once, monthly, after a declined card, or not after all; with and without JavaScript."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.demo_site import DemoSite
from tests.browser.ledger import ledger_equals_the_stand_in
from tests.browser.test_supporter_writes_to_their_mp import LANGUAGES, Visit

pytestmark = pytest.mark.browser
APPEAL = "act/donate/keep-the-lights-on"
FORM = "form[data-action=donation]"
GO = f"{FORM} button.button--primary"
SHOWN = {"en": "CA$25", "fr": "25\u00a0$", "zh-hant": "25加元"}
# As people type it, and as the form says it again in their language.
TYPED = {"en": "42.50", "fr": "42,50\u00a0$", "zh-hant": "４２．５０"}
KEPT = {"en": "42.50", "fr": "42,50", "zh-hant": "42.50"}
WAYS = [(language, javascript) for language in LANGUAGES for javascript in (True, False)]


@pytest.fixture(scope="module")
def demo(giving_demo: DemoSite) -> DemoSite:
    return giving_demo


class Donor(Visit):
    """Our pages are looked at as ever; Stripe's own may ask for whatever it likes."""

    def _stays_here(self, request) -> None:
        if request.is_navigation_request() and "/act/donate/" not in request.url:
            return
        if self.page.url.startswith(self.demo.url):
            super()._stays_here(request)

    def to_the_payment_page(self) -> None:
        self.press(GO)
        if not self.javascript:
            self.press(GO)  # the page between says once more what will be paid
        assert "/continue/" in self.page.url
        self.follow("#to-payment")
        assert not self.page.url.startswith(self.demo.url)

    def leave(self) -> None:
        """What Stripe's own pages complain of (their icon, a declined card) is not ours."""
        theirs = ("data:,", "402")
        self.complaints = [text for text in self.complaints if not any(word in text for word in theirs)]
        super().leave()

    def pay(self, email: str, *, card: str = "works") -> None:
        self.page.check(f"[name=card][value={card}]")
        self.page.fill("[name=email]", email)
        self.page.fill("[name=name]", "陳大文 Ada")
        self.follow("form button")


def arrive(browser: Browser, demo: DemoSite, language: str, javascript: bool, query: str = "") -> Donor:
    visit = Donor(browser, demo, language=language, javascript=javascript, width=390)
    visit.page.goto(f"{demo.url}/{language}/{APPEAL}/{query}")
    visit.look()
    return visit


def receipt(demo: DemoSite, email: str) -> str:
    [mail] = demo.mails_to(email)
    return mail.get_body(("plain",)).get_content()


@pytest.mark.parametrize(("language", "javascript"), WAYS)
def test_twenty_five_dollars_once(browser: Browser, demo: DemoSite, language: str, javascript: bool):
    email = f"once.{language}.{javascript}@donor.example".lower()
    visit = arrive(browser, demo, language, javascript)
    visit.page.check(f"{FORM} [name=amount][value='25']", force=True)
    visit.to_the_payment_page()
    visit.pay(email)
    visit.look()
    assert "/thanks/" in visit.page.url
    assert SHOWN[language] in visit.page.inner_text(".lead")
    assert SHOWN[language] in receipt(demo, email)
    visit.leave()
    ledger_equals_the_stand_in(demo)


@pytest.mark.parametrize(("language", "javascript"), WAYS)
def test_ten_dollars_monthly_after_a_declined_card(browser: Browser, demo: DemoSite, language: str, javascript: bool):
    email = f"monthly.{language}.{javascript}@donor.example".lower()
    visit = arrive(browser, demo, language, javascript)
    visit.page.check(f"{FORM} [name=frequency][value=monthly]", force=True)
    assert not visit.page.locator(f"{FORM} [name=amount][value='25']").is_visible()
    visit.page.check(f"{FORM} [name=amount_monthly][value='10']", force=True)
    visit.to_the_payment_page()
    visit.pay(email, card="declined")
    assert not visit.page.url.startswith(demo.url)
    ledger_equals_the_stand_in(demo)
    visit.pay(email)
    visit.look()
    assert "/thanks/" in visit.page.url
    assert demo.mails_to(email)
    visit.leave()
    ledger_equals_the_stand_in(demo)


@pytest.mark.parametrize(("language", "javascript"), WAYS)
def test_who_turns_back_finds_the_amount_again(browser: Browser, demo: DemoSite, language: str, javascript: bool):
    before = demo.stripe.state()["cents"]["charged"]
    visit = arrive(browser, demo, language, javascript)
    visit.page.fill(f"{FORM} input[type=text][name=amount]", TYPED[language])
    visit.to_the_payment_page()
    visit.press("a[href*=cancelled]")
    assert visit.page.input_value(f"{FORM} input[type=text][name=amount]") == KEPT[language]
    visit.leave()
    ledger_equals_the_stand_in(demo)
    assert demo.stripe.state()["cents"]["charged"] == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mistake_keeps_what_was_typed_and_the_language_can_still_be_changed(
    browser: Browser, demo: DemoSite, language: str
):
    visit = arrive(browser, demo, language, True)
    visit.page.fill(f"{FORM} input[type=text][name=amount]", "4,99")
    visit.press(GO)
    assert visit.page.locator(".error-summary").is_visible()
    visit.language = "fr" if language != "fr" else "zh-hant"
    visit.press(f"header .languages button[lang={LANGUAGES[visit.language]}]")
    assert visit.page.input_value(f"{FORM} input[type=text][name=amount]") == "4,99"
    visit.complaints = [text for text in visit.complaints if "422" not in text]
    visit.leave()


def test_the_keyboard_is_enough(browser: Browser, demo: DemoSite):
    visit = arrive(browser, demo, "en", True)
    visit.page.focus(f"{FORM} [name=frequency]:checked")
    visit.page.keyboard.press("ArrowRight")
    visit.page.keyboard.press("Tab")
    visit.page.keyboard.press("ArrowRight")
    assert visit.page.input_value(f"{FORM} [name=amount_monthly]:checked") == "35"
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url("**/continue/**")
    assert "CA$35" in visit.page.inner_text(".summary")
    visit.leave()
