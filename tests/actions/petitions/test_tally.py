"""The count: late by seconds, never wrong, told when it drifts, and falling when it has to."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from actions.outbox.worker import Worker
from actions.petitions import services
from actions.petitions.ending import destroy_keys_of_forgotten_petitions
from actions.petitions.models import GoalReached, Petition, RidingTally, Signature, Tally, TallyDelta
from actions.petitions.places import settle_places
from actions.petitions.states import Place
from actions.petitions.tally import UNTOLD, add_up, add_up_all, check_drift, drift_of
from actions.privacy.retention import retire_all
from actions.representatives.lookup import LookupResult, LookupStatus, RidingMatch
from tests.factories.petitions import PetitionFactory, confirmed

pytestmark = pytest.mark.django_db


def deltas(petition, number: int, *, change: int = 1, **columns) -> None:
    TallyDelta.objects.bulk_create(TallyDelta(petition=petition, change=change, **columns) for _ in range(number))


def numbers() -> tuple[int, int, int]:
    return Tally.objects.values_list("confirmed", "abroad", "ridings").get()


def test_each_round_of_the_worker_counts(petition, riding):
    confirmed(petition)
    confirmed(petition, email="b@signer.example", postal_code="")
    Worker().tick()
    assert numbers() == (2, 1, 1)
    assert RidingTally.objects.get().confirmed == 1
    assert not TallyDelta.objects.exists()
    assert add_up_all(timezone.now()) is False


def test_looking_for_work_costs_one_query(petition, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert add_up_all(timezone.now()) is False


@pytest.mark.parametrize("size", [1, 1500])
def test_adding_up_costs_the_same_for_one_and_for_thousands(petition, riding, django_assert_max_num_queries, size):
    deltas(petition, size, riding=riding)
    Tally.objects.create(petition=petition)
    with django_assert_max_num_queries(18):
        assert add_up(petition_id=petition.pk, now=timezone.now()) == size
    assert numbers() == (size, 0, 1)


def test_more_than_fit_into_one_round_are_all_counted(petition):
    deltas(petition, 4500)
    Worker().drain()
    assert numbers()[0] == 4500


def test_petitions_are_counted_apart(petition):
    other = PetitionFactory()
    deltas(petition, 3)
    deltas(other, 2)
    add_up_all(timezone.now())
    assert dict(Tally.objects.values_list("petition_id", "confirmed")) == {petition.pk: 3, other.pk: 2}


def test_a_goal_is_reached_and_unreached_when_the_number_falls(petition):
    Petition.objects.update(goal=10, goal_step=10)
    deltas(petition, 25)
    add_up_all(timezone.now())
    assert list(GoalReached.objects.order_by("number").values_list("number", flat=True)) == [10, 20]
    reached_at = GoalReached.objects.get(number=10).reached_at
    deltas(petition, 6, change=-1)
    add_up_all(timezone.now() + timedelta(minutes=1))
    assert list(GoalReached.objects.values_list("number", "reached_at")) == [(10, reached_at)]
    petition.refresh_from_db()
    assert petition.goal_at(19) == 20


def test_a_riding_that_falls_to_nothing_is_not_reached_any_more(petition):
    signature = confirmed(petition)
    Worker().tick()
    services.withdraw(signature_id=signature.pk)
    Worker().tick()
    assert numbers() == (0, 0, 0)


def test_drift_is_reported_and_never_mended(petition, caplog):
    confirmed(petition)
    assert drift_of(petition.pk) == 0
    add_up_all(timezone.now())
    check_drift(timezone.now())
    assert Tally.objects.get().drift is None
    Tally.objects.update(confirmed=5)
    with caplog.at_level(logging.ERROR):
        check_drift(timezone.now())
    assert "off by +4" in caplog.text
    tally = Tally.objects.get()
    assert (tally.confirmed, tally.drift) == (5, 4)
    assert tally.drift_found_at
    Tally.objects.update(confirmed=1)
    check_drift(timezone.now())
    assert (Tally.objects.get().drift, Tally.objects.get().drift_found_at) == (None, None)


def test_what_waits_to_be_added_up_is_no_drift(petition):
    confirmed(petition)
    Tally.objects.create(petition=petition)
    check_drift(timezone.now())
    assert Tally.objects.get().drift is None


def test_ridings_that_are_off_are_found_too(petition):
    confirmed(petition)
    add_up_all(timezone.now())
    RidingTally.objects.update(confirmed=3)
    check_drift(timezone.now())
    assert Tally.objects.get().drift == 2


def test_a_closed_number_is_frozen(petition):
    signature = confirmed(petition)
    add_up_all(timezone.now())
    Petition.objects.update(closes_at=timezone.now() - timedelta(hours=26))
    services.withdraw(signature_id=signature.pk)
    add_up_all(timezone.now())
    check_drift(timezone.now())
    assert numbers()[0] == 1
    assert Tally.objects.get().drift is None
    assert Signature.objects.get().contact == ""


def looked_up(monkeypatch, status: LookupStatus, *ridings) -> None:
    result = LookupResult(status, "V6X1A1", [RidingMatch(one, None) for one in ridings], "represent")
    monkeypatch.setattr("actions.petitions.places.find_ridings", lambda code: result)


@pytest.mark.parametrize("is_confirmed", [False, True])
def test_the_worker_finds_the_riding_later_and_moves_the_count(petition, riding, monkeypatch, is_confirmed):
    signature = services.Signature.objects.get(pk=confirmed(petition, postal_code="V6X1A1").pk)
    assert (signature.place, signature.postal_code) == (Place.WAITING, "V6X1A1")
    add_up_all(timezone.now())
    assert numbers() == (1, 0, 0)
    looked_up(monkeypatch, LookupStatus.FOUND_ONE, riding)
    for _ in range(2):
        settle_places(timezone.now())
    signature.refresh_from_db()
    assert (signature.place, signature.riding, signature.postal_code) == (Place.RIDING, riding, "")
    add_up_all(timezone.now())
    assert numbers() == (1, 0, 1)
    check_drift(timezone.now())
    assert Tally.objects.get().drift is None


def test_while_the_look_up_is_down_the_code_waits_a_week_at_most(petition, monkeypatch):
    signature = confirmed(petition, postal_code="V6X1A1")
    looked_up(monkeypatch, LookupStatus.UNAVAILABLE)
    settle_places(timezone.now())
    signature.refresh_from_db()
    assert (signature.place, signature.postal_code) == (Place.WAITING, "V6X1A1")
    settle_places(timezone.now() + timedelta(days=8))
    signature.refresh_from_db()
    assert (signature.place, signature.postal_code) == (Place.UNKNOWN, "")


def test_a_riding_found_after_the_end_still_moves_the_count(petition, riding, monkeypatch):
    signature = confirmed(petition, postal_code="V6X1A1")
    add_up_all(timezone.now())
    Petition.objects.update(closes_at=timezone.now() - timedelta(hours=26))
    looked_up(monkeypatch, LookupStatus.FOUND_ONE, riding)
    settle_places(timezone.now())
    services.invalidate(signature_id=signature.pk)
    add_up_all(timezone.now())
    assert numbers() == (0, 0, 0)
    services.release(signature_id=signature.pk)
    add_up_all(timezone.now())
    assert numbers() == (1, 0, 1)


def test_what_nobody_decided_before_the_end_of_all_data_does_not_count(petition):
    held = confirmed(petition, held_reason="limit")
    kept = confirmed(petition, email="b@signer.example", comment="Because")
    Petition.objects.update(closes_at=timezone.now() - timedelta(days=300))
    now = timezone.now()
    retire_all(now)
    destroy_keys_of_forgotten_petitions(now)
    assert dict(Signature.objects.values_list("pk", "state")) == {held.pk: "invalidated", kept.pk: "confirmed"}
    assert set(Signature.objects.values_list("comment_state", flat=True)) == {"none"}
    for decide in (services.release, services.invalidate):
        decide(signature_id=held.pk)
        decide(signature_id=kept.pk)
    add_up_all(now)
    assert numbers() == (1, 0, 1)


def test_who_watches_the_numbers_does_not_learn_where_the_newest_name_lives(client, petition, riding):
    """The name of one who asked to be shown comes up with the number; the riding must not come with it."""

    def looked() -> tuple[int, list[object]]:
        cache.clear()  # as somebody who waits until no answer is kept
        told = client.get("/act/petitions/open-door/count.json").json()
        return told["count"], [told[part] for part in ("by_riding", "by_province", "outside_canada", "ridings")]

    Tally.objects.create(petition=petition, confirmed=1239, abroad=119, ridings=12)
    RidingTally.objects.create(petition=petition, riding=riding, confirmed=19)
    _count, parts = looked()
    signers = []
    for number in range(1, 10):
        place = {"postal_code": "" if number % 2 else "K1A0A6"}
        signers.append(confirmed(petition, email=f"s{number}@signer.example", name=f"S {number}", **place))
        add_up_all(timezone.now())
        assert looked() == (1239 + number, parts)
    services.withdraw(signature_id=signers[1].pk)
    add_up_all(timezone.now())
    assert looked() == (1247, [{str(riding.pk): 20}, {riding.province: 20}, 120, None])
    assert Tally.objects.values_list(*UNTOLD).get() == (0, 0, 0, 0)
    assert not RidingTally.objects.exclude(untold=0).exists()
