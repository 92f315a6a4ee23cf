"""Reading what arrives at a return path: reports, answers of machines and people, and mail made to do harm."""

from __future__ import annotations

import email.message
import time

import pytest

from actions.outbox.bounce_mails import MAX_BYTES, read_bounce
from actions.outbox.return_path import return_address, token_for
from tests.actions.outbox.returned_mails import EXIM, OUT_OF_OFFICE, QMAIL, plain, report

TOKEN = token_for(queue_name="letters", pk=7)
TO = return_address(TOKEN)


def said(raw: bytes, **more):
    found = read_bounce(raw, **more)
    return (str(found.kind), found.status, found.code) if found else None


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, ("hard", "5.1.1", 550)),
        ({"status": "5.0.0", "diagnostic": "smtp; 550-5.2.1 disabled"}, ("hard", "5.2.1", 550)),
        ({"status": "5.0.0", "diagnostic": "smtp; 554 no"}, ("hard", "5.0.0", 554)),
        ({"status": "5.2.2", "diagnostic": "smtp; 552 5.2.2 full"}, ("soft", "5.2.2", 552)),
        ({"status": "4.4.7", "diagnostic": "smtp; 451 4.4.7 expired"}, ("soft", "4.4.7", 451)),
        ({"status": "nonsense", "diagnostic": "smtp; 451 later"}, ("soft", "", 451)),
        ({"status": "nonsense", "diagnostic": "nonsense"}, ("hard", "", 0)),
        ({"action": "delayed", "status": "4.4.1"}, ("delayed", "", 0)),
        ({"action": "Delayed (1 day)", "status": "4.4.1"}, ("delayed", "", 0)),
        ({"action": "delivered", "status": "2.0.0"}, ("delivered", "", 0)),
        ({"action": "relayed", "status": "2.0.0"}, ("delivered", "", 0)),
        ({"action": "exploded"}, None),
    ],
)
def test_a_report_by_the_standard_is_read(fields, expected):
    assert said(report(TO, **fields)) == expected
    assert not said(report(TO, **fields)) or read_bounce(report(TO, **fields)).token == TOKEN


def test_of_several_recipients_behind_one_address_one_that_has_it_is_enough():
    two = report(TO).replace(
        b"\r\n\r\n--b1\r\nContent-Type: message/rfc822",
        b"\r\n\r\nFinal-Recipient: rfc822; other@parl.example\r\nAction: relayed\r\nStatus: 2.0.0\r\n"
        b"\r\n--b1\r\nContent-Type: message/rfc822",
    )
    assert said(two) == ("delivered", "", 0)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (plain(TO, text=QMAIL), ("hard", "5.1.1", 0)),
        (plain(TO, text=QMAIL.replace("#5.1.1", "#4.4.1")), ("soft", "4.4.1", 0)),
        (plain(TO, text=QMAIL, sender="jo@people.example"), None),
        (
            plain(TO, text=EXIM.format(said="550 no such user"), headers="X-Failed-Recipients: a@b.example\n"),
            ("hard", "", 550),
        ),
        (
            plain(
                TO,
                text=EXIM.format(said="452 4.2.2 over quota"),
                headers="X-Failed-Recipients: a@b.example\nAuto-Submitted: auto-replied\n",
            ),
            ("soft", "4.2.2", 452),
        ),
        (plain(TO, subject="Warning: message delayed 24 hours", text="Not yet delivered."), ("delayed", "", 0)),
        (plain(TO, subject="Undeliverable: A letter", text="550 5.1.10 RecipientNotFound"), ("hard", "5.1.10", 550)),
        (plain(TO, subject="Undeliverable: A letter", text="We are sorry."), None),
        (plain(TO, sender="postmaster@x.example", subject="Quota report", text="You use 550 MB"), None),
    ],
)
def test_the_free_texts_of_older_servers_are_read(raw, expected):
    assert said(raw) == expected


def test_what_a_writer_wrote_into_a_returned_letter_is_not_taken_for_the_servers_words():
    text = "This is the mail system.\n\nReturn-Path: <x@y.example>\nSubject: 550 5.1.1 failed\n\n550 5.1.1 I wrote this"
    assert said(plain(TO, subject="Undelivered mail", text=text)) is None


@pytest.mark.parametrize(
    "raw",
    [
        plain(TO, sender="jo@parl.example", subject="Out of office", text=OUT_OF_OFFICE),
        plain(TO, subject="Delivery failed", text=OUT_OF_OFFICE, headers="Auto-Submitted: auto-replied\n"),
        plain(TO, subject="Undeliverable", text="550 gone", headers="Precedence: bulk\n"),
        plain(TO, subject="Undeliverable", text="550 gone", headers="X-Autoreply: yes\n"),
        plain(TO, sender="antispam@people.example", subject="Confirm your mail", text="Click to deliver. 550 5.1.1"),
        plain(TO, sender="jo@parl.example", subject="Re: A letter", text="Thank you for writing. 550 5.1.1"),
        report(TO).replace(b"message/delivery-status", b"message/disposition-notification"),
    ],
)
def test_an_answer_of_a_person_or_of_a_persons_program_is_no_bounce(raw):
    assert read_bounce(raw) is None


@pytest.mark.parametrize(
    "to",
    [
        "no-reply@mail.achk.test",
        TO.replace("mail.achk.test", "evil.example"),
        return_address("a" * 38),
        f"{TO}, {return_address(token_for(queue_name='letters', pk=8))}",
    ],
)
def test_a_report_to_no_return_path_or_to_several_is_about_none_of_our_mails(to):
    assert read_bounce(report(to)) is None


def test_the_envelopes_recipient_counts_where_the_header_is_hidden():
    assert said(report("undisclosed-recipients:;")) is None
    assert said(report("undisclosed-recipients:;"), recipient=TO.upper()) == ("hard", "5.1.1", 550)


def test_a_report_within_a_returned_mail_is_not_taken_for_the_report():
    """Whoever writes a letter must not be able to say what became of it."""
    inner = report(TO).decode()
    outer = plain(TO, sender="jo@people.example", subject="Fwd", text="").decode().rstrip("\n")
    raw = f'{outer}\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="o"\n\n'
    raw += f"--o\nContent-Type: message/rfc822\n\n{inner}\n--o--\n"
    assert read_bounce(raw.encode()) is None


def nested(depth: int) -> bytes:
    opening = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(depth))
    return f"To: {TO}\nFrom: MAILER-DAEMON@x.example\nSubject: failure\n{opening}\n550 5.1.1".encode()


def many_parts(count: int) -> bytes:
    part = "--b\nContent-Type: text/plain\n\nx\n"
    return f'To: {TO}\nContent-Type: multipart/report; boundary="b"\n\n{part * count}--b--\n'.encode()


HOSTILE = {
    "nothing": b"",
    "zeros": b"\0" * 10_000,
    "every byte": bytes(range(256)) * 100,
    "deep": nested(39),
    "too deep": nested(5_000),
    "many parts": many_parts(9_000),
    "no end": report(TO)[:900],
    "no boundary": report(TO).replace(b'; boundary="b1"', b""),
    "unknown characters": plain(TO, headers="Content-Type: text/plain; charset=klingon\n", text="550 5.1.1"),
    "charset with NUL": plain(TO, headers="Content-Type: text/plain; charset=a\0b\n", text="550 5.1.1"),
    "broken base64": plain(TO, headers="Content-Transfer-Encoding: base64\n", text="%%%=A=A"),
    "bad encoded word": plain(TO, subject="=?utf-8?b?//////?= failure", text="550 5.1.1"),
    "bytes in headers": plain(TO).replace(b"failure", b"\xff\xfe\x80"),
    "endless header": b"To: " + TO.encode() + b"\nX: " + b"a" * 300_000,
    "endless folding": b"To: " + TO.encode() + b"\n" + b" a\n" * 100_000,
    "many headers": b"To: a@b.example\n" * 10_000,
    "status part that is text": report(TO).replace(b"Reporting-MTA", b"\nReporting-MTA"),
    "status part in base64": report(TO).replace(
        b"delivery-status\r\n", b"delivery-status\r\nContent-Transfer-Encoding: base64\r\n"
    ),
    "status of digits": report(TO, status="5." + "9" * 100_000),
    "huge": report(TO) + b"x" * (3 * MAX_BYTES),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_mail_made_to_do_harm_is_read_in_a_moment_and_raises_nothing(name):
    began = time.monotonic()
    read_bounce(HOSTILE[name])
    assert time.monotonic() - began < 5


def test_a_report_stays_readable_when_the_returned_mail_is_cut_off():
    assert said(HOSTILE["huge"]) == ("hard", "5.1.1", 550)
    assert said(report(TO)[:1_300]) == ("hard", "5.1.1", 550)


def test_a_parser_that_breaks_down_raises_nothing(monkeypatch):
    def fail(*_args, **_kwargs):
        raise RecursionError

    monkeypatch.setattr(email, "message_from_bytes", fail)
    assert read_bounce(report(TO)) is None
