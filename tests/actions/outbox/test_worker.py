"""The loop: it survives what breaks, stops politely, and shares the work with others."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import call_command
from django.db import connection, connections

from actions.outbox import worker as worker_module
from actions.outbox.clock import database_now
from actions.outbox.messages import MailContent
from actions.outbox.models import OutboxMessage, PaceGate, WorkerBeat
from actions.outbox.services import enqueue, is_worker_silent, waiting
from actions.outbox.states import DispatchState
from actions.outbox.supporter_mail import OutboxQueue
from actions.outbox.worker import Worker
from tests.actions.outbox.test_dispatch import Desk
from tests.factories.outbox import ONCE, queued_mail

CONTENT = MailContent(subject="Hello", paragraphs=["Hello."])


def ask(key: str):
    return enqueue(kind="test", dedupe_key=key, to="a@b.example", content=CONTENT, language="en", is_solicited=True)


def in_threads(work, count: int) -> list:
    def one(index):
        try:
            return work(index)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


@pytest.mark.django_db
def test_the_command_sends_what_is_due_and_ends(outbox_folder, capsys):
    queued_mail(), queued_mail()
    call_command("worker", "--once")
    assert len(list(outbox_folder.glob("*.eml"))) == 2
    assert waiting() == {"count": 0, "oldest": None}
    assert not is_worker_silent(database_now())


@pytest.mark.django_db
def test_what_waits_is_counted_and_a_silent_worker_is_noticed():
    row = queued_mail()
    assert waiting() == {"count": 1, "oldest": row.next_attempt_at}
    assert is_worker_silent(database_now())


@pytest.mark.django_db(transaction=True)
def test_several_workers_send_each_mail_once():
    for number in range(40):
        queued_mail(kind=ONCE, pace_key=f"{number % 5}")
    desk = Desk()
    in_threads(lambda _: Worker(transport=desk).drain(), 4)
    assert sorted(desk.taken) == sorted(OutboxMessage.objects.values_list("message_id", flat=True))
    assert set(OutboxMessage.objects.values_list("state", flat=True)) == {DispatchState.SENT}


@pytest.mark.django_db(transaction=True)
def test_several_workers_keep_one_recipients_pace(monkeypatch):
    monkeypatch.setattr(OutboxQueue, "pace_seconds", lambda self, row: 3600)
    for number in range(40):
        queued_mail(kind=ONCE, pace_key=f"{number % 5}")
    desk = Desk()
    in_threads(lambda _: Worker(transport=desk).drain(), 4)
    assert len(desk.taken) == PaceGate.objects.count() == 5


@pytest.mark.django_db(transaction=True)
def test_the_same_mail_asked_for_at_the_same_moment_is_queued_once():
    barrier = threading.Barrier(8)

    def work(_):
        barrier.wait(10)
        return ask("same").pk

    assert len(set(in_threads(work, 8))) == OutboxMessage.objects.count() == 1


@pytest.mark.django_db
def test_a_stop_finishes_the_mail_in_hand_and_takes_no_other():
    queued_mail(), queued_mail()
    worker = Worker()
    worker.transport = Desk(worker.stop)
    worker.run()
    assert sorted(OutboxMessage.objects.values_list("state", flat=True)) == [DispatchState.QUEUED, DispatchState.SENT]


@pytest.mark.django_db
def test_an_error_in_the_loop_does_not_end_it(monkeypatch, caplog):
    monkeypatch.setattr(worker_module, "TROUBLE_SECONDS", 0)
    monkeypatch.setattr(worker_module, "close_old_connections", lambda: None)  # it would close the test's transaction
    worker, ticks = Worker(transport=Desk()), []

    def tick():
        ticks.append(1)
        if len(ticks) < 3:
            raise KeyError("someone@writer.example")
        worker.stop()
        return False

    monkeypatch.setattr(worker, "tick", tick)
    worker.run()
    assert len(ticks) == 3
    assert "writer.example" not in caplog.text


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres  # a file has no server that could go away
def test_a_worker_whose_connections_are_cut_goes_on_and_records_what_the_server_said(monkeypatch):
    monkeypatch.setattr(worker_module, "TROUBLE_SECONDS", 0.1)
    monkeypatch.setattr(worker_module, "IDLE_SECONDS", 0.1)
    rows = [queued_mail(kind=ONCE), queued_mail(kind=ONCE)]

    def cut():
        with connection.cursor() as cursor:  # the worker's own connection: the transport runs in its thread
            cursor.execute("SELECT pg_backend_pid()")
            pid = cursor.fetchone()[0]
        done = threading.Thread(target=terminate, args=[pid])
        done.start()
        done.join()

    def terminate(pid):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
        connection.close()

    worker = Worker(transport=Desk(cut))

    def run():
        try:
            worker.run()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    until = time.monotonic() + 10
    while time.monotonic() < until and OutboxMessage.objects.exclude(state=DispatchState.SENT).exists():
        time.sleep(0.1)
    worker.stop()
    thread.join(10)
    assert set(OutboxMessage.objects.values_list("state", flat=True)) == {DispatchState.SENT}
    assert len(worker.transport.taken) == len(rows)
    assert WorkerBeat.objects.exists()
