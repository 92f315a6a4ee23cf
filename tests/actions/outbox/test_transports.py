"""What the errors of a provider's API say, and the demo's post office."""

from __future__ import annotations

import email
import smtplib
import socket

import pytest
import requests
from django.core import mail

from actions.outbox import transports
from actions.outbox.messages import build_message, new_message_id
from actions.outbox.outcomes import PermanentFailure, TemporaryFailure, UncertainOutcome


@pytest.fixture
def message():
    return build_message(to="a@b.example", subject="x", text="長\n", message_id=new_message_id(), language="en")


class ProviderError(Exception):
    def __init__(self, status_code=None):
        self.status_code = status_code


class AnymailRecipientsRefused(ProviderError):
    """Named as anymail names it."""


def refused_connection() -> Exception:
    """What requests really raises when nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    try:
        requests.get(f"http://127.0.0.1:{port}/", timeout=1)
    except requests.RequestException as error:
        return error
    raise AssertionError


@pytest.mark.parametrize(
    ("error", "failure"),
    [
        (ProviderError(400), PermanentFailure),
        (ProviderError(422), PermanentFailure),
        (AnymailRecipientsRefused(200), PermanentFailure),
        (ProviderError(401), TemporaryFailure),
        (ProviderError(429), TemporaryFailure),
        (ProviderError(503), TemporaryFailure),
        (refused_connection(), TemporaryFailure),
        (ConnectionRefusedError(), TemporaryFailure),
        (ProviderError(500), UncertainOutcome),
        (ProviderError(502), UncertainOutcome),
        (ProviderError(200), UncertainOutcome),
        (requests.ReadTimeout(), UncertainOutcome),
        (requests.ConnectionError("reset"), UncertainOutcome),
        (KeyError("x"), UncertainOutcome),
        (smtplib.SMTPServerDisconnected(), UncertainOutcome),
        (smtplib.SMTPRecipientsRefused({"a@b.example": (550, b"no")}), PermanentFailure),
        (smtplib.SMTPRecipientsRefused({"a@b.example": (451, b"later")}), TemporaryFailure),
        (smtplib.SMTPDataError(552, b"big"), PermanentFailure),
        (smtplib.SMTPConnectError(421, b"busy"), TemporaryFailure),
        (smtplib.SMTPAuthenticationError(535, b"who are you"), TemporaryFailure),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_an_error_is_read_by_what_it_says(message, monkeypatch, error, failure):
    class Backend:
        def send_messages(self, messages):
            raise error

    monkeypatch.setattr(transports, "get_connection", lambda **_: Backend())
    handed_over = []
    with pytest.raises(failure):
        transports.BackendTransport().send(message, hand_over=lambda: handed_over.append(1))
    assert handed_over


def test_nothing_reaches_the_back_end_without_the_hand_over(message):
    def lose():
        raise RuntimeError

    with pytest.raises(RuntimeError):
        transports.BackendTransport().send(message, hand_over=lose)
    assert not mail.outbox


def test_the_folder_holds_each_mail_once_and_none_that_was_not_handed_over(message, outbox_folder):
    def lose():
        raise RuntimeError

    folder = transports.FolderTransport()
    with pytest.raises(RuntimeError):
        folder.send(message, hand_over=lose)
    assert not list(outbox_folder.glob("*.eml"))
    for _ in range(2):
        folder.send(message, hand_over=lambda: None)
    [path] = outbox_folder.glob("*.eml")
    assert email.message_from_bytes(path.read_bytes())["Message-ID"] == message.extra_headers["Message-ID"]
