"""A proof is good once, for one action, for a while, and cannot be made up."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from actions.protection.challenge import proof_of_work
from actions.protection.challenge.policy import ChallengeResult, Level
from actions.protection.challenge.proof_of_work import look_at_proof, new_challenge, sweep_proofs
from actions.protection.models import SpentProof
from tests.proofs import packed, proof_for, solved, unpacked
from tests.threads import at_once

pytestmark = pytest.mark.django_db
PASSED, MISSING, WRONG = ChallengeResult.PASSED, ChallengeResult.MISSING, ChallengeResult.WRONG


def look(proof: str, action: str = "petition", attempt: uuid.UUID | None = None) -> ChallengeResult:
    return look_at_proof(proof, action=action, attempt_id=attempt)


def test_a_good_proof_passes_once():
    proof = proof_for("petition")
    assert [look(proof), look(proof)] == [PASSED, WRONG]


def test_a_double_click_brings_its_proof_again_and_another_attempt_may_not():
    proof, mine = proof_for("petition"), uuid.uuid4()
    assert [look(proof, attempt=mine) for _ in range(3)] == [PASSED] * 3
    assert look(proof, attempt=uuid.uuid4()) == look(proof) == WRONG


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("has_attempt", [True, False])
def test_one_solution_in_fifty_threads_is_accepted_once(has_attempt):
    proof = proof_for("petition")
    attempts = [uuid.uuid4() if has_attempt else None for _ in range(50)]
    assert at_once(50, lambda n: look(proof, attempt=attempts[n])).count(PASSED) == 1


def test_no_proof_is_missing():
    assert look("") == MISSING


def test_a_proof_is_for_one_action():
    assert look(proof_for("letter")) == WRONG


def test_a_proof_runs_out(monkeypatch):
    monkeypatch.setattr(proof_of_work, "GOOD_FOR", timedelta(seconds=-1))
    assert look(proof_for("petition")) == WRONG


def test_another_servers_proof_is_none(settings):
    proof = proof_for("petition")
    settings.SECRET_KEY = "another server's secret"
    assert look(proof) == WRONG


def test_less_work_than_is_needed_now_is_not_enough(monkeypatch):
    proof = proof_for("petition")
    monkeypatch.setattr(proof_of_work, "level_of", lambda action: Level.RAISED)
    assert look(proof) == WRONG


@pytest.mark.parametrize(
    "change",
    [
        {"number": 10**9},
        {"number": "1"},
        {"number": True},
        {"number": None},
        {"number": [1]},
        {"salt": 5},
        {"salt": "abc"},
        {"challenge": ["x"]},
        {"challenge": "0" * 64},
        {"algorithm": "SHA-1"},
        {"algorithm": "MD5"},
        {"signature": "0" * 64},
        {"signature": None},
    ],
)
def test_what_was_altered_is_wrong(change):
    assert look(packed({**unpacked(proof_for("petition")), **change})) == WRONG
    assert not SpentProof.objects.exists()


@pytest.mark.parametrize("said", ["for=letter", "level=800000", "expires=99999999999"])
def test_what_the_salt_says_is_signed(said):
    payload = unpacked(proof_for("petition"))
    name = said.partition("=")[0]
    parts = [said if part.startswith(f"{name}=") else part for part in payload["salt"].split("?")[1].split("&")]
    payload["salt"] = f"{payload['salt'].split('?')[0]}?{'&'.join(parts)}"
    action = "letter" if name == "for" else "petition"
    assert look(packed(payload), action=action) == WRONG


def test_what_the_salt_says_cannot_be_moved_into_the_number():
    payload = unpacked(proof_for("petition"))
    head, _, tail = payload["salt"].partition("&for")
    assert look(packed({**payload, "salt": f"{head}&", "number": f"for{tail}{payload['number']}"})) == WRONG


@pytest.mark.parametrize("raw", ["x", "bm8=", packed([]), packed(5), packed("text"), packed({}), "[" * 999, "é" * 9])
def test_garbage_is_wrong_and_never_an_error(raw):
    assert look(raw) == WRONG


def test_a_long_text_is_not_even_read():
    assert look(packed({"x": "y" * 100_000})) == WRONG


def test_two_challenges_differ_and_say_how_much_work_they_are():
    one, other = (new_challenge("petition", level=Level.NORMAL) for _ in range(2))
    assert one["challenge"] != other["challenge"]
    assert one["maxNumber"] == 100_000
    assert new_challenge("petition", level=Level.RAISED)["maxNumber"] == 8 * one["maxNumber"]


def test_the_sweep_forgets_only_what_has_run_out():
    look(proof_for("petition"))
    sweep_proofs(timezone.now() + timedelta(hours=23))
    assert SpentProof.objects.count() == 1
    sweep_proofs(timezone.now() + timedelta(hours=25))
    assert not SpentProof.objects.exists()


def test_the_endpoint_gives_our_pages_a_challenge_that_nobody_stores(donor, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = donor.challenge("?action=petition")
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies
    assert look(solved(response.json())) == PASSED


def test_the_endpoint_costs_one_query_where_a_breaker_guards(donor, django_assert_num_queries):
    with django_assert_num_queries(1):
        donor.challenge()
    with django_assert_num_queries(0):
        donor.challenge()


def test_the_endpoint_answers_nobody_else(donor):
    assert donor.challenge(**{"sec-fetch-site": "cross-site"}).status_code == 403
    assert Client().get("/en/act/challenge/?action=donation").status_code == 403
    assert donor.challenge("?action=<script>").status_code == 400
    assert donor.challenge("").status_code == 400
    assert donor.client.post("/en/act/challenge/", headers={"origin": "http://testserver"}).status_code in (403, 405)
