"""Back from Stripe's page: the truth as it is known now, nobody's name, and never an invitation to pay twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from actions.donations import gateway, stripe_line
from actions.donations.models import Appeal, Donation, Payment
from actions.donations.states import Frequency
from tests.actions.donations.reading import URL, begun, hear, paid, text_of
from tests.factories.donations import AppealFactory


def back(client, donation: Donation, language: str = "en"):
    cache.clear()
    return client.get(f"/{language}/act/donate/lights/thanks/?session_id={donation.session_id}")


def test_a_paid_gift_is_thanked_for_before_and_after_the_webhook(client, appeal, stripe, django_assert_num_queries):
    donation = paid(stripe, appeal)
    early = back(client, donation)
    assert early.status_code == 200
    assert "Your gift has arrived" in text_of(early)
    assert "CA$25, once" in text_of(early)
    assert not Payment.objects.exists()  # the page reads and writes nothing
    hear(client, stripe)
    asked = len(stripe.sent())
    with django_assert_num_queries(5):
        late = back(client, donation)
    assert "Your gift has arrived" in text_of(late)
    assert len(stripe.sent()) == asked


def test_the_page_names_nobody_and_is_kept_by_nobody(client, appeal, stripe):
    donation = paid(stripe, appeal)
    hear(client, stripe)
    page = back(client, donation)
    for secret in ("Ann Donor", "donor@example.org", donation.session_id):
        assert secret not in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert "noindex" in page.content.decode()


@pytest.mark.parametrize(
    ("card", "words"),
    [("debit", "Your payment is on its way"), ("declined", "This gift has not been paid")],
)
def test_what_is_under_way_or_open_is_said(client, appeal, stripe, card, words):
    page = text_of(back(client, paid(stripe, appeal, card=card)))
    assert words in page
    assert ("do not pay again" in page) == (card == "debit")


def test_an_unpaid_page_can_be_gone_on_with_and_an_expired_one_keeps_the_amount(client, appeal, stripe):
    donation = begun(appeal, amount_cents=42_00)
    assert f"{URL}continue/{donation.attempt}/" in back(client, donation).content.decode()
    stripe.expire(session=donation.session_id)
    page = back(client, donation).content.decode()
    assert f"{URL}?amount=42&amp;frequency=one_time" in page
    hear(client, stripe)
    assert f"{URL}?amount=42&amp;frequency=one_time" in back(client, donation).content.decode()


@pytest.mark.parametrize("fault", ["hang", "error", "rate_limit", "lost_reply"])
def test_when_stripe_cannot_be_reached_nobody_is_asked_to_pay_again(client, appeal, stripe, monkeypatch, fault):
    monkeypatch.setattr(stripe_line, "DEADLINE_SECONDS", 0.9)
    monkeypatch.setattr(gateway, "TIMEOUTS", (0.2, 0.3))
    monkeypatch.setattr(gateway, "RETRIES", 0)
    donation = paid(stripe, appeal)
    stripe.faults(requests=[{"kind": fault, "method": "GET", "seconds": 1}])
    answer = back(client, donation)
    assert answer.status_code == 503
    assert "Please do not pay again" in text_of(answer)
    for link in ("continue/", "?amount=", "data-action"):
        assert link not in answer.content.decode()


def test_reloading_asks_stripe_once_in_a_while(client, appeal, stripe):
    donation = begun(appeal)
    back(client, donation)
    asked = len(stripe.sent())
    for _ in range(5):
        client.get(f"{URL}thanks/?session_id={donation.session_id}")
    assert len(stripe.sent()) == asked


@pytest.mark.parametrize("session_id", ["", "cs_test_unknown", "x" * 5000, "%27%20OR%201=1", "{CHECKOUT_SESSION_ID}"])
def test_an_unknown_number_finds_nothing_and_asks_nobody(client, appeal, stripe, session_id):
    assert client.get(f"{URL}thanks/?session_id={session_id}").status_code in (400, 404, 414)
    assert stripe.sent() == []


def test_another_appeals_number_finds_nothing(client, appeal, stripe):
    other = AppealFactory(slug="other")
    donation = begun(other)
    assert back(client, donation).status_code == 404
    assert client.get(f"{URL}continue/{donation.attempt}/").status_code == 404


def test_a_monthly_gift_is_suggested_only_where_the_appeal_says_so(client, appeal, stripe):
    single, monthly = paid(stripe, appeal), paid(stripe, appeal, frequency=Frequency.MONTHLY)
    assert "starts=next-month" not in back(client, single).content.decode()
    Appeal.objects.update(suggests_monthly=True)
    assert "starts=next-month" in back(client, single).content.decode()
    assert "starts=next-month" not in back(client, monthly).content.decode()


def test_the_cancel_address_leads_back_to_the_form_with_the_amount(client, appeal, stripe):
    begun(appeal, amount_cents=42_00, frequency=Frequency.MONTHLY)
    [sent] = stripe.sent("/v1/checkout/sessions")
    answer = client.get(sent["params"]["cancel_url"].removeprefix("http://testserver"))
    assert "You came back without paying" in text_of(answer)
    assert 'value="42"' in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


class TestThePageBetween:
    def test_a_paid_gift_has_no_way_to_pay_again(self, client, appeal, stripe):
        donation = paid(stripe, appeal)
        hear(client, stripe)
        page = client.get(f"{URL}continue/{donation.attempt}/")
        assert "need not pay again" in text_of(page)
        assert donation.session_url not in page.content.decode()

    def test_a_page_that_has_ended_leads_back_to_the_form(self, client, appeal, stripe):
        donation = begun(appeal)
        Donation.objects.update(session_expires_at=timezone.now() - timedelta(seconds=1))
        page = client.get(f"{URL}continue/{donation.attempt}/").content.decode()
        assert donation.session_url not in page
        assert f"{URL}?amount=25&amp;frequency=one_time" in page

    def test_nobody_finds_it_by_guessing(self, client, appeal, stripe):
        assert client.get(f"{URL}continue/00000000-0000-4000-8000-000000000000/").status_code == 404
