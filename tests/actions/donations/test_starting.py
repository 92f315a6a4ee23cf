"""From the form to Stripe's page: one page for one form, whatever dies between, and a plain word for the rest."""

from __future__ import annotations

import time
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from actions.donations import gateway, services
from actions.donations.models import Donation
from actions.donations.states import Frequency
from actions.protection.tokens import issue_token
from tests.actions.donations.reading import URL, hidden, post, text_of
from tests.factories.donations import gift
from tests.stubs.stripe_types import assert_parameters_known
from tests.threads import at_once

SESSIONS = "/v1/checkout/sessions"


def made(stripe) -> list[dict]:
    """The payment pages that Stripe has, by its own list."""
    return stripe.client().v1.checkout.sessions.list({"limit": 100}).data


def start(appeal, token=None, **changes) -> Donation:
    return services.start(appeal=appeal, wording_version=None, gift=gift(**changes), token=token or uuid.uuid4())


class Killed(BaseException):
    """The process ends here: nothing catches it."""


def test_a_gift_is_stored_before_stripe_is_asked_and_leads_to_its_page(client, appeal, stripe):
    answer = post(client, wording=str(0))
    donation = Donation.objects.get()
    assert answer.status_code == 303
    assert answer["Location"] == f"{URL}continue/{donation.attempt}/"
    page = client.get(answer["Location"])
    assert page["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    assert f'href="{donation.session_url}"' in page.content.decode()
    assert "CA$25, once" in text_of(page)
    assert donation.wording_version.content["title"] == "Keep the lights on"


@pytest.mark.parametrize(
    ("language", "locale", "name"), [("en", "en", "Donation"), ("fr", "fr-CA", "Don"), ("zh-hant", "zh-HK", "捐款")]
)
def test_stripe_is_told_what_it_needs_and_nothing_of_the_cause(client, appeal, stripe, language, locale, name):
    path = URL.replace("/en/", f"/{language}/")
    post(client, f"{path}give/", covers_fee="on", is_anonymous="on")
    [sent] = stripe.sent(SESSIONS)
    donation, params = Donation.objects.get(), sent["params"]
    [item] = params["line_items"]
    assert (donation.amount_cents, donation.fee_cover_cents, donation.is_anonymous) == (2500, 106, True)
    assert params["mode"] == "payment"
    assert params["locale"] == locale
    assert params["client_reference_id"] == donation.attempt.hex
    assert item["price_data"]["currency"] == "cad"
    assert int(item["price_data"]["unit_amount"]) == 2606
    assert params["submit_type"] == "donate"
    assert params["payment_intent_data"]["metadata"] == params["metadata"]
    assert params["metadata"]["donation"] == str(donation.pk)
    assert params["payment_intent_data"]["statement_descriptor_suffix"] == "GIFT"
    assert params["success_url"] == f"http://testserver{path}thanks/?session_id={{CHECKOUT_SESSION_ID}}"
    assert params["cancel_url"] == f"http://testserver{path}?amount=25&frequency=one_time&cancelled=1"
    assert sent["key"] == f"{donation.attempt.hex}-1"
    assert "Hong Kong" not in str(params)


def test_a_monthly_gift_asks_for_a_subscription(client, appeal, stripe):
    post(client, amount=["50", ""], amount_monthly="10", frequency="monthly")
    [sent] = stripe.sent(SESSIONS)
    params = sent["params"]
    assert params["mode"] == "subscription"
    assert params["line_items"][0]["price_data"]["recurring"] == {"interval": "month"}
    assert int(params["line_items"][0]["price_data"]["unit_amount"]) == 1000
    assert params["subscription_data"]["metadata"]["frequency"] == "monthly"
    assert "trial_end" not in params["subscription_data"]


def test_a_monthly_gift_after_a_single_one_begins_a_month_later(client, appeal, stripe):
    page = client.get(f"{URL}?frequency=monthly&starts=next-month")
    assert hidden(page, "starts") == "next-month"
    post(client, amount=["50", ""], amount_monthly="10", frequency="monthly", starts="next-month")
    [sent] = stripe.sent(SESSIONS)
    begins = int(sent["params"]["subscription_data"]["trial_end"]) - time.time()
    assert 29.9 < begins / 86400 < 30.1


@pytest.mark.parametrize("changes", [{}, {"frequency": Frequency.MONTHLY}, {"covers_fee": True}])
def test_every_parameter_we_send_is_one_that_stripes_client_knows(appeal, stripe, changes):
    start(appeal, **changes)
    [sent] = stripe.sent(SESSIONS)
    assert_parameters_known(sent["takes"], sent["params"])


def test_without_script_the_page_between_leads_on_with_its_own_attempt(client, appeal, stripe):
    review = post(client, token=None)
    fields = {name: hidden(review, name) for name in ("amount", "frequency", "wording")}
    first = post(client, token=hidden(review, "form_token"), **fields)
    second = post(client, token=hidden(review, "form_token"), **fields)
    assert first.status_code == second.status_code == 303
    assert first["Location"] == second["Location"]
    assert len(made(stripe)) == 1


def test_a_changed_amount_needs_a_new_attempt_and_gets_one(client, appeal, stripe):
    token = issue_token("donation")
    post(client, token=token, amount="25")
    changed = post(client, token=token, amount="40")
    assert changed.status_code == 409
    assert "send the form once more" in text_of(changed)
    assert hidden(changed, "form_token") == ""
    assert Donation.objects.get().amount_cents == 2500


@pytest.mark.django_db(transaction=True)
def test_fifty_double_clicks_make_one_payment_page(client, appeal, stripe, settings):
    from django.test import Client

    del settings.PROTECTION_LIMITS  # the usual ones hold: a form sent fifty times is one gift
    token = issue_token("donation")
    answers = at_once(50, lambda _number: post(Client(), token=token))
    donation = Donation.objects.get()
    assert {answer.status_code for answer in answers} == {303}
    assert {answer["Location"] for answer in answers} == {f"{URL}continue/{donation.attempt}/"}
    assert len(made(stripe)) == 1
    assert donation.session_id == made(stripe)[0].id


def test_who_comes_while_another_asks_waits_on_a_page_that_looks_again(client, appeal, stripe):
    donation = start(appeal)
    Donation.objects.update(session_id=None, session_url="", asking_until=timezone.now() + timedelta(seconds=9))
    page = client.get(f"{URL}continue/{donation.attempt}/")
    assert page["Refresh"] == "2"
    assert "One moment" in text_of(page)


class TestKilled:
    """At each point where a process can end, the same form finds the same page, and Stripe has made one."""

    def again(self, appeal, stripe, token):
        Donation.objects.update(asking_until=None)  # the dead one's turn is over after 20 seconds
        donation = start(appeal, token)
        assert [one.id for one in made(stripe)] == [donation.session_id]
        assert Donation.objects.count() == 1

    def test_before_stripe_was_asked(self, appeal, stripe, monkeypatch):
        token = uuid.uuid4()
        monkeypatch.setattr(gateway, "create_session", lambda *args, **kwargs: (_ for _ in ()).throw(Killed))
        with pytest.raises(Killed):
            start(appeal, token)
        monkeypatch.undo()
        self.again(appeal, stripe, token)

    def test_after_stripes_answer_and_before_the_commit(self, appeal, stripe, monkeypatch):
        token = uuid.uuid4()
        monkeypatch.setattr(services, "_keep_page", lambda *args: (_ for _ in ()).throw(Killed))
        with pytest.raises(Killed):
            start(appeal, token)
        monkeypatch.undo()
        assert len(made(stripe)) == 1
        self.again(appeal, stripe, token)

    def test_after_stripes_answer_and_more_than_a_day_ago(self, appeal, stripe, monkeypatch):
        token = uuid.uuid4()
        monkeypatch.setattr(services, "_keep_page", lambda *args: (_ for _ in ()).throw(Killed))
        with pytest.raises(Killed):
            start(appeal, token)
        monkeypatch.undo()
        long_ago = timezone.now() - timedelta(hours=25)
        Donation.objects.update(asked_at=long_ago, first_asked_at=long_ago)
        self.again(appeal, stripe, token)
        assert Donation.objects.get().attempt_number == 1

    def test_before_stripe_was_asked_and_more_than_a_day_ago(self, appeal, stripe, monkeypatch):
        token = uuid.uuid4()
        monkeypatch.setattr(gateway, "create_session", lambda *args, **kwargs: (_ for _ in ()).throw(Killed))
        with pytest.raises(Killed):
            start(appeal, token)
        monkeypatch.undo()
        long_ago = timezone.now() - timedelta(hours=25)
        Donation.objects.update(asked_at=long_ago, first_asked_at=long_ago)
        self.again(appeal, stripe, token)
        assert Donation.objects.get().attempt_number == 2


def test_the_honeypot_and_the_limits_stop_before_stripe(client, appeal, stripe, settings):
    assert post(client, website="spam").status_code == 429
    del settings.PROTECTION_LIMITS
    codes = [post(client).status_code for _ in range(8)]
    assert codes == [303, 303] + [429] * 6  # tokens of no age count as none
    assert len(made(stripe)) == Donation.objects.count() == 2


def test_a_gift_costs_the_same_few_queries_each_time(client, appeal, stripe, django_assert_max_num_queries):
    post(client)
    with django_assert_max_num_queries(26):
        assert post(client).status_code == 303
    location = f"{URL}continue/{Donation.objects.latest('pk').attempt}/"
    client.get(location)  # makes the settings of the site, once
    with django_assert_max_num_queries(5):
        client.get(location)
