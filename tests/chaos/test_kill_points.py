"""A worker killed at each of the three moments that matter. No mail is lost, none leaves twice, doubt is shown.

The mail server knows when the moment has come, so the worker runs exactly the code that runs in production.
"""

from __future__ import annotations

import threading

import pytest
from django.db import transaction

from actions.letters.models import LetterDelivery
from actions.outbox.models import OutboxMessage
from actions.outbox.states import DispatchState
from tests.chaos.workers import wait_until
from tests.factories.outbox import REPEATABLE, queued_mail
from tests.stubs.smtp import Gate

pytestmark = [pytest.mark.chaos, pytest.mark.django_db(transaction=True)]


def settled(model) -> bool:
    return not model.objects.filter(state__in=(DispatchState.QUEUED, DispatchState.SENDING)).exists()


def kill_at(name: str, mail_server, workers, *, unprotected: str = "") -> None:
    """Kill a worker while the server is in the hook ``name``; another one is there to take over."""
    moment = Gate()
    setattr(mail_server, name, moment.wait)
    worker = workers.hire(unprotected=unprotected)
    assert moment.reached.wait(20)
    setattr(mail_server, name, lambda _client: None)
    worker.kill()
    workers.hire(unprotected=unprotected)
    moment.open()


def test_killed_before_the_hand_over_the_letter_goes_back_and_leaves_once(mail_server, workers, write_letters):
    [delivery] = write_letters(1)
    kill_at("on_mail", mail_server, workers)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.handed_over_at) == (DispatchState.SENDING, None)
    wait_until(lambda: settled(LetterDelivery))
    delivery.refresh_from_db()
    assert delivery.state == DispatchState.SENT
    assert mail_server.count_of(delivery.message_id) == 1


def test_without_the_protection_the_same_kill_before_the_hand_over_loses_the_letter(
    mail_server, workers, write_letters
):
    [delivery] = write_letters(1)
    kill_at("on_mail", mail_server, workers, unprotected="assume")
    wait_until(lambda: settled(LetterDelivery))
    delivery.refresh_from_db()
    assert delivery.state == DispatchState.SENT
    assert mail_server.count_of(delivery.message_id) == 0


@pytest.mark.parametrize("arrives", [True, False], ids=["the server keeps it", "the server drops it"])
def test_killed_between_the_text_and_the_answer_the_letter_is_shown_as_uncertain(
    mail_server, workers, write_letters, arrives
):
    [delivery] = write_letters(1)
    mail_server.behave = lambda _: "ok" if arrives else "close"
    kill_at("on_text", mail_server, workers)
    wait_until(lambda: settled(LetterDelivery))
    delivery.refresh_from_db()
    assert delivery.state == DispatchState.UNCERTAIN
    assert delivery.handed_over_at
    assert mail_server.count_of(delivery.message_id) == int(arrives)


def test_without_the_protection_the_same_kill_before_the_answer_sends_the_letter_twice(
    mail_server, workers, write_letters
):
    [delivery] = write_letters(1)
    kill_at("on_text", mail_server, workers, unprotected="requeue")
    wait_until(lambda: settled(LetterDelivery))
    assert mail_server.count_of(delivery.message_id) == 2


def test_killed_between_the_text_and_the_answer_a_confirm_mail_is_repeated_once(mail_server, workers):
    mail = queued_mail(kind=REPEATABLE)
    kill_at("on_text", mail_server, workers)
    wait_until(lambda: settled(OutboxMessage))
    mail.refresh_from_db()
    assert (mail.state, mail.repeats) == (DispatchState.SENT, 1)
    assert mail_server.count_of(mail.message_id) == 2


def killed_after_the_answer(mail_server, workers, delivery, *, unprotected: str = "") -> None:
    """Kill a worker that has read the 250 and waits for the database, then let another one go on.

    The letter wants a copy, so its outcome is a transaction: PostgreSQL carries out a lone statement of a dead client.
    """
    moment, held = Gate(), threading.Event()
    mail_server.on_text = lambda _: held.wait(20)
    mail_server.after_yes = moment.wait
    worker = workers.hire(unprotected=unprotected)
    wait_until(lambda: mail_server.offered == 1)
    with transaction.atomic():  # the worker cannot write its outcome until this ends
        LetterDelivery.objects.select_for_update().get(pk=delivery.pk)
        held.set()
        assert moment.reached.wait(20)
        threading.Event().wait(0.3)  # the worker reads the 250 and runs into the lock
        worker.kill()
    moment.open()
    mail_server.on_text = mail_server.after_yes = lambda _: None
    workers.hire(unprotected=unprotected)
    wait_until(lambda: settled(LetterDelivery))


def test_killed_after_the_answer_the_letter_is_shown_as_uncertain(mail_server, workers, write_letters):
    [delivery] = write_letters(1, wants_copy=True)
    killed_after_the_answer(mail_server, workers, delivery)
    delivery.refresh_from_db()
    assert delivery.state == DispatchState.UNCERTAIN
    assert mail_server.count_of(delivery.message_id) == 1


def test_without_the_protection_the_same_kill_after_the_answer_sends_the_letter_twice(
    mail_server, workers, write_letters
):
    [delivery] = write_letters(1, wants_copy=True)
    killed_after_the_answer(mail_server, workers, delivery, unprotected="requeue")
    assert mail_server.count_of(delivery.message_id) == 2


def test_asked_to_stop_the_worker_finishes_the_mail_in_hand_and_takes_no_other(mail_server, workers, write_letters):
    first, second = write_letters(2)
    moment = Gate()
    mail_server.on_text = moment.wait
    worker = workers.hire()
    assert moment.reached.wait(20)
    worker.process.terminate()
    moment.open()
    assert worker.process.wait(10) == 0
    first.refresh_from_db(), second.refresh_from_db()
    assert [first.state, second.state] == [DispatchState.SENT, DispatchState.QUEUED]
    assert len(mail_server.accepted) == 1
