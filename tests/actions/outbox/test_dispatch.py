"""Claims, leases, gates and outcomes: nothing is lost, nothing leaves twice, and one bad row stops no other."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import OperationalError

from actions.outbox import dispatch, pacing
from actions.outbox.clock import database_now
from actions.outbox.models import OutboxMessage, PaceGate
from actions.outbox.outcomes import PermanentFailure, TemporaryFailure, UncertainOutcome
from actions.outbox.queues import Hold, Refuse
from actions.outbox.states import DispatchState
from actions.outbox.supporter_mail import OutboxQueue
from tests.factories.outbox import ONCE, REPEATABLE, queued_mail
from tests.factories.outbox import claim as claimed_by_a_worker

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


class PacedQueue(OutboxQueue):
    def pace_seconds(self, row):
        return 60


class Desk:
    """A transport that takes every mail, or does what ``instead`` does once the text was offered."""

    def __init__(self, instead=lambda: None):
        self.taken, self.instead = [], instead

    def send(self, message, *, hand_over):
        hand_over()
        self.taken.append(message.extra_headers["Message-ID"])
        self.instead()

    def close(self):
        pass


def raising(error):
    def fail(*_args, **_kwargs):
        raise error

    return fail


def stored(row) -> OutboxMessage:
    return OutboxMessage.objects.get(pk=row.pk)


def claim(queue, now=None):
    return claimed_by_a_worker(queue, now or database_now())


def test_mails_leave_in_order_of_age_and_only_when_due(queue):
    now = database_now()
    late, early = queued_mail(next_attempt_at=now - MINUTE), queued_mail(next_attempt_at=now - 2 * MINUTE)
    queued_mail(next_attempt_at=now + MINUTE)
    assert [claim(queue, now), claim(queue, now), claim(queue, now)] == [early, late, None]


def test_a_shut_gate_holds_back_its_own_recipient_only():
    queue, now = PacedQueue(), database_now()
    first, second, other = queued_mail(pace_key="a"), queued_mail(pace_key="a"), queued_mail(pace_key="b")
    now = database_now()
    claimed = claim(queue, now)
    assert [claimed, claim(queue, now), claim(queue, now)] == [first, other, None]
    dispatch.hand_over(queue, claimed)
    handed_over_at = stored(first).handed_over_at
    assert claim(queue, handed_over_at + timedelta(seconds=59)) is None
    assert claim(queue, handed_over_at + timedelta(seconds=60)) == second


def test_a_recipient_waits_while_a_slow_worker_has_a_mail_to_them_in_hand(monkeypatch):
    queue = PacedQueue()
    queued_mail(pace_key="a"), queued_mail(pace_key="a")
    now = database_now()
    slow = claim(queue, now)
    later = now + timedelta(seconds=90)
    assert claim(queue, later) is None
    monkeypatch.setattr(dispatch, "database_now", lambda: later)
    dispatch.hand_over(queue, slow)
    assert claim(queue, later + timedelta(seconds=59)) is None
    assert claim(queue, later + timedelta(seconds=60)) is not None


@pytest.mark.parametrize("error", [TemporaryFailure(0), PermanentFailure(550), OperationalError()])
def test_a_mail_that_could_not_be_handed_over_lets_the_next_one_leave_after_the_pace(monkeypatch, error):
    class Closed(Desk):
        def send(self, message, *, hand_over):
            raise error

    queue = PacedQueue()
    queued_mail(pace_key="a")
    following = queued_mail(pace_key="a")
    now = database_now()
    monkeypatch.setattr(dispatch, "database_now", lambda: now)
    dispatch.deliver(queue, claim(queue, now), Closed())
    assert claim(queue, now + timedelta(seconds=59)) is None
    assert claim(queue, now + timedelta(seconds=60)) == following


def test_a_gate_lost_to_another_worker_does_not_stall_the_other_recipients(monkeypatch):
    queued_mail(pace_key="a"), queued_mail(pace_key="a")
    other = queued_mail(pace_key="b")
    monkeypatch.setattr(dispatch, "pass_gate", lambda queue, row, *_: row.pace_key != "a")
    assert claim(PacedQueue()) == other
    assert claim(PacedQueue()) is None


@pytest.mark.parametrize(("decision", "state"), [(Hold("test"), "held"), (Refuse("test"), "failed")])
def test_a_mail_that_is_turned_away_uses_up_nobodys_pace(monkeypatch, decision, state):
    queue, row = PacedQueue(), queued_mail(pace_key="a")
    following = queued_mail(pace_key="a")
    claimed = claim(queue)
    monkeypatch.setattr(queue, "prepare", raising(decision))
    assert dispatch.deliver(queue, claimed, Desk()) == state == stored(row).state
    assert stored(row).held_reason == "test"
    assert claim(queue) == following


def test_a_gate_opens_for_one_worker_only():
    queue, row, now = PacedQueue(), queued_mail(pace_key="a"), database_now()
    assert [pacing.pass_gate(queue, row, now) for _ in range(2)] == [True, False]
    assert PaceGate.objects.get().free_at == now + timedelta(seconds=60)


def test_the_mail_of_a_worker_that_died_before_the_hand_over_goes_back_and_that_worker_may_not_send_it(queue):
    row, now = queued_mail(kind=ONCE), database_now()
    claimed = claim(queue, now)
    assert dispatch.sweep(queue, now + dispatch.LEASE) == 0
    assert dispatch.sweep(queue, now + dispatch.LEASE + MINUTE) == 1
    assert stored(row).state == DispatchState.QUEUED
    desk = Desk()
    dispatch.deliver(queue, claimed, desk)
    assert not desk.taken
    assert stored(row).state == DispatchState.QUEUED


def test_of_two_workers_with_the_same_mail_only_the_one_with_the_claim_sends_it(queue):
    queued_mail(kind=ONCE)
    now = database_now()
    slow, desk = claim(queue, now), Desk()
    dispatch.sweep(queue, now + dispatch.LEASE + MINUTE)
    quick = claim(queue, now + dispatch.LEASE + 2 * MINUTE)
    dispatch.deliver(queue, slow, desk)
    assert not desk.taken
    assert dispatch.deliver(queue, quick, desk) == DispatchState.SENT
    assert desk.taken == [slow.message_id]


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (lambda: None, DispatchState.SENT),
        (raising(TemporaryFailure(451)), DispatchState.QUEUED),
        (raising(PermanentFailure(550)), DispatchState.FAILED),
        (raising(UncertainOutcome()), DispatchState.UNCERTAIN),
    ],
)
def test_a_late_answer_of_the_server_beats_uncertain(queue, answer, state):
    row, now = queued_mail(kind=ONCE), database_now()

    def be_late():
        dispatch.sweep(queue, now + dispatch.LEASE + MINUTE)
        assert stored(row).state == DispatchState.UNCERTAIN
        answer()

    dispatch.deliver(queue, claim(queue, now), Desk(be_late))
    assert stored(row).state == state


def test_a_late_answer_does_not_undo_what_a_person_decided(queue):
    row, now = queued_mail(kind=ONCE), database_now()
    decided = {"state": DispatchState.FAILED, "held_reason": "a person"}
    desk = Desk(lambda: OutboxMessage.objects.filter(pk=row.pk).update(**decided))
    dispatch.deliver(queue, claim(queue, now), desk)
    assert (stored(row).state, stored(row).held_reason) == (DispatchState.FAILED, "a person")


def test_a_dead_workers_confirm_mail_is_repeated_once_and_then_shown(queue):
    row, now = queued_mail(kind=REPEATABLE), database_now()
    for state in (DispatchState.QUEUED, DispatchState.UNCERTAIN):
        OutboxMessage.objects.update(next_attempt_at=now)
        dispatch.hand_over(queue, claim(queue, now))
        dispatch.sweep(queue, now + dispatch.LEASE + MINUTE)
        assert stored(row).state == state
    assert stored(row).message_id == row.message_id


def test_a_follow_up_that_fails_does_not_make_a_sent_mail_look_unsent(queue, monkeypatch, caplog):
    row = queued_mail(kind=ONCE)
    monkeypatch.setattr(queue, "settled", raising(KeyError("someone@writer.example")))
    assert dispatch.deliver(queue, claim(queue), Desk()) == DispatchState.SENT == stored(row).state
    assert "KeyError" in caplog.text
    assert "writer.example" not in caplog.text


def test_an_error_nobody_foresaw_is_given_time_to_be_mended_and_then_shown_to_a_person(queue, monkeypatch):
    row, now = queued_mail(kind=ONCE), database_now()
    monkeypatch.setattr(queue, "prepare", raising(KeyError("x")))
    states = []
    for _ in range(dispatch.FREEZE_AFTER_ATTEMPTS):
        OutboxMessage.objects.update(next_attempt_at=now)
        states.append(dispatch.deliver(queue, claim(queue), Desk()))
    assert states == [DispatchState.QUEUED] * 4 + [DispatchState.HELD]
    assert (stored(row).held_reason, bool(stored(row).payload)) == ("error", True)


def test_an_error_nobody_foresaw_after_the_hand_over_leaves_the_mail_in_doubt(queue):
    row = queued_mail(kind=ONCE)
    dispatch.deliver(queue, claim(queue), Desk(raising(KeyError("x"))))
    assert stored(row).state == DispatchState.UNCERTAIN


def test_a_database_that_is_away_at_the_hand_over_means_that_nothing_was_offered(queue, monkeypatch):
    row, desk = queued_mail(kind=ONCE), Desk()
    claimed = claim(queue)
    monkeypatch.setattr(dispatch, "hand_over", raising(OperationalError("gone")))
    assert dispatch.deliver(queue, claimed, desk) == DispatchState.QUEUED == stored(row).state
    assert not desk.taken


def test_a_database_that_is_away_after_the_yes_is_waited_for(queue, monkeypatch):
    row, troubles = queued_mail(kind=ONCE), [OperationalError("gone"), OperationalError("still gone")]
    waited: list[float] = []
    monkeypatch.setattr(dispatch.time, "sleep", waited.append)
    monkeypatch.setattr(dispatch, "close_old_connections", lambda: None)  # it would close the test's transaction

    def settled(*_):
        if troubles:
            raise troubles.pop()

    monkeypatch.setattr(queue, "settled", settled)
    assert dispatch.deliver(queue, claim(queue), Desk()) == DispatchState.SENT == stored(row).state
    assert waited == [0, 1]


def test_waits_grow_from_a_minute_to_six_hours_and_end_after_about_a_week(queue):
    row, now = queued_mail(kind=ONCE), database_now()
    waits, desk = [], Desk(raising(TemporaryFailure(451)))
    while stored(row).state == DispatchState.QUEUED:
        OutboxMessage.objects.update(next_attempt_at=now)
        dispatch.deliver(queue, claim(queue, database_now()), desk)
        waits.append((stored(row).next_attempt_at - now) // MINUTE)
    assert waits[:7] == [1, 5, 15, 60, 180, 360, 360]
    assert 7 <= timedelta(minutes=sum(waits)) / timedelta(days=1) < 7.5
    assert (stored(row).state, stored(row).held_reason) == (DispatchState.FAILED, "gave-up")


def test_days_of_standing_still_do_not_use_up_a_mails_chances(queue):
    row = queued_mail(kind=ONCE, created_at=database_now() - timedelta(days=30))
    assert dispatch.deliver(queue, claim(queue), Desk(raising(TemporaryFailure(451)))) == DispatchState.QUEUED
    assert stored(row).attempts == 1
