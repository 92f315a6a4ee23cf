"""What becomes of a mail that comes back: nothing twice, nothing for what we never sent, in any order."""

from __future__ import annotations

from datetime import timedelta

import pytest

from actions import registry
from actions.outbox import bounces, dispatch
from actions.outbox.bounce_wait import BOUNCE_WAIT, count_as_delivered
from actions.outbox.bounces import BounceKind, record_bounce
from actions.outbox.clock import database_now
from actions.outbox.models import OutboxMessage
from actions.outbox.return_path import token_for, turn_of
from actions.outbox.states import DispatchState
from actions.outbox.supporter_mail import OutboxQueue
from tests.factories.outbox import claim, queued_mail

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def keeping(monkeypatch):
    """A queue whose mails keep their text, as letters do, and that writes down what it is told."""
    told = []

    class Keeping(OutboxQueue):
        def may_send_again(self, row):
            return True

        def settled(self, row, state, now):
            told.append((row.pk, str(state)))

        def bounced(self, row, *, is_for_good, left_at, now):
            told.append((row.pk, "for good" if is_for_good else "for now"))

    monkeypatch.setitem(registry._queues, "outbox", Keeping())
    return told


def sent(**columns):
    now = database_now()
    known = {"state": DispatchState.SENT, "settled_at": now, "handed_over_at": now, "last_code": 250, "attempts": 1}
    return queued_mail(**{**known, **columns})


def report(row, kind=BounceKind.HARD, **more):
    return record_bounce(token=token_for(queue_name="outbox", pk=row.pk, turn=turn_of(stored(row))), kind=kind, **more)


def stored(row) -> OutboxMessage:
    return OutboxMessage.objects.get(pk=row.pk)


@pytest.mark.parametrize("state", [DispatchState.SENT, DispatchState.DELIVERED, DispatchState.UNCERTAIN])
@pytest.mark.parametrize("kind", [BounceKind.HARD, BounceKind.COMPLAINT])
def test_what_came_back_for_good_has_failed_and_is_told_once(keeping, state, kind):
    row = sent(state=state)
    assert [report(row, kind, status="5.1.1", code=550) for _ in range(3)] == [True, False, False]
    after = stored(row)
    reason = "complaint" if kind == BounceKind.COMPLAINT else "bounced"
    assert (after.state, after.held_reason, after.last_status, after.last_code) == ("failed", reason, "5.1.1", 550)
    assert keeping == [(row.pk, "for good"), (row.pk, "failed")]


@pytest.mark.parametrize(
    "columns",
    [
        {"state": DispatchState.QUEUED},
        {"state": DispatchState.HELD},
        {"state": DispatchState.FAILED, "held_reason": "not-wanted"},
        {"state": DispatchState.SENDING, "handed_over_at": None},
    ],
)
@pytest.mark.parametrize("kind", list(BounceKind))
def test_what_never_left_cannot_come_back(keeping, columns, kind):
    row = sent(**columns)
    assert not report(row, kind)
    assert (stored(row).state, stored(row).held_reason) == (columns["state"], columns.get("held_reason", ""))
    assert not keeping


def test_a_token_of_no_row_and_a_made_up_one_change_nothing(keeping):
    row = sent()
    assert not record_bounce(token=token_for(queue_name="outbox", pk=row.pk + 1000), kind=BounceKind.HARD)
    assert not record_bounce(token="a" * 39, kind=BounceKind.HARD)
    assert not record_bounce(kind=BounceKind.HARD)
    assert not record_bounce(message_id="<nobody@mail.achk.test>", kind=BounceKind.HARD)
    assert stored(row).state == DispatchState.SENT


def test_our_message_id_leads_to_the_row_where_there_is_no_token(keeping):
    row = sent()
    assert record_bounce(message_id=row.message_id, kind=BounceKind.HARD)
    assert stored(row).state == DispatchState.FAILED


def test_what_came_back_for_now_waits_longer_each_time_and_is_given_up_after_about_a_week(keeping):
    row, waits = sent(), []
    while stored(row).state != DispatchState.FAILED:
        OutboxMessage.objects.update(state=DispatchState.SENT, settled_at=database_now())
        now = database_now()
        assert report(row, BounceKind.SOFT, status="4.2.2", now=now)
        waits.append((stored(row).next_attempt_at - now) / HOUR)
    *waited, _last = waits
    assert waited == [2, 4, 8, 16, 24, 24, 24, 24, 24, 24]
    assert 7 <= sum(waited) / 24 < 7.5
    after = stored(row)
    assert (after.held_reason, after.soft_bounces, after.last_status) == ("bounced", 10, "4.2.2")
    assert [what for _pk, what in keeping] == ["for now"] * 10 + ["for good", "failed"]


def test_what_waits_to_be_sent_again_is_claimed_anew_and_the_same_report_counts_once(keeping):
    row = sent(claim_id="00000000-0000-0000-0000-000000000001")
    assert [report(row, BounceKind.SOFT) for _ in range(2)] == [True, False]
    after = stored(row)
    assert (after.state, after.settled_at, after.handed_over_at, after.claim_id) == ("queued", None, None, None)
    queue, later = registry.queues()[0], after.next_attempt_at
    claimed = [claim(one, later) for one in registry.queues() if one.name == "outbox"]
    assert claimed == [row], queue


def test_a_server_that_returns_a_mail_after_days_has_done_our_waiting(keeping):
    row = sent(state=DispatchState.DELIVERED, settled_at=database_now() - timedelta(days=5))
    assert report(row, BounceKind.SOFT, status="4.4.7")
    assert stored(row).state == DispatchState.FAILED


def test_a_mail_whose_text_is_gone_cannot_be_sent_again_and_has_failed():
    row = sent(payload={})
    assert report(row, BounceKind.SOFT, status="4.2.2")
    assert (stored(row).state, stored(row).held_reason) == (DispatchState.FAILED, "bounced")


def test_a_hard_bounce_of_the_first_try_ends_a_mail_that_waits_for_its_second(keeping):
    row = sent()
    report(row, BounceKind.SOFT)
    assert report(row, BounceKind.HARD, status="5.1.1")
    assert stored(row).state == DispatchState.FAILED


def test_a_report_that_is_quicker_than_the_providers_answer_is_not_lost_and_not_undone(keeping):
    row, queue = queued_mail(), OutboxQueue()

    class Quick:
        def send(self, message, *, hand_over):
            hand_over()
            assert report(row, BounceKind.HARD, status="5.1.1")

    dispatch.deliver(queue, claim(queue, database_now()), Quick())
    assert (stored(row).state, stored(row).held_reason) == (DispatchState.FAILED, "bounced")


@pytest.mark.parametrize("kind", [BounceKind.DELIVERED, BounceKind.DELAYED])
def test_a_report_that_a_server_has_the_mail_settles_an_uncertain_one(keeping, kind):
    row = sent(state=DispatchState.UNCERTAIN, settled_at=None)
    assert [report(row, kind) for _ in range(2)] == [True, kind == BounceKind.DELAYED]
    assert stored(row).state == DispatchState.SENT
    assert keeping == [(row.pk, "sent")]


def test_a_follow_up_that_fails_does_not_lose_the_bounce(monkeypatch, caplog):
    def fail(*_):
        raise KeyError("someone@writer.example")

    row = sent()
    monkeypatch.setattr(OutboxQueue, "settled", fail)
    assert report(row)
    assert stored(row).state == DispatchState.FAILED
    assert "writer.example" not in caplog.text


# --- The wait -------------------------------------------------------------------------------------------------------


def test_a_mail_counts_as_delivered_after_two_days_and_not_before():
    row, now = sent(), database_now()
    settled_at = stored(row).settled_at
    count_as_delivered(now + BOUNCE_WAIT - HOUR)
    assert stored(row).state == DispatchState.SENT
    count_as_delivered(now + BOUNCE_WAIT + HOUR)
    assert (stored(row).state, stored(row).settled_at) == (DispatchState.DELIVERED, settled_at)


def test_a_notice_of_delay_puts_off_the_claim_until_the_server_has_given_up():
    row, now = sent(), database_now()
    report(row, BounceKind.DELAYED)
    count_as_delivered(now + timedelta(days=4))
    assert stored(row).state == DispatchState.SENT
    count_as_delivered(now + bounces.SERVERS_TRY_FOR + HOUR)
    assert stored(row).state == DispatchState.DELIVERED


def test_a_report_of_delivery_ends_the_delay():
    row, now = sent(), database_now()
    report(row, BounceKind.DELAYED)
    assert report(row, BounceKind.DELIVERED)
    count_as_delivered(now + BOUNCE_WAIT + HOUR)
    assert stored(row).state == DispatchState.DELIVERED


def test_only_what_was_sent_is_counted_in_batches(monkeypatch):
    monkeypatch.setattr("actions.outbox.bounce_wait.BATCH", 2)
    for _ in range(5):
        sent()
    others = [sent(state=state) for state in (DispatchState.UNCERTAIN, DispatchState.FAILED, DispatchState.QUEUED)]
    count_as_delivered(database_now() + BOUNCE_WAIT + HOUR)
    assert OutboxMessage.objects.filter(state=DispatchState.DELIVERED).count() == 5
    assert [stored(row).state for row in others] == ["uncertain", "failed", "queued"]
