"""The hosted pages, as a browser without JavaScript sends them, in three languages."""

from __future__ import annotations

import re
import urllib.error
import urllib.parse
import urllib.request

import pytest

from achk_site.demo.stripe.cards import CARDS
from achk_site.demo.stripe.pages.texts import TEXTS, money, say
from achk_site.demo.stripe.server import StandIn
from achk_site.demo.stripe.world import Settings
from tests.demo.stripe.gifts import SITE, monthly, once, started
from tests.stubs.stripe_server import KEY, TOKEN, StripeStandIn

LOCALES = {"en": "en", "fr-CA": "fr", "zh-HK": "zh-HK"}


class NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


def visit(address, fields=None, **headers):
    """Return (status, page, address to go on to)."""
    body = urllib.parse.urlencode(fields).encode() if fields is not None else None
    request = urllib.request.Request(address, body, headers)
    try:
        with urllib.request.build_opener(NoRedirects).open(request, timeout=10) as answer:
            return answer.status, answer.read().decode(), ""
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(), error.headers.get("Location", "")


def filled(**changes):
    return {"email": "ann@example.org", "name": "Ann", "card": "works", **changes}


@pytest.mark.parametrize(("locale", "language"), LOCALES.items())
def test_a_donor_is_declined_tries_again_and_comes_back(stand_in, client, locale, language):
    session = once(client, locale=locale, submit_type="donate")
    status, page, _ = visit(session.url)
    assert status == 200
    assert f'<html lang="{locale}">' in page
    assert say(language, "stand-in") in page
    assert say(language, "donate", amount=money(language, 2500)) in page
    status, page, _ = visit(session.url, filled(card="declined"))
    assert status == 402
    assert say(language, "generic_decline") in page
    assert 'value="Ann"' in page
    status, _, on = visit(session.url, filled())
    assert (status, on) == (303, f"{SITE}/thanks?session={session.id}")
    assert stand_in.state()["cents"]["charged"] == 2500


def test_a_second_press_charges_nothing_and_shows_the_way_on(stand_in, client):
    session = once(client)
    visit(session.url, filled())
    status, page, _ = visit(session.url, filled())
    assert status == 200
    assert "You were not charged twice." in page
    assert f"{SITE}/thanks?session={session.id}" in page
    assert stand_in.state()["charges"] == 1


def test_what_is_missing_is_said_and_what_was_typed_stays(stand_in, client):
    session = once(client)
    status, page, _ = visit(session.url, {"email": "ann@nowhere", "name": "<b>Ann</b>"})
    assert status == 422
    assert say("en", "need-email") in page
    assert say("en", "need-card") in page
    assert "ann@nowhere" in page
    assert "&lt;b&gt;Ann&lt;/b&gt;" in page
    assert stand_in.state()["charges"] == 0


def test_a_known_address_is_shown_and_can_not_be_changed(stand_in, client):
    session = once(client, customer_email="ann@example.org", custom_text={"submit": {"message": "Merci <3"}})
    _, page, _ = visit(session.url)
    assert 'value="ann@example.org"' in page
    assert "readonly" in page
    assert "Merci &lt;3" in page
    visit(session.url, filled(email="other@example.org"))
    assert client.v1.checkout.sessions.retrieve(session.id).customer_details.email == "ann@example.org"


def test_the_way_back_and_the_end_of_a_session(client):
    session = once(client, locale="fr-CA")
    assert f'href="{SITE}/back"' in visit(session.url)[1]
    client.v1.checkout.sessions.expire(session.id)
    status, page, _ = visit(session.url)
    assert status == 410
    assert "Cette page a expiré" in page
    assert visit(session.url, filled())[0] == 410


def test_a_monthly_gift_says_what_is_due_and_when(client):
    import time

    session = monthly(client, subscription_data={"trial_end": int(time.time()) + 20 * 86400})
    _, page, _ = visit(session.url)
    assert "CA$10.00 each month" in page
    assert "Due today: CA$0.00" in page
    assert "First payment on" in page


def portal(client, subscription, **changes):
    params = {"customer": subscription.customer, "return_url": f"{SITE}/me", **changes}
    return client.v1.billing_portal.sessions.create(params)


@pytest.mark.parametrize(("locale", "language"), LOCALES.items())
def test_a_donor_cancels_a_monthly_gift(stand_in, client, locale, language):
    subscription = started(stand_in, client)
    session = portal(client, subscription, locale=locale)
    _, page, _ = visit(session.url)
    assert say(language, "month", amount=money(language, 1000)) in page
    assert f'href="{SITE}/me"' in page
    _, sure, _ = visit(f"{session.url}?home=1&stop={subscription.id}")
    assert say(language, "stop-sure") in sure
    assert client.v1.subscriptions.retrieve(subscription.id).status == "active"
    status, _, on = visit(session.url, {"action": "stop", "subscription": subscription.id})
    assert status == 303
    page = visit(on)[1]
    assert say(language, "stopped") in page
    assert say(language, "no-gifts") in page
    assert client.v1.subscriptions.retrieve(subscription.id).status == "canceled"


def test_a_configuration_may_let_it_end_with_the_period_and_be_kept(stand_in, client):
    features = {"subscription_cancel": {"enabled": True, "mode": "at_period_end"}}
    configuration = client.v1.billing_portal.configurations.create({"features": features})
    subscription = started(stand_in, client)
    session = portal(client, subscription, configuration=configuration.id)
    visit(session.url, {"action": "stop", "subscription": subscription.id})
    assert client.v1.subscriptions.retrieve(subscription.id).cancel_at_period_end
    assert "nothing more will be charged" in visit(session.url)[1]
    visit(session.url, {"action": "keep", "subscription": subscription.id})
    assert not client.v1.subscriptions.retrieve(subscription.id).cancel_at_period_end


def test_a_link_may_lead_straight_to_the_card_and_back(stand_in, client):
    subscription = started(stand_in, client, card="fails-later")
    stand_in.advance(days=32)
    after = {"type": "redirect", "redirect": {"return_url": f"{SITE}/fixed"}}
    session = portal(client, subscription, flow_data={"type": "payment_method_update", "after_completion": after})
    assert "Save this card" in visit(session.url)[1]
    assert visit(session.url, {"action": "card", "card": "declined"})[0] == 402
    assert client.v1.subscriptions.retrieve(subscription.id).status == "past_due"
    assert visit(session.url, {"action": "card", "card": "works"})[2] == f"{SITE}/fixed"
    assert client.v1.subscriptions.retrieve(subscription.id).status == "active"


def test_a_link_may_lead_straight_to_the_end_of_a_gift(stand_in, client):
    subscription = started(stand_in, client)
    flow = {"type": "subscription_cancel", "subscription_cancel": {"subscription": subscription.id}}
    assert "Cancel your monthly gift?" in visit(portal(client, subscription, flow_data=flow).url)[1]


def test_nobody_cancels_another_donor_s_gift(stand_in, client):
    mine, other = started(stand_in, client), started(stand_in, client)
    session = portal(client, mine)
    assert visit(session.url, {"action": "stop", "subscription": other.id})[0] == 404
    visit(session.url, {"action": "keep", "subscription": other.id})
    assert client.v1.subscriptions.retrieve(other.id).status == "active"


def test_a_portal_link_is_secret_and_ends_after_an_hour(stand_in, client):
    session = portal(client, started(stand_in, client))
    assert visit(session.url[:-4] + "zzzz")[0] == 404
    stand_in.advance(seconds=3601)
    assert visit(session.url)[0] == 404


def test_pages_load_and_run_nothing_from_elsewhere(client):
    session = once(client)
    with urllib.request.urlopen(session.url) as answer:
        page = answer.read().decode()
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self'")
    assert "<script" not in page
    assert "style=" not in page
    assert visit(session.url.split("/c/")[0] + "/style.css")[0] == 200


def test_every_language_says_everything():
    names, cards = set(TEXTS["en"]), set(CARDS)
    assert cards <= names
    for language, texts in TEXTS.items():
        assert set(texts) == names, language
        for name, wording in texts.items():
            assert set(re.findall(r"{\w+}", wording)) == set(re.findall(r"{\w+}", TEXTS["en"][name])), (language, name)


@pytest.mark.parametrize(
    ("language", "cents", "shown"),
    [
        ("en", 2500, "CA$25.00"),
        ("en", 123456789, "CA$1,234,567.89"),
        ("fr", 2505, "25,05\u00a0$\u00a0CA"),
        ("fr", 123456789, "1\u00a0234\u00a0567,89\u00a0$\u00a0CA"),
        ("zh-HK", 2500, "CA$25.00"),
    ],
)
def test_money_is_written_as_each_language_writes_it(language, cents, shown):
    assert money(language, cents) == shown


@pytest.fixture
def desk():
    stand_in = StandIn(Settings(secret_key=KEY, control_token=TOKEN, desk=True), seed="7")
    stand_in.start()
    yield StripeStandIn(stand_in.url)
    stand_in.stop()


def test_the_desk_shows_gifts_and_lets_time_pass(desk):
    subscription = started(desk, desk.client())
    session = once(desk.client())
    desk.pay(session.id)
    page = visit(desk.url)[1]
    assert "CA$10.00, monthly: complete, paid" in page
    secret = re.search(r'name="secret" value="([^"]+)"', page)[1]
    assert visit(desk.url, {"action": "month", "secret": secret})[0] == 303
    assert desk.ledger()[-1]["subscription"] == subscription.id
    visit(desk.url, {"action": "dispute", "of": session.id, "secret": secret})
    assert desk.state()["counts"]["dispute"] == {"needs_response": 1}
    status, page, _ = visit(desk.url, {"action": "refund", "of": session.id, "secret": secret})
    assert (status, "charged back" in page) == (409, True)


def test_other_sites_can_not_press_its_buttons(desk):
    before = desk.state()["now"]
    assert visit(desk.url, {"action": "month"})[0] == 404
    assert visit(desk.url, {"action": "month", "secret": "guess"})[0] == 404
    assert visit(desk.url, Host="evil.example")[0] == 421
    assert desk.state()["now"] < before + 60


def test_without_the_option_there_is_no_desk(stand_in):
    assert "Newest gifts" not in visit(stand_in.url)[1]
    assert "form" not in visit(stand_in.url)[1]
