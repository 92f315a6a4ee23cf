"""Reading the mailbox of returned mail over IMAP, against a real server that misbehaves."""

from __future__ import annotations

import io
import logging
import sys
import time

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from achk_site.env import Mailbox
from actions.outbox import bounce_mailbox
from actions.outbox.bounce_mailbox import MailboxUnavailable, read_mailbox, read_mailbox_job
from actions.outbox.clock import database_now
from actions.outbox.models import OutboxMessage
from actions.outbox.states import DispatchState
from tests.actions.outbox.returned_mails import OUT_OF_OFFICE, SECRET_WORDS, address_of, plain, report
from tests.actions.outbox.test_bounce_mails import HOSTILE
from tests.factories.outbox import queued_mail
from tests.stubs.imap import PASSWORD, USER, ImapStub

pytestmark = pytest.mark.django_db


@pytest.fixture
def imap(monkeypatch):
    monkeypatch.setattr(bounce_mailbox, "SECONDS_PER_ANSWER", 0.4)
    monkeypatch.setattr(bounce_mailbox, "SECONDS_PER_RUN", 1.0)
    with ImapStub() as stub:
        yield stub


@pytest.fixture
def mailbox(imap) -> Mailbox:
    return Mailbox("127.0.0.1", imap.port, USER, PASSWORD, "INBOX", is_encrypted=False)


def sent():
    return queued_mail(state=DispatchState.SENT, settled_at=database_now(), handed_over_at=database_now())


def state_of(row) -> str:
    return OutboxMessage.objects.get(pk=row.pk).state


def test_bounces_are_recorded_and_every_mail_is_deleted(imap, mailbox):
    bounced, fine = sent(), sent()
    imap.put(report(address_of(bounced)))
    imap.put(plain(address_of(fine), sender="jo@parl.example", text=OUT_OF_OFFICE))
    imap.put(b"spam")
    reading = read_mailbox(mailbox)
    assert (reading.read, reading.recorded, reading.left) == (3, 1, 0)
    assert (state_of(bounced), state_of(fine)) == (DispatchState.FAILED, DispatchState.SENT)
    assert not imap.mails
    assert read_mailbox(mailbox).read == 0


def test_nothing_of_a_returned_letter_is_kept_or_logged(imap, mailbox, caplog):
    row = sent()
    imap.put(report(address_of(row)))
    with caplog.at_level(logging.DEBUG):
        read_mailbox(mailbox)
    token = address_of(row).partition("+")[2].partition("@")[0]
    for trace in (SECRET_WORDS, token, "jordan.lee", PASSWORD, USER):
        assert trace not in caplog.text
        assert trace not in repr(OutboxMessage.objects.filter(pk=row.pk).values())


def test_a_run_reads_the_oldest_mails_first_and_only_so_many(imap, mailbox):
    for number in range(5):
        imap.put(b"spam %d" % number)
    reading = read_mailbox(mailbox, at_most=2)
    assert (reading.read, reading.left) == (2, 3)
    assert sorted(imap.mails) == [3, 4, 5]


def test_mail_made_to_do_harm_stops_no_other(imap, mailbox, monkeypatch):
    for raw in HOSTILE.values():
        imap.put(raw)
    row = sent()
    imap.put(report(address_of(row)))
    monkeypatch.setattr(bounce_mailbox, "SECONDS_PER_RUN", 30)
    assert read_mailbox(mailbox).read == len(HOSTILE) + 1
    assert state_of(row) == DispatchState.FAILED


def test_a_mail_is_deleted_only_after_it_was_recorded(imap, mailbox, monkeypatch):
    def away(**_):
        raise OperationalError("gone")

    row = sent()
    imap.put(report(address_of(row)))
    with monkeypatch.context() as patch:
        patch.setattr(bounce_mailbox, "record_bounce", away)
        with pytest.raises(OperationalError):
            read_mailbox(mailbox)
    assert imap.mails
    assert read_mailbox(mailbox).recorded == 1


@pytest.mark.parametrize("command", ["LOGIN", "SELECT", "SEARCH", "FETCH", "STORE", "EXPUNGE"])
@pytest.mark.parametrize("how", ["no", "hang", "close", "slow"])
def test_a_server_in_trouble_holds_nobody_up_and_the_next_run_goes_on(imap, mailbox, command, how):
    row = sent()
    imap.put(report(address_of(row)))
    imap.trouble, imap.slowness = {command: how}, 0.3
    began = time.monotonic()
    if (command, how) == ("EXPUNGE", "no"):
        read_mailbox(mailbox)  # the mail stays marked as deleted until it works
    else:
        with pytest.raises(MailboxUnavailable):
            read_mailbox(mailbox)
    assert time.monotonic() - began < 4
    imap.trouble = {}
    read_mailbox(mailbox)
    assert state_of(row) == DispatchState.FAILED
    assert not imap.mails


@pytest.mark.parametrize("how", ["short", "long"])
def test_a_wrong_length_ends_the_run_without_deleting_what_was_not_read(imap, mailbox, how):
    row = sent()
    imap.put(report(address_of(row)))
    imap.trouble = {"FETCH": how}
    with pytest.raises(MailboxUnavailable):
        read_mailbox(mailbox)
    imap.trouble = {}
    read_mailbox(mailbox)
    assert state_of(row) == DispatchState.FAILED


def test_a_mail_that_somebody_else_took_away_is_passed_over(imap, mailbox):
    imap.put(b"spam")
    imap.trouble = {"FETCH": "gone"}
    assert read_mailbox(mailbox).read == 0


@pytest.mark.parametrize("change", [{"password": "wrong"}, {"folder": "Nowhere"}, {"port": 1}])
def test_a_mailbox_that_cannot_be_opened_is_said_to_be_unavailable(imap, mailbox, change):
    with pytest.raises(MailboxUnavailable) as refused:
        read_mailbox(Mailbox(**{**vars(mailbox), **change}))
    assert PASSWORD not in str(refused.value)
    assert PASSWORD not in repr(mailbox)


def test_the_worker_reads_it_and_does_nothing_where_there_is_none(imap, mailbox, settings):
    imap.put(b"spam")
    settings.BOUNCE_MAILBOX = None
    read_mailbox_job(database_now())
    assert imap.mails
    settings.BOUNCE_MAILBOX = mailbox
    read_mailbox_job(database_now())
    assert not imap.mails


def test_the_command_reads_one_batch_or_until_the_mailbox_is_empty(imap, mailbox, settings, capsys, monkeypatch):
    monkeypatch.setattr(bounce_mailbox.read_mailbox, "__kwdefaults__", {"at_most": 2})
    for _ in range(5):
        imap.put(b"spam")
    settings.BOUNCE_MAILBOX = mailbox
    call_command("read_bounces", "--once")
    assert len(imap.mails) == 3
    call_command("read_bounces")
    assert not imap.mails
    assert "2 mails read, 0 recorded, 3 left" in capsys.readouterr().out
    imap.trouble = {"LOGIN": "no"}
    with pytest.raises(CommandError, match="could not be read"):
        call_command("read_bounces")
    settings.BOUNCE_MAILBOX = None
    with pytest.raises(CommandError, match="BOUNCE_MAILBOX_URL"):
        call_command("read_bounces")


# --- The mail server's pipe -----------------------------------------------------------------------------------------


def pipe(monkeypatch, raw: bytes, *arguments: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
    call_command("receive_bounce", *arguments)


def test_a_mail_server_may_pipe_bounces_in_and_anything_else(monkeypatch, capsys):
    row, other = sent(), sent()
    pipe(monkeypatch, report(address_of(row)))
    pipe(monkeypatch, report("hidden:;"), "--recipient", address_of(other))
    pipe(monkeypatch, HOSTILE["every byte"])
    pipe(monkeypatch, HOSTILE["huge"])
    assert (state_of(row), state_of(other)) == (DispatchState.FAILED, DispatchState.FAILED)
    assert capsys.readouterr() == ("", "")


def test_a_mail_server_is_asked_to_come_again_when_the_database_is_away(monkeypatch):
    def away(**_):
        raise OperationalError("gone")

    monkeypatch.setattr("actions.management.commands.receive_bounce.record_bounce", away)
    with pytest.raises(SystemExit) as ended:
        pipe(monkeypatch, report(address_of(sent())))
    assert ended.value.code == 75
