"""A worker killed in the middle of an update: everybody gets it once or is shown as uncertain, nobody twice."""

from __future__ import annotations

import pytest

from actions.outbox.states import DispatchState
from actions.subscribers.sending import stop
from actions.subscribers.update_models import UpdateDelivery
from tests.chaos.workers import wait_until
from tests.factories.subscribers import on_its_way, subscribed
from tests.stubs.smtp import Gate

pytestmark = [pytest.mark.chaos, pytest.mark.django_db(transaction=True)]


def is_settled() -> bool:
    return not UpdateDelivery.objects.filter(state__in=(DispatchState.QUEUED, DispatchState.SENDING)).exists()


@pytest.mark.parametrize(("moment", "uncertain"), [("on_mail", 0), ("on_text", 1)])
def test_killed_in_the_middle_nobody_gets_it_twice(mail_server, workers, moment, uncertain):
    for _ in range(6):
        subscribed()
    on_its_way()
    gate = Gate()
    passed = []

    def third(client: str) -> None:
        passed.append(client)
        if len(passed) == 3:
            gate.wait(client)

    setattr(mail_server, moment, third)
    worker = workers.hire()
    assert gate.reached.wait(20)
    setattr(mail_server, moment, lambda _client: None)
    worker.kill()
    gate.open()
    workers.hire()
    wait_until(is_settled)
    rows = UpdateDelivery.objects.all()
    assert {mail_server.count_of(row.message_id) for row in rows} == {1}
    assert rows.filter(state=DispatchState.UNCERTAIN).count() == uncertain
    assert rows.filter(state=DispatchState.SENT).count() == 6 - uncertain


def test_the_stop_holds_what_has_not_left_whatever_the_number_of_workers(mail_server, workers):
    for _ in range(6):
        subscribed()
    run = on_its_way()
    gate = Gate()
    mail_server.on_text = gate.wait
    workers.hire(), workers.hire()
    assert gate.reached.wait(20)
    stop(update_id=run.pk, user=None)
    gate.open()
    wait_until(lambda: not UpdateDelivery.objects.filter(state=DispatchState.SENDING).exists())
    assert len(mail_server.accepted) <= 2  # what was in hand
    assert UpdateDelivery.objects.filter(state=DispatchState.QUEUED).count() >= 4
