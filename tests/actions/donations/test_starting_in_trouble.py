"""Stripe hangs, fails, refuses or denies what it did: the donor reads a plain sentence, and nothing is made twice."""

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
from actions.donations.states import DonationState
from actions.protection.tokens import issue_token
from tests.actions.donations.reading import hidden, post, text_of
from tests.actions.donations.test_starting import SESSIONS, made, start
from tests.threads import at_once


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
        post(client, amount="")  # a page's first reader in a process waits for its templates, too
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
