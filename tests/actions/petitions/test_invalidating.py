"""Invalidating many by a condition: what was seen is what is done, in batches, and undoing restores the exact count."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from actions.outbox.worker import Worker
from actions.petitions import invalidating, services
from actions.petitions.conditions import Condition, look, matching
from actions.petitions.domain_names import key_of, names_of
from actions.petitions.invalidating import CannotInvalidate, cancel, start, undo, work_on, work_on_all
from actions.petitions.models import (
    GoalReached,
    InvalidatedSignature,
    Invalidation,
    Petition,
    RidingTally,
    Signature,
    Tally,
)
from actions.petitions.states import SignatureState
from actions.petitions.tally import add_up_all, drift_of
from actions.petitions.trends import Window, trends_of
from actions.privacy.models import AccessLog
from tests.factories.petitions import PetitionFactory, confirmed, signed
from tests.threads import at_once

pytestmark = pytest.mark.django_db
FLOOD = "flood.example"


def numbers() -> tuple[int, int, int, list[int]]:
    """The tally as the public sees it, once the worker has added up."""
    add_up_all(timezone.now())
    tally = Tally.objects.get()
    return tally.confirmed, tally.abroad, tally.ridings, list(RidingTally.objects.values_list("confirmed", flat=True))


def crowd(petition, number: int, domain: str = FLOOD, **changes) -> list[Signature]:
    return [
        confirmed(petition, email=f"{domain[0]}{n}@{domain}", name=f"{domain[0]} {n}", **changes) for n in range(number)
    ]


def of_domain(petition, domain: str = FLOOD) -> Condition:
    return Condition(petition.pk, mail_domain_key=key_of(petition.pk, domain))


def started(condition: Condition, **changes) -> Invalidation:
    found = look(condition)
    values = {"last_id": found.last_id, "expected": found.count, "reason": "a flood", "user": None, **changes}
    return start(condition=condition, **values)


def worked_off() -> None:
    while work_on_all(timezone.now()):
        pass


def state_of(invalidation: Invalidation) -> str:
    invalidation.refresh_from_db()
    return invalidation.state


@pytest.fixture
def flooded(petition):
    """Two honest signers, and a flood of confirmed, pending and held ones; one of it lives abroad, one is in slot 2."""
    crowd(petition, 2, "honest.example")
    crowd(petition, 3)
    confirmed(petition, email=f"abroad@{FLOOD}", postal_code="", name="Abroad")
    confirmed(petition, email=f"f0@{FLOOD}", name="Second of the home", show_name=True)
    signed(petition, email=f"waits@{FLOOD}", name="Waits")
    signed(petition, email=f"held@{FLOOD}", name="Held", held_reason="limit")
    return petition


def test_invalidating_and_undoing_restores_everything_exactly(flooded):
    columns = ("pk", "state", "slot", "held_reason", "confirmed_at", "ended_at")
    before, rows = numbers(), list(Signature.objects.order_by("pk").values_list(*columns))
    assert before == (7, 1, 1, [6])
    found = look(of_domain(flooded))
    assert (found.count, found.counted, sum(number for _name, number in found.by_riding)) == (7, 5, 7)
    run = started(of_domain(flooded))
    worked_off()
    assert (state_of(run), run.changed, numbers()) == ("done", 7, (2, 0, 1, [2]))
    assert set(Signature.objects.filter(ended_at__isnull=False).values_list("state", "slot")) == {("invalidated", None)}
    assert undo(invalidation_id=run.pk, user=None)
    worked_off()
    assert (state_of(run), run.restored, numbers()) == ("undone", 7, before)
    assert list(Signature.objects.order_by("pk").values_list(*columns)) == rows
    assert drift_of(flooded.pk) == 0


def test_the_number_shown_before_is_the_number_taken_and_nothing_signed_later(flooded):
    condition = of_domain(flooded)
    found = look(condition)
    late = confirmed(flooded, email=f"late@{FLOOD}", name="Late")
    run = start(condition=condition, last_id=found.last_id, expected=found.count, reason="a flood", user=None)
    worked_off()
    late.refresh_from_db()
    assert (state_of(run), run.changed, late.state) == ("done", found.count, SignatureState.CONFIRMED)


@pytest.mark.parametrize(
    ("condition", "changes"),
    [
        ({}, {}),
        ({"language": "en"}, {"reason": "  "}),
        ({"language": "en"}, {"expected": 3}),
        ({"language": "fr"}, {}),
    ],
)
def test_an_empty_condition_a_missing_reason_and_another_number_start_nothing(flooded, condition, changes):
    with pytest.raises(CannotInvalidate):
        started(Condition(flooded.pk, **condition), **changes)
    assert not Invalidation.objects.exists()
    assert not AccessLog.objects.exists()


def test_one_invalidation_of_a_petition_at_a_time(flooded):
    started(of_domain(flooded))
    with pytest.raises(CannotInvalidate, match="under way"):
        started(Condition(flooded.pk, language="en"))


def test_each_condition_finds_its_own(petition, riding):
    flood = crowd(petition, 2, address_key="6abc")
    french = confirmed(petition, email="fr@signer.example", name="Luc", language="fr", postal_code="")
    held = signed(petition, email="h@signer.example", name="H", held_reason="limit")
    old = confirmed(petition, email="o@signer.example", name="O")
    Signature.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=2))
    confirmed(PetitionFactory(), email="other@signer.example", address_key="6abc", language="fr")
    yesterday = timezone.now() - timedelta(days=1)

    def found(**condition) -> set[int]:
        return set(matching(Condition(petition.pk, **condition)).values_list("pk", flat=True))

    both = {one.pk for one in flood}
    assert found(address_key="6abc") == found(mail_domain_key=key_of(petition.pk, FLOOD)) == both
    assert found(language="fr") == {french.pk}
    assert found(held_reason="limit") == found(signature_state="held") == {held.pk}
    assert found(until=yesterday) == {old.pk}
    assert found(since=yesterday, riding_id=riding.pk) == {*both, held.pk}
    assert found(address_key="6abc", language="fr") == set()


def test_what_a_signer_or_a_person_did_meanwhile_stays(flooded):
    of_flood = Signature.objects.filter(mail_domain_key=key_of(flooded.pk, FLOOD), state="confirmed", slot=1)
    gone, released, twice = of_flood.order_by("pk")[1:4]
    run = started(of_domain(flooded))
    worked_off()
    services.withdraw(signature_id=gone.pk)
    services.release(signature_id=released.pk)
    services.release(signature_id=twice.pk)
    services.invalidate(signature_id=twice.pk)
    assert numbers()[0] == 3
    undo(invalidation_id=run.pk, user=None)
    worked_off()
    states = {one.pk: one.state for one in Signature.objects.all()}
    assert (states[gone.pk], states[released.pk], states[twice.pk]) == ("withdrawn", "confirmed", "invalidated")
    assert (state_of(run), run.changed, run.restored, numbers()[0]) == ("undone", 7, 4, 5)
    assert drift_of(flooded.pk) == 0


def test_a_button_pressed_meanwhile_counts_once_it_is_undone(flooded):
    waits = Signature.objects.get(state="pending")
    held = Signature.objects.get(state="held")
    run = started(of_domain(flooded))
    worked_off()
    for one in (waits, held):
        assert services.confirm(signature_id=one.pk) == SignatureState.INVALIDATED
    undo(invalidation_id=run.pk, user=None)
    worked_off()
    waits.refresh_from_db()
    held.refresh_from_db()
    assert (waits.state, waits.slot, held.state) == (SignatureState.CONFIRMED, 1, SignatureState.HELD)
    assert numbers()[0] == 8
    assert drift_of(flooded.pk) == 0


def test_where_somebody_has_the_place_meanwhile_nobody_counts_twice(petition):
    first = confirmed(petition, email=f"a@{FLOOD}")
    run = started(of_domain(petition))
    worked_off()
    again = signed(petition, email=f"a@{FLOOD}")
    assert again.held_reason == "invalidated"
    services.confirm(signature_id=again.pk)
    services.release(signature_id=again.pk)
    undo(invalidation_id=run.pk, user=None)
    worked_off()
    first.refresh_from_db()
    assert (first.state, numbers()[0], drift_of(petition.pk)) == (SignatureState.REPEATED, 1, 0)


def test_a_cancelled_one_stops_and_what_it_did_can_be_undone(petition, monkeypatch):
    monkeypatch.setattr(invalidating, "AT_ONCE", 2)
    crowd(petition, 5)
    run = started(of_domain(petition))
    assert work_on(invalidation_id=run.pk, now=timezone.now())
    assert cancel(invalidation_id=run.pk, user=None)
    assert not work_on(invalidation_id=run.pk, now=timezone.now())
    assert not cancel(invalidation_id=run.pk, user=None)
    assert (state_of(run), run.changed, numbers()[0]) == ("cancelled", 2, 3)
    assert undo(invalidation_id=run.pk, user=None)
    assert not undo(invalidation_id=run.pk, user=None)
    worked_off()
    assert (state_of(run), run.restored, numbers()[0]) == ("undone", 2, 5)
    assert [one.verb for one in AccessLog.objects.order_by("pk")] == [
        "invalidate signatures",
        "cancel invalidation",
        "undo invalidation",
    ]
    assert {one.reason for one in AccessLog.objects.all()} == {"a flood"}


def test_a_batch_that_breaks_off_has_done_nothing_and_is_done_again(petition, monkeypatch):
    monkeypatch.setattr(invalidating, "AT_ONCE", 2)
    crowd(petition, 5)
    run = started(of_domain(petition))
    work_on(invalidation_id=run.pk, now=timezone.now())

    def die(*args) -> None:
        raise RuntimeError("killed")

    with monkeypatch.context() as patch:
        patch.setattr(invalidating, "count_many", die)
        with pytest.raises(RuntimeError):
            work_on(invalidation_id=run.pk, now=timezone.now())
    assert InvalidatedSignature.objects.count() == Signature.objects.filter(state="invalidated").count() == 2
    worked_off()
    assert (state_of(run), run.changed, numbers()[0]) == ("done", 5, 0)


def test_the_worker_does_it_and_goals_are_forgotten_and_reached_again(petition):
    Petition.objects.update(goal=10, goal_step=10)
    crowd(petition, 8)
    crowd(petition, 8, "honest.example")
    Worker().tick()
    assert GoalReached.objects.get().number == 10
    run = started(of_domain(petition))
    Worker().tick()
    Worker().tick()
    assert (state_of(run), Tally.objects.get().confirmed, GoalReached.objects.exists()) == ("done", 8, False)
    undo(invalidation_id=run.pk, user=None)
    Worker().tick()
    Worker().tick()
    assert (Tally.objects.get().confirmed, GoalReached.objects.get().number) == (16, 10)


def test_after_the_end_it_counts_as_any_decision_of_staff_until_the_signers_are_forgotten(flooded):
    numbers()
    Petition.objects.update(closes_at=timezone.now() - timedelta(hours=26))
    run = started(of_domain(flooded))
    worked_off()
    assert (state_of(run), numbers()[0]) == ("done", 2)
    undo(invalidation_id=run.pk, user=None)
    worked_off()
    assert numbers()[0] == 7
    Petition.objects.update(
        opens_at=timezone.now() - timedelta(days=900), closes_at=timezone.now() - timedelta(days=800)
    )
    with pytest.raises(CannotInvalidate, match="final"):
        started(of_domain(flooded))


def test_looking_for_work_costs_one_query(petition, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert not work_on_all(timezone.now())


@pytest.mark.parametrize("size", [3, 60])
def test_a_batch_costs_the_same_for_few_and_for_many(petition, size):
    crowd(petition, size)
    run = started(of_domain(petition))
    with CaptureQueriesContext(connection) as taking:
        work_on(invalidation_id=run.pk, now=timezone.now())
    undo(invalidation_id=run.pk, user=None)
    with CaptureQueriesContext(connection) as restoring:
        work_on(invalidation_id=run.pk, now=timezone.now())
    assert len(taking) <= 10
    assert len(restoring) <= 15


@pytest.mark.parametrize("size", [3, 60])
def test_trends_and_the_dry_run_cost_the_same_for_few_and_for_many(petition, size, django_assert_max_num_queries):
    crowd(petition, size, address_key="6abc")
    with django_assert_max_num_queries(8):
        trends_of(petition, Window.ALL, timezone.now())
    condition = of_domain(petition)
    with django_assert_max_num_queries(4):
        look(condition)


def test_trends_name_a_domain_only_when_ten_share_it_or_it_is_public(petition):
    crowd(petition, 9)
    crowd(petition, 2, "gmail.com")
    crowd(petition, 2, "mailinator.com")
    signed(petition, email=f"waits@{FLOOD}", name="Waits")
    trends = trends_of(petition, Window.HOUR, timezone.now())
    named = {one.name: (one.count, one.confirmed, one.held) for one in trends.domains}
    assert named == {"": (10, 9, 0), "gmail.com": (2, 2, 0), "mailinator.com": (2, 0, 2)}
    confirmed(petition, email=f"tenth@{FLOOD}", name="Tenth")
    key = key_of(petition.pk, FLOOD)
    assert names_of(petition.pk, [key]) == {key: FLOOD}


def test_one_person_with_many_names_never_makes_a_domain_readable(petition):
    for number in range(12):
        one = signed(petition, email="me@very-own.example", name=f"Me {number}")
        services.confirm(signature_id=one.pk)
    key = key_of(petition.pk, "very-own.example")
    assert names_of(petition.pk, [key]) == {}


def test_trends_look_at_their_time_only(petition):
    crowd(petition, 2, address_key="6abc")
    Signature.objects.update(created_at=timezone.now() - timedelta(hours=3))
    crowd(petition, 3, "later.example", address_key="4abc")
    now = timezone.now()
    assert [one.key for one in trends_of(petition, Window.HOUR, now).ranges] == ["4abc"]
    day = trends_of(petition, Window.DAY, now)
    assert ([one.key for one in day.ranges], [one.share for one in day.ranges]) == (["4abc", "6abc"], [60, 40])


def test_signatures_without_an_address_range_are_no_range_of_their_own(petition):
    crowd(petition, 5, address_key="")
    crowd(petition, 3, "other.example", address_key=None)
    assert trends_of(petition, Window.ALL, timezone.now()).ranges == []


@pytest.mark.django_db(transaction=True)
def test_workers_at_once_and_signers_who_withdraw_leave_an_exact_count(petition, monkeypatch):
    monkeypatch.setattr(invalidating, "AT_ONCE", 4)
    rows = crowd(petition, 30)
    crowd(petition, 3, "honest.example")
    run = started(of_domain(petition))

    def anybody(number: int) -> None:
        if number < 4:
            for _ in range(12):
                work_on_all(timezone.now())
        else:
            services.withdraw(signature_id=rows[number].pk)

    at_once(10, anybody)
    worked_off()
    assert state_of(run) == "done"
    assert numbers()[0] == 3
    undo(invalidation_id=run.pk, user=None)
    at_once(4, lambda number: [work_on_all(timezone.now()) for _ in range(12)])
    worked_off()
    assert state_of(run) == "undone"
    assert numbers()[0] == 3 + 30 - 6
    assert drift_of(petition.pk) == 0
