"""A wave of stolen cards raises the challenge, then pauses; it passes by itself, and honest donors get through."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.core.cache.backends import locmem
from django.db.models import F
from django.utils import timezone

from actions.protection import breaker
from actions.protection.breaker import Breaker, BreakerState, counts, record_failure, record_success, state
from actions.protection.challenge.policy import Level, challenge_for
from actions.protection.models import BreakerMinute
from tests.actions.protection.challenge.conftest import GIVE, Donor
from tests.proofs import proof_for
from tests.threads import at_once

pytestmark = pytest.mark.django_db
CLOSED, CHALLENGE, PAUSED = BreakerState


def fail(times: int) -> None:
    for _ in range(times):
        record_failure("donations")


def later(minutes: int) -> None:
    """Let time pass for the counts."""
    for row in BreakerMinute.objects.order_by("minute_epoch"):
        BreakerMinute.objects.filter(pk=row.pk).update(minute_epoch=F("minute_epoch") - 60 * minutes)
    cache.clear()


def test_each_step_comes_with_the_failure_after_its_number():
    fail(20)
    assert state("donations") == CLOSED
    fail(1)
    assert state("donations") == CHALLENGE
    fail(79)
    assert state("donations") == CHALLENGE
    fail(1)
    assert state("donations") == PAUSED


def test_a_challenge_goes_by_itself():
    fail(21)
    later(12)
    assert state("donations") == CLOSED


def test_a_pause_ends_by_itself_first_with_the_challenge_and_within_an_hour_without():
    fail(101)
    later(12)
    assert state("donations") == CHALLENGE
    later(50)
    assert state("donations") == CLOSED


def test_successes_are_counted_and_change_nothing():
    fail(21)
    for _ in range(50):
        record_success("donations")
    assert state("donations") == CHALLENGE
    assert counts("donations", seconds=600) == (21, 50)


def test_the_form_asks_for_more_work_while_it_is_up():
    assert challenge_for("donation") is None
    fail(21)
    assert challenge_for("donation").level == Level.RAISED
    assert challenge_for("petition") is None


def test_an_unknown_name_is_noticed_at_once():
    for ask in (state, record_failure, record_success):
        with pytest.raises(KeyError):
            ask("nothing")


def test_settings_add_breakers_and_override_them(settings):
    settings.PROTECTION_BREAKERS = {"sign-ups": Breaker("Sign-ups", guards=("subscribe",), challenge_after=1)}
    record_failure("sign-ups")
    assert state("sign-ups") == CLOSED
    record_failure("sign-ups")
    assert (state("sign-ups"), state("donations")) == (CHALLENGE, CLOSED)
    assert challenge_for("subscribe").level == Level.RAISED


def test_asking_costs_one_query_in_three_seconds(monkeypatch, django_assert_num_queries):
    now = locmem.time.time()
    for seconds, queries in ((0, 1), (2, 0), (4, 1)):
        monkeypatch.setattr(locmem.time, "time", lambda later=now + seconds: later)
        with django_assert_num_queries(queries):
            state("donations")


def test_recording_costs_two_short_statements(django_assert_num_queries):
    with django_assert_num_queries(2):
        record_failure("donations")


@pytest.mark.django_db(transaction=True)
def test_no_failure_is_lost_among_fifty_threads():
    at_once(50, lambda n: record_failure("donations"))
    assert counts("donations", seconds=600) == (50, 0)


def test_the_sweep_keeps_what_a_window_still_holds():
    fail(1)
    later(30)
    fail(1)
    breaker.sweep_breakers(timezone.now())
    assert BreakerMinute.objects.count() == 2
    later(45)
    breaker.sweep_breakers(timezone.now())
    assert BreakerMinute.objects.count() == 1


def attack(cards: int, *, proofs: list[str]) -> tuple[list[int], int]:
    """Try stolen cards, each from an address of its own. Returns the statuses, and when the challenge came up."""
    statuses, tripped_at, thief = [], 0, Donor()
    for n in range(cards):
        thief.address = f"203.0.{n // 250}.{n % 250}"
        proof = proofs.pop() if proofs and state("donations") == CHALLENGE else ""
        answer = thief.give(path=f"{GIVE}?plain", proof=proof)
        statuses.append(answer.status_code)
        if answer.status_code == 200:
            record_failure("donations")  # the bank says no
        if not tripped_at and state("donations") != CLOSED:
            tripped_at = n + 1
    return statuses, tripped_at


@pytest.fixture
def with_site(settings, monkeypatch):
    settings.ROOT_URLCONF = "tests.challenge_site"
    # Solving the full amount in Python would take a second for each of the attacker's proofs.
    monkeypatch.setattr("tests.proofs.new_challenge", _easy)


def _easy(action: str, *, level: Level) -> dict:
    from actions.protection.challenge import proof_of_work

    made = proof_of_work.altcha.create_challenge(
        proof_of_work.altcha.ChallengeOptions(
            algorithm="SHA-256",
            max_number=50,
            hmac_key=proof_of_work._key(),
            expires=timezone.now() + proof_of_work.GOOD_FOR,
            params={"for": action, "level": str(int(level))},
        )
    )
    return made.to_dict()


def test_two_thousand_stolen_cards(with_site):
    """Without proofs the wave ends at 21; who is honest and elsewhere gives with a proof."""
    statuses, tripped_at = attack(2_000, proofs=[])
    assert tripped_at == 21
    assert statuses.count(200) == 21
    assert Donor("192.0.2.7").give(proof=proof_for("donation", Level.RAISED)).status_code == 200


def test_stolen_cards_with_a_proof_each(with_site):
    """Whoever does the work for every card is paused at 101, and donations run again by themselves."""
    proofs = [proof_for("donation", Level.RAISED) for _ in range(150)]
    statuses, tripped_at = attack(400, proofs=proofs)
    assert tripped_at == 21
    assert statuses.count(200) == 101
    assert state("donations") == PAUSED
    honest = Donor("192.0.2.7")
    assert honest.give(proof=proof_for("donation", Level.RAISED)).status_code == 503
    later(12)
    assert honest.give(proof=proof_for("donation", Level.RAISED)).status_code == 200
    later(60)
    assert honest.give().status_code == 200


def test_without_the_breaker_they_would_all_get_through(with_site, settings):
    """The negative control of the two tests above."""
    settings.PROTECTION_BREAKERS = {
        "donations": Breaker("", guards=("donation",), challenge_after=9**9, pause_after=9**9)
    }
    statuses, _ = attack(120, proofs=[])
    assert statuses == [200] * 120
