"""Every way in which a mail server fails, against a real one: what is certain, and what is not."""

from __future__ import annotations

import time

import pytest
from django.conf import settings as site

from actions.outbox import smtp
from actions.outbox.messages import build_message
from actions.outbox.models import OutboxMessage
from actions.outbox.outcomes import TemporaryFailure
from actions.outbox.return_path import return_address, token_for
from actions.outbox.states import DispatchState
from tests.factories.outbox import ONCE, REPEATABLE, queued_mail

pytestmark = pytest.mark.django_db


def settings_of(row: OutboxMessage) -> tuple:
    return row.state, row.last_code, row.claim_id, row.handed_over_at


def test_an_accepted_mail_is_sent_and_its_text_is_forgotten(mail_server, send):
    row = queued_mail(to="one@writer.example")
    assert (after := send()).state == DispatchState.SENT
    assert not after.payload
    [accepted] = mail_server.accepted
    assert accepted.recipients == ("one@writer.example",)
    assert accepted.sender == return_address(token_for(queue_name="outbox", pk=row.pk))
    assert accepted.message["From"].addresses[0].addr_spec == site.DEFAULT_FROM_EMAIL
    assert accepted.message_id == row.message_id
    assert accepted.ehlo == site.SENDER_DOMAIN
    assert "BODY=8BITMIME" in accepted.options
    assert accepted.text.startswith("Hello,\n\n.a line with a dot\n多謝")


@pytest.mark.parametrize(
    "changes",
    [
        {"subject": "Short"},
        {"subject": "長" * 60},
        {"subject": "word " * 40},
        {"from_name": "x" * 100, "reply_to": ("y" * 100, "a@writer.example")},
        {"headers": {"Auto-Submitted": "auto-generated", "X-Long": "z" * 90}},
        {"html": "<p>長</p>"},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_headers_are_written_as_python_writes_them(changes, monkeypatch):
    values = {"to": "a@b.example", "subject": "x", "text": "é\n.", "message_id": "<a@b>", "language": "en", **changes}
    mail = build_message(**values)
    built = mail.message()
    monkeypatch.setattr(mail, "message", lambda: built)
    plain = built.as_bytes(linesep="\r\n").replace(b"\r\n.", b"\r\n..")
    assert smtp.wire_text(mail).removesuffix(b".\r\n").rstrip() == plain.rstrip()


def test_lines_are_within_the_limits_of_the_protocol(mail_server, send):
    row = queued_mail()
    row.payload = {**row.payload, "text": "長" * 3000 + "\n.\nx" + "y" * 2000, "subject": "長" * 300}
    row.save(update_fields=["payload"])
    send()
    raw = mail_server.accepted[0].raw
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert "長" * 3000 + "\n.\nx" in mail_server.accepted[0].text


@pytest.mark.parametrize("line_end", ["\n", "\r", "\r\n", "\r\r\n", "\n\r"])
def test_no_text_ends_the_mail_early_and_smuggles_in_another(mail_server, send, line_end):
    row = queued_mail()
    smuggled = f"x{line_end}.{line_end}MAIL FROM:<a@b.example>{line_end}RCPT TO:<v@v.example>{line_end}DATA{line_end}"
    row.payload = {**row.payload, "text": smuggled, "html": smuggled}
    row.save(update_fields=["payload"])
    assert send().state == DispatchState.SENT
    [accepted] = mail_server.accepted
    assert "MAIL FROM:<a@b.example>" in accepted.text
    assert b"\r" not in accepted.raw.replace(b"\r\n", b"")


def test_one_connection_carries_many_mails_and_one_that_was_closed_meanwhile_is_opened_again(mail_server, send):
    for _ in range(4):
        queued_mail()
    send(), send()
    assert mail_server.connections == 1
    mail_server.close_connections()
    assert [send().state, send().state] == [DispatchState.SENT] * 2
    assert mail_server.connections == 2


@pytest.mark.parametrize("kind", [ONCE, REPEATABLE])
@pytest.mark.parametrize(
    ("trouble", "code"),
    [
        ({"greeting": "421 too busy"}, 421),
        ({"greeting": "554 no"}, 554),
        ({"envelope": {"MAIL": "451 later"}}, 451),
        ({"envelope": {"MAIL": "550 we do not know you"}}, 550),
        ({"envelope": {"MAIL": "hang"}}, 0),
        ({"envelope": {"RCPT": "450 grey"}}, 450),
        ({"envelope": {"RCPT": "452 full"}}, 452),
        ({"envelope": {"RCPT": "530 log in first"}}, 530),
        ({"envelope": {"RCPT": "hang"}}, 0),
        ({"envelope": {"DATA": "421 closing"}}, 421),
        ({"envelope": {"DATA": "close"}}, 0),
        ({"envelope": {"DATA": "hang"}}, 0),
        ({"behave": lambda _: "data-451"}, 451),
        ({"behave": lambda _: "data-421"}, 421),
    ],
    ids=lambda value: str(value) if isinstance(value, int) else "",
)
def test_what_may_pass_is_tried_again_later(mail_server, send, trouble, code, kind):
    vars(mail_server).update(trouble)
    before = queued_mail(kind=kind)
    after = send()
    assert settings_of(after) == (DispatchState.QUEUED, code, None, None)
    assert 55 <= (after.next_attempt_at - before.next_attempt_at).total_seconds() <= 65
    assert after.payload
    assert not mail_server.accepted


@pytest.mark.parametrize(
    "trouble",
    [
        {"envelope": {"RCPT": "550 unknown"}},
        {"envelope": {"RCPT": "553 no such name"}},
        {"envelope": {"DATA": "554 no"}},
        {"envelope": {"MAIL": "552 too big"}},
        {"behave": lambda _: "data-550"},
        {"behave": lambda _: "data-552"},
    ],
)
def test_what_is_refused_for_good_fails(mail_server, send, trouble):
    vars(mail_server).update(trouble)
    queued_mail()
    after = send()
    assert after.state == DispatchState.FAILED
    assert after.last_code >= 550
    assert not after.payload
    assert not mail_server.accepted


@pytest.mark.parametrize(("how", "arrived"), [("hang", 0), ("close", 0), ("drop", 1)])
def test_a_mail_of_which_nobody_knows_is_uncertain(mail_server, send, monkeypatch, how, arrived):
    monkeypatch.setattr(smtp, "BUDGET_SECONDS", 1.0)
    mail_server.behave = lambda _: how
    queued_mail(kind=ONCE)
    after = send()
    assert after.state == DispatchState.UNCERTAIN
    assert after.payload
    assert len(mail_server.accepted) == arrived


def test_a_confirm_mail_of_which_nobody_knows_is_repeated_once_under_the_same_message_id(mail_server, send):
    row = queued_mail(kind=REPEATABLE)
    mail_server.behave = lambda _: "drop"
    assert send().state == DispatchState.QUEUED
    OutboxMessage.objects.update(next_attempt_at=row.next_attempt_at)
    assert send().state == DispatchState.UNCERTAIN
    assert [one.message_id for one in mail_server.accepted] == [row.message_id] * 2


def test_a_server_that_refuses_connections_is_tried_again(mail_server, send, settings):
    settings.EMAIL_PORT = 1
    queued_mail(kind=ONCE)
    assert settings_of(send()) == (DispatchState.QUEUED, 0, None, None)


def test_a_slow_yes_is_a_yes(mail_server, send):
    mail_server.behave = lambda _: "slow"
    mail_server.slowness = 0.1
    queued_mail(kind=ONCE)
    assert send().state == DispatchState.SENT


def test_a_trickle_of_bytes_does_not_hold_the_worker_beyond_the_budget(mail_server, send, monkeypatch):
    monkeypatch.setattr(smtp, "BUDGET_SECONDS", 1.0)
    mail_server.behave, mail_server.slowness = lambda _: "slow", 0.3
    queued_mail(kind=ONCE)
    began = time.monotonic()
    assert send().state == DispatchState.UNCERTAIN
    assert time.monotonic() - began < 2


def test_a_server_without_the_demanded_encryption_gets_nothing(mail_server, send, settings):
    settings.EMAIL_USE_TLS = True
    queued_mail(kind=ONCE)
    assert send().state == DispatchState.QUEUED
    assert not mail_server.offered


def test_a_failure_leaves_nothing_half_said_for_the_next_mail(mail_server, send):
    queued_mail(), queued_mail(), queued_mail()
    send()
    mail_server.envelope = {"RCPT": "550 unknown"}
    assert send().state == DispatchState.FAILED
    mail_server.envelope = {}
    assert send().state == DispatchState.SENT


def test_a_claim_lost_before_the_hand_over_sends_nothing(mail_server, transport, queue):
    def lose():
        raise RuntimeError

    message = queue.prepare(queued_mail())
    with pytest.raises(RuntimeError):
        transport.send(message, hand_over=lose)
    transport.send(message, hand_over=lambda: None)
    assert len(mail_server.accepted) == mail_server.offered == 1


def test_the_hand_over_comes_when_the_server_waits_for_the_text_and_not_before(mail_server, transport, queue):
    mail_server.envelope = {"DATA": "451 later"}
    called = []
    with pytest.raises(TemporaryFailure):
        transport.send(queue.prepare(queued_mail()), hand_over=lambda: called.append(1))
    assert not called


def test_a_mail_that_cannot_be_written_out_is_held_and_never_offered(mail_server, send):
    queued_mail(to="a@b.example, c@d.example", attempts=4)
    assert send().state == DispatchState.HELD
    assert not mail_server.connections


def test_servers_that_can_are_asked_to_return_the_headers_only(mail_server, send):
    class Able:
        def has_extn(self, name):
            return name in ("8bitmime", "dsn")

    assert smtp.envelope_options(Able()) == ["BODY=8BITMIME", "RET=HDRS"]
    queued_mail()
    send()
    assert not [option for option in mail_server.accepted[0].options if option.startswith("RET=")]  # it cannot
