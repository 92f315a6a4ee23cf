"""What comes back, what stays uncertain and what an error held: who is written to again, and who is not."""

from __future__ import annotations

import pytest
from django.core import mail

from actions.outbox.bounces import BounceKind, record_bounce
from actions.outbox.outcomes import PermanentFailure
from actions.outbox.states import DispatchState
from actions.outbox.worker import Worker
from actions.privacy.models import AccessLog
from actions.subscribers.models import Subscriber
from actions.subscribers.progress import run_numbers
from actions.subscribers.sending import CannotSend, give_up_held, make_rows, resume, retry_held, stop
from actions.subscribers.update_models import RunState, UpdateDelivery, UpdateRun
from tests.actions.subscribers.conftest import recipients
from tests.factories.subscribers import begin, on_its_way, subscribed, written_update

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kind", "status", "state"),
    [
        (BounceKind.HARD, "5.1.1", "bounced"),
        (BounceKind.COMPLAINT, "", "bounced"),
        (BounceKind.HARD, "5.7.1", "subscribed"),
        (BounceKind.HARD, "5.4.4", "subscribed"),
        (BounceKind.HARD, "5.0.0", "subscribed"),
        (BounceKind.HARD, "", "subscribed"),
        (BounceKind.SOFT, "4.2.2", "subscribed"),
        (BounceKind.DELAYED, "", "subscribed"),
    ],
)
def test_what_comes_back_ends_the_subscription_when_it_says_so(kind, status, state):
    person = subscribed()
    on_its_way()
    Worker().drain()
    row = UpdateDelivery.objects.get()
    assert record_bounce(message_id=row.message_id, kind=kind, status=status)
    person.refresh_from_db()
    assert person.state == state
    assert bool(person.email) == (state == "subscribed")
    mail.outbox.clear()
    update = written_update(name="The next one")
    if state == "bounced":
        with pytest.raises(CannotSend):
            begin(update)
        return
    on_its_way(update)
    Worker().drain()
    assert len(mail.outbox) == 1


def test_a_mail_that_came_back_for_now_is_not_sent_again_and_ends_nobody():
    person = subscribed()
    run = on_its_way()
    Worker().drain()
    make_rows(run.started_at)
    record_bounce(message_id=UpdateDelivery.objects.get().message_id, kind=BounceKind.SOFT, status="4.2.2")
    row = UpdateDelivery.objects.get()
    assert (row.state, row.held_reason) == (DispatchState.FAILED, "bounced")
    UpdateDelivery.objects.update(next_attempt_at=run.started_at)
    Worker().drain()
    assert len(mail.outbox) == 1
    assert UpdateRun.objects.get().state == RunState.DONE
    person.refresh_from_db()
    assert person.state == "subscribed"


@pytest.mark.parametrize(("status", "state"), [("5.1.1", "bounced"), ("5.7.1", "subscribed"), ("", "subscribed")])
def test_an_address_that_is_refused_at_the_door_is_as_good_as_returned(status, state):
    class Door:
        def send(self, message, *, hand_over):
            raise PermanentFailure(550, status)

        def close(self) -> None:
            """Nothing is open."""

    person = subscribed()
    on_its_way()
    Worker(transport=Door()).drain()
    person.refresh_from_db()
    assert person.state == state
    assert UpdateDelivery.objects.get().state == DispatchState.FAILED


def test_whoever_bounced_can_come_back():
    person = subscribed(email="ada@reader.example")
    on_its_way()
    Worker().drain()
    record_bounce(message_id=UpdateDelivery.objects.get().message_id, kind=BounceKind.HARD, status="5.1.1")
    assert subscribed(email="ada@reader.example").pk == person.pk
    assert Subscriber.objects.get().state == "subscribed"


def test_nothing_is_sent_without_a_text_or_to_nobody_and_nothing_twice():
    update = written_update()
    with pytest.raises(CannotSend):
        begin(update)
    subscribed()
    empty = written_update(subject_en="", body_fr="")
    with pytest.raises(CannotSend):
        begin(empty)
    assert begin(update)
    assert not begin(update)
    entry = AccessLog.objects.get()
    assert (entry.verb, entry.subject, entry.reason, entry.count) == (
        "send update",
        f"update {update.pk}",
        "everybody",
        1,
    )


def test_an_uncertain_mail_is_never_sent_again():
    from actions.subscribers.update_queue import UpdateQueue

    subscribed()
    on_its_way()
    assert not UpdateQueue().may_repeat(UpdateDelivery.objects.get())


def test_the_row_of_a_mail_holds_no_address():
    subscribed(email="ada@reader.example")
    on_its_way()
    Worker().drain()
    assert "ada@" not in str(list(UpdateDelivery.objects.values()) + list(UpdateRun.objects.values()))


def held_by_an_error() -> UpdateRun:
    subscribed(email="ada@reader.example")
    run = on_its_way()
    run.deliveries.update(state=DispatchState.HELD, held_reason="error", attempts=5)
    make_rows(run.started_at)
    assert (UpdateRun.objects.get().state, run_numbers(run).held) == (RunState.SENDING, 1)
    return run


def test_what_an_error_held_leaves_once_the_error_is_mended():
    run = held_by_an_error()
    assert retry_held(update_id=run.pk, user=None) == 1
    assert retry_held(update_id=run.pk, user=None) == 0
    Worker().drain()
    assert recipients() == ["ada@reader.example"]
    assert AccessLog.objects.get(verb="retry held mails").count == 1


def test_resuming_tries_what_was_held_too():
    run = held_by_an_error()
    stop(update_id=run.pk, user=None)
    resume(update_id=run.pk, user=None)
    Worker().drain()
    assert recipients() == ["ada@reader.example"]


def test_what_is_given_up_lets_the_update_end():
    run = held_by_an_error()
    assert give_up_held(update_id=run.pk, user=None) == 1
    assert give_up_held(update_id=run.pk, user=None) == 0
    make_rows(run.started_at)
    assert UpdateRun.objects.get().state == RunState.DONE
    Worker().drain()
    assert not mail.outbox
    assert run_numbers(run).failed == 1
