"""A form asks for the challenge when it is needed, says plainly what is wrong and keeps what was typed."""

from __future__ import annotations

import pytest
from django.utils import translation

from actions.protection import limits, verdicts
from actions.protection.breaker import record_failure
from actions.protection.challenge.policy import Level, challenge_for
from actions.protection.models import SpentProof
from actions.protection.tokens import issue_token
from tests.actions.protection.challenge.conftest import GIVE, Donor
from tests.proofs import proof_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def raised(monkeypatch):
    for _ in range(21):
        record_failure("donations")


def test_it_is_not_shown_before_it_is_needed(donor):
    html = donor.client.get(GIVE).text
    assert "data-challenge" not in html
    assert "challenge" not in html.lower()
    assert donor.give().json()["challenge"] is None


def test_a_proof_that_nobody_asked_for_is_not_looked_at(donor):
    assert donor.give(proof="garbage").status_code == 200
    assert not SpentProof.objects.exists()


def test_once_it_is_needed_the_page_shows_it_and_says_what_to_do_without_script(donor, raised):
    html = donor.client.get(GIVE).text
    assert 'data-challenge="/en/act/challenge/?action=donation"' in html
    assert "<noscript><p>This check needs JavaScript, which is switched off here. Please give by e-transfer." in html


def test_a_good_proof_lets_the_form_through(donor, raised):
    assert donor.give(proof=proof_for("donation", Level.RAISED)).json()["challenge"] == "passed"


@pytest.mark.parametrize(
    ("language", "title"),
    [("en", "was not finished"), ("fr", "n’était pas terminée"), ("zh-hant", "尚未完成")],
)
def test_without_a_proof_the_form_comes_back_in_each_language(donor, raised, language, title):
    with translation.override(language):
        response = donor.send({"name": "陳大文"}, path=f"/{language}/sample/give/")
    assert response.status_code == 422
    assert title in response.text
    assert 'value="陳大文"' in response.text
    assert '<a href="#id_proof">' in response.text
    assert 'id="id_proof" tabindex="-1"' in response.text


def test_a_used_proof_and_an_easy_one_are_told_apart_from_none(donor, raised):
    proof = proof_for("donation", Level.RAISED)
    assert donor.give(proof=proof).status_code == 200
    for worthless in (proof, proof_for("donation", Level.NORMAL), "garbage"):
        response = donor.give(proof=worthless)
        assert response.status_code == 422
        assert "has run out" in response.text


def test_a_mistyped_field_does_not_use_the_proof_up(donor, raised):
    proof = proof_for("donation", Level.RAISED)
    assert donor.give(name="", proof=proof).status_code == 422
    assert donor.give(proof=proof).status_code == 200


def test_a_double_click_is_one_payment_and_no_error(donor, raised, settings):
    settings.PROTECTION_LIMITS = {"payment": limits.Limit(50, 600)}
    sent = {"proof": proof_for("donation", Level.RAISED), "form_token": issue_token("donation")}
    answers = [donor.give(**sent).json() for _ in range(3)]
    assert [answer["challenge"] for answer in answers] == ["passed"] * 3
    assert [answer["accepted"] for answer in answers] == [True, False, False]


def test_an_editors_switch_asks_for_the_normal_amount():
    assert challenge_for("petition") is None
    assert challenge_for("petition", asked=True).level == Level.NORMAL


def test_three_attempts_in_ten_minutes_with_a_token_and_two_without(monkeypatch):
    monkeypatch.setattr(verdicts.FormToken, "is_ripe", True)
    with_script, without = Donor("198.51.100.1"), Donor("198.51.100.2")
    answers = [with_script.give(form_token=issue_token("donation")).status_code for _ in range(4)]
    assert answers == [200, 200, 200, 429]
    assert [without.give().status_code for _ in range(3)] == [200, 200, 429]


def test_ten_attempts_a_day_with_a_token_and_five_without(monkeypatch, settings):
    monkeypatch.setattr(verdicts.FormToken, "is_ripe", True)
    settings.PROTECTION_LIMITS = {"payment": limits.Limit(99, 600)}
    with_script, without = Donor("198.51.100.1"), Donor("198.51.100.2")
    answers = [with_script.give(form_token=issue_token("donation")).status_code for _ in range(11)]
    assert answers == [200] * 10 + [429]
    assert [without.give().status_code for _ in range(6)] == [200] * 5 + [429]


def test_what_the_short_limit_stops_does_not_use_up_the_day(monkeypatch):
    now = limits.database_epoch()
    donor = Donor()
    assert [donor.give().status_code for _ in range(9)] == [200, 200] + [429] * 7
    for window in (1, 2):
        monkeypatch.setattr(limits, "database_epoch", lambda later=now + 600 * window: later)
        assert donor.give().status_code == 200


def test_neighbours_in_one_ipv6_network_share_their_attempts_and_others_do_not():
    answers = [Donor(f"2001:db8:1:1::{n}").give().status_code for n in range(3)]
    assert answers == [200, 200, 429]
    assert Donor("2001:db8:1:2::1").give().status_code == 200


def test_how_many_queries_it_costs(donor, raised, django_assert_max_num_queries):
    proof = proof_for("donation", Level.RAISED)
    donor.give(name="")
    # flood 3, proof 3 with its savepoint, two limits 6
    with django_assert_max_num_queries(12):
        donor.give(proof=proof)
