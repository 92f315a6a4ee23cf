"""Whatever the mail server does, the page answers at once, the letter keeps its chances, and its writer is told."""

from __future__ import annotations

import re
import socket
import time

import pytest
from django.core import mail
from django.utils import timezone

from actions.letters import services
from actions.letters.delivery import LetterQueue
from actions.letters.models import LetterDelivery
from actions.outbox import dispatch, smtp
from actions.outbox.models import OutboxMessage, PaceGate
from actions.outbox.smtp import SmtpTransport
from actions.outbox.states import DispatchState
from actions.outbox.transports import BackendTransport
from actions.outbox.worker import Worker
from tests.actions.letters.reading import URL, WRITER, post
from tests.factories.letters import written_letter
from tests.factories.outbox import claim
from tests.stubs.smtp import SmtpStub


@pytest.fixture
def mail_server(settings, monkeypatch):
    monkeypatch.setattr(smtp, "BUDGET_SECONDS", 1.5)
    with SmtpStub() as stub:
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", stub.port, 0.4
        yield stub


@pytest.fixture
def confirmed(letter_campaign, riding) -> LetterDelivery:
    services.confirm(letter_id=written_letter(letter_campaign, riding=riding).pk)
    OutboxMessage.objects.all().delete()  # the link has done its work
    return LetterDelivery.objects.get()


def work() -> LetterDelivery:
    """Send the letter that is due, if any, by SMTP and return the newest as it is then."""
    PaceGate.objects.all().delete()
    queue, transport = LetterQueue(), SmtpTransport()
    row = claim(queue, timezone.now())
    if row is not None:
        dispatch.deliver(queue, row, transport)
    transport.close()
    return LetterDelivery.objects.latest("pk")


def writers_mails() -> list[str]:
    """What the writer is told, once mail leaves again."""
    Worker(transport=BackendTransport()).drain()
    return [one.body for one in mail.outbox if one.to == ["tai-man@writer.example"]]


def test_no_page_talks_to_the_mail_server_so_none_waits_for_it(client, letter_campaign, settings, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise AssertionError("a page opened a connection")

    post(client, f"{URL}write/", {**WRITER, "intent": "send"})
    link = re.search(r"http://testserver(/en/act/confirm/\S+)", OutboxMessage.objects.get().payload["text"])[1]
    settings.OUTBOX_TRANSPORT = "smtp"
    client.get(link)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    began = time.monotonic()
    answer = post(client, link, {})
    assert time.monotonic() - began < 0.5
    assert answer.status_code in (200, 303)
    assert LetterDelivery.objects.get().state == DispatchState.QUEUED


@pytest.mark.parametrize(
    ("trouble", "code", "status"),
    [
        ({"greeting": "421 4.3.2 too busy"}, 421, "4.3.2"),
        ({"envelope": {"RCPT": "451 4.7.1 greylisted"}}, 451, "4.7.1"),
        ({"envelope": {"RCPT": "450 later"}}, 450, ""),
        ({"envelope": {"RCPT": "552 5.2.2 mailbox full"}}, 552, "5.2.2"),
        ({"envelope": {"DATA": "421 closing"}}, 421, ""),
        ({"envelope": {"DATA": "hang"}}, 0, ""),
        ({"behave": lambda _: "data-451"}, 451, ""),
        ({"behave": lambda _: "data-421"}, 421, ""),
        ({"behave": lambda _: "data-552 5.2.2"}, 552, "5.2.2"),
    ],
)
def test_what_may_pass_waits_a_minute_and_troubles_nobody(mail_server, confirmed, trouble, code, status):
    vars(mail_server).update(trouble)
    row = work()
    assert (row.state, row.last_code, row.last_status) == (DispatchState.QUEUED, code, status)
    assert 0 < (row.next_attempt_at - timezone.now()).total_seconds() <= 61
    assert not writers_mails()


def test_a_server_that_is_down_is_tried_for_a_week_and_then_the_writer_is_told(mail_server, settings, confirmed):
    settings.EMAIL_PORT = 1
    waits = []
    while (row := work()).state == DispatchState.QUEUED:
        waits.append((row.next_attempt_at - timezone.now()).total_seconds())
        LetterDelivery.objects.update(next_attempt_at=timezone.now())
    assert [round(seconds / 60) for seconds in waits[:6]] == [1, 5, 15, 60, 180, 360]
    assert 7 <= sum(waits) / 86_400 < 7.5
    assert len(waits) == dispatch.GIVE_UP_AFTER_ATTEMPTS - 1
    assert (row.state, row.held_reason) == (DispatchState.FAILED, "gave-up")
    [told] = writers_mails()
    assert "Please vote for it." in told


@pytest.mark.parametrize(
    ("trouble", "code", "status"),
    [
        ({"envelope": {"RCPT": "550 5.7.1 not wanted"}}, 550, "5.7.1"),
        ({"envelope": {"RCPT": "550 no such user"}}, 550, "5.1.0"),
        ({"envelope": {"RCPT": "550 blocked by our policy"}}, 550, ""),
        ({"behave": lambda _: "data-550 5.7.1"}, 550, "5.7.1"),
        ({"behave": lambda _: "data-550"}, 550, ""),
        ({"behave": lambda _: "data-552"}, 552, ""),
    ],
)
def test_what_is_refused_for_good_goes_back_to_its_writer(mail_server, confirmed, trouble, code, status):
    vars(mail_server).update(trouble)
    row = work()
    assert (row.state, row.last_code, row.last_status) == (DispatchState.FAILED, code, status)
    [told] = writers_mails()
    assert "could not be handed over" in told
    assert "Please vote for it." in told


@pytest.mark.parametrize("how", ["hang", "close", "drop"])
def test_a_letter_of_which_nobody_knows_waits_for_a_person_or_a_report(mail_server, confirmed, how):
    mail_server.behave = lambda _: how
    assert work().state == DispatchState.UNCERTAIN
    assert work().state == DispatchState.UNCERTAIN
    assert mail_server.offered == 1
    assert not writers_mails()


def test_a_server_that_answers_one_byte_at_a_time_is_waited_for_within_the_mails_budget(mail_server, confirmed):
    mail_server.behave = lambda _: "slow"
    assert work().state == DispatchState.SENT
    mail_server.slowness = 1.0
    other = written_letter(confirmed.letter.letter_campaign, riding=confirmed.letter.riding, email="b@writer.example")
    services.confirm(letter_id=other.pk)
    began = time.monotonic()
    assert work().state == DispatchState.UNCERTAIN
    assert time.monotonic() - began < 5
