"""From the form to Stripe's page: one page for one form, whatever dies between, and a plain word for the rest."""

from __future__ import annotations

import time
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from actions.donations import gateway, services, stripe_line
from actions.donations.checkout import session_params
from actions.donations.gateway import Busy, Refused, Unavailable
from actions.donations.models import Donation
from actions.donations.states import DonationState, Frequency
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


class TestTrouble:
    @pytest.fixture(autouse=True)
    def _quick(self, monkeypatch):
        """Deadlines in tenths; the clients of other tests keep theirs."""
        monkeypatch.setattr(stripe_line, "DEADLINE_SECONDS", 0.9)
        monkeypatch.setattr(gateway, "TIMEOUTS", (0.2, 0.3))
        monkeypatch.setattr(gateway, "RETRIES", 0)

    def faults(self, stripe, **fault):
        stripe.faults(requests=[{"path": SESSIONS, **fault}], seed=1)

    @pytest.mark.parametrize(
        "fault",
        [
            {"kind": "hang", "seconds": 2},
            {"kind": "hang_after", "seconds": 2},
            {"kind": "error"},
            {"kind": "error_after"},
            {"kind": "rate_limit"},
            {"kind": "lost_request"},
            {"kind": "lost_reply"},
        ],
        ids=lambda fault: fault["kind"],
    )
    def test_whatever_stripe_does_the_donor_reads_a_plain_sentence_and_can_go_on(self, client, appeal, stripe, fault):
        token = issue_token("donation")
        self.faults(stripe, times=1, method="POST", **fault)
        began = time.monotonic()
        answer = post(client, token=token, amount="42")
        assert time.monotonic() - began < 1.5
        assert answer.status_code == 503
        assert "Nothing was charged. Your amount is still here" in text_of(answer)
        assert 'value="42"' in answer.content.decode()
        assert hidden(answer, "form_token") == token
        stripe.clear_faults()
        if fault["kind"].startswith("hang"):
            time.sleep(2)
        again = post(client, token=token, amount="42")
        assert again.status_code == 303
        assert len(made(stripe)) == 1
        assert Donation.objects.get().session_id == made(stripe)[0].id

    def test_a_stored_failure_is_left_behind_only_after_a_look(self, client, appeal, stripe):
        token = issue_token("donation")
        self.faults(stripe, kind="error", times=1, method="POST")
        post(client, token=token)
        assert Donation.objects.get().must_look
        self.faults(stripe, kind="error", times=1, method="GET")
        assert post(client, token=token).status_code == 503  # it could not look, so it did not ask anew
        stripe.clear_faults()
        assert post(client, token=token).status_code == 303
        assert Donation.objects.get().attempt_number == 2
        assert len(made(stripe)) == 1

    def test_nobody_there_at_all(self, client, appeal, with_key):
        answer = post(client)
        assert answer.status_code == 503
        assert "Nothing was charged" in text_of(answer)

    def test_what_stripe_refuses_ends_the_gift(self, client, appeal, stripe, settings):
        settings.STRIPE_STATEMENT_SUFFIX = "x" * 50
        answer = post(client)
        assert answer.status_code == 503
        assert "could not be started" in text_of(answer)
        assert Donation.objects.get().state == DonationState.FAILED

    def test_two_may_wait_and_the_third_hears_at_once(self, appeal, stripe):
        self.faults(stripe, kind="hang", seconds=1)
        heard = []

        def ask(number: int) -> None:
            began = time.monotonic()
            time.sleep(0.05 * number)
            with pytest.raises((Busy, Unavailable)) as refused:
                gateway.session("cs_test_1")
            heard.append((refused.type, time.monotonic() - began))

        at_once(4, ask)
        assert sorted(kind.__name__ for kind, _seconds in heard) == ["Busy", "Busy", "Unavailable", "Unavailable"]
        assert all(seconds < 0.3 for kind, seconds in heard if kind is Busy)

    def test_an_answer_that_drips_is_cut_off_at_the_deadline(self, monkeypatch, appeal, stripe):
        began = time.monotonic()
        with pytest.raises(Unavailable):
            gateway._line().ask(lambda client: time.sleep(2))
        assert time.monotonic() - began < 1.5

    def test_a_wrong_key_is_our_fault_and_never_the_donors(self, appeal, stripe, settings):
        settings.STRIPE_SECRET_KEY = "sk_test_wrong"
        with pytest.raises(Unavailable):
            start(appeal)

    def test_refusals_are_told_apart_from_silence(self, appeal, stripe):
        with pytest.raises(Refused):
            gateway.session("cs_test_unknown")


class TestLookingForAPage:
    """What Stripe made and denied is found again, however many pages were begun meanwhile."""

    @pytest.fixture
    def small_lists(self, monkeypatch):
        monkeypatch.setattr(gateway, "PAGE", 2)

    def lists(self, stripe) -> int:
        return len([one for one in stripe.sent("/v1/checkout/sessions") if one["method"] == "GET"])

    def denied(self, appeal, stripe, *, kind: str = "error_after", token=None) -> Donation:
        stripe.faults(requests=[{"kind": kind, "times": 1, "method": "POST"}])
        with pytest.raises(Unavailable):
            start(appeal, token=token)
        stripe.clear_faults()
        return Donation.objects.latest("pk")

    def test_it_is_looked_for_page_by_page_and_no_further(self, appeal, stripe, small_lists):
        for _ in range(5):
            start(appeal, token=uuid.uuid4())
        lost = self.denied(appeal, stripe)
        for _ in range(5):
            start(appeal, token=uuid.uuid4())
        before = self.lists(stripe)
        found = services._found_again(lost, timezone.now())
        assert found.client_reference_id == lost.attempt.hex
        assert self.lists(stripe) - before == 3  # the five newer ones and it, not the five older ones

    def test_pages_begun_long_after_it_do_not_stand_before_it(self, appeal, stripe, small_lists):
        lost = self.denied(appeal, stripe)
        stripe.advance(seconds=1500)
        for _ in range(9):
            stripe.client().v1.checkout.sessions.create(session_params(lost))
        before = self.lists(stripe)
        assert services._found_again(lost, timezone.now() + timedelta(hours=1)) is not None
        assert self.lists(stripe) - before == 1

    def test_all_questions_of_one_form_end_within_the_deadline(self, appeal, stripe, monkeypatch):
        token = uuid.uuid4()
        self.denied(appeal, stripe, kind="error", token=token)
        monkeypatch.setattr(services, "DEADLINE_SECONDS", 0.5)
        stripe.faults(requests=[{"kind": "hang", "seconds": 0.4}])
        began = time.monotonic()
        with pytest.raises(Unavailable, match="deadline"):
            start(appeal, token=token)
        assert time.monotonic() - began < 1
        stripe.clear_faults()
        time.sleep(0.5)  # until the thread that hangs is free
        assert len(made(stripe)) == 0
        assert start(appeal, token=token).session_id


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
