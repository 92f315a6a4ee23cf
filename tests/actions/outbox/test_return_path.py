"""The token in the return path: one per mail, not to be made up, and readable after the secret has changed."""

from __future__ import annotations

import email.utils

import pytest

from actions.outbox import dispatch
from actions.outbox.clock import database_now
from actions.outbox.messages import build_message, new_message_id
from actions.outbox.return_path import (
    read_token,
    return_address,
    token_for,
    tokens_in,
    with_return_path,
    without_return_path,
)
from actions.outbox.transports import BackendTransport, FolderTransport
from tests.factories.outbox import claim, queued_mail

QUEUES = ("letters", "outbox")


@pytest.fixture
def message():
    return build_message(
        to="a@b.example", subject="x", text="長\n", from_name="陳大文", message_id=new_message_id(), language="en"
    )


@pytest.mark.parametrize("pk", [1, 42, 2**55 - 1])
@pytest.mark.parametrize("queue_name", QUEUES)
def test_a_token_leads_back_to_its_row_in_any_case(queue_name, pk):
    token = token_for(queue_name=queue_name, pk=pk)
    assert token == token_for(queue_name=queue_name, pk=pk)
    for written in (token, token.upper(), token.title()):
        assert read_token(written, queue_names=QUEUES) == (queue_name, pk, 0)


def test_tokens_of_neighbours_have_nothing_in_common_and_hide_the_number():
    tokens = {token_for(queue_name=name, pk=pk) for name in QUEUES for pk in range(1, 200)}
    assert len(tokens) == len({token[:10] for token in tokens}) == 398


def test_a_token_that_was_made_up_or_changed_by_one_letter_is_nobodys():
    token = token_for(queue_name="letters", pk=7)
    changed = [token[:at] + ("a" if token[at] != "a" else "b") + token[at + 1 :] for at in range(len(token) - 1)]
    made_up = ["", "a" * 39, "1" * 39, token[:-1], token + "a", f"{token}\n", "é" * 39, "\0" * 39, token + "=" * 7]
    assert {read_token(one, queue_names=QUEUES) for one in [*changed, *made_up]} == {None}


def test_a_token_of_a_queue_that_is_gone_is_nobodys():
    assert read_token(token_for(queue_name="petitions", pk=7), queue_names=QUEUES) is None


def test_mail_on_its_way_is_still_known_after_the_secret_was_changed(settings):
    token, old = token_for(queue_name="letters", pk=7), settings.SECRET_KEY
    settings.SECRET_KEY = "another one" * 10
    assert read_token(token, queue_names=QUEUES) is None
    settings.SECRET_KEY_FALLBACKS = [old]
    assert read_token(token, queue_names=QUEUES) == ("letters", 7, 0)


def test_the_address_is_found_in_headers_however_they_are_written():
    token = token_for(queue_name="letters", pk=7)
    address = return_address(token)
    assert len(address.partition("@")[0]) <= 64
    assert tokens_in(f'"Us" <{address.upper()}>, other@example.org') == [token]
    assert tokens_in(address.replace("mail.achk.test", "evil.example")) == []


def test_people_see_the_writers_name_and_our_address_while_the_envelope_carries_the_token(message):
    shown = message.from_email
    with_return_path(message, queue_name="letters", pk=7)
    assert message.from_email == return_address(token_for(queue_name="letters", pk=7))
    name, address = email.utils.parseaddr(str(email.header.make_header(email.header.decode_header(shown))))
    written = message.message()
    assert written["From"] == shown
    assert (name, address) == ("陳大文", "no-reply@mail.achk.test")
    assert b"bounce+" not in written.as_bytes()


def test_a_providers_back_end_gets_our_address_and_the_token_as_metadata(message, settings, mailoutbox):
    settings.EMAIL_BACKEND = "anymail.backends.test.EmailBackend"
    shown, token = message.from_email, token_for(queue_name="letters", pk=7)
    BackendTransport().send(with_return_path(message, queue_name="letters", pk=7), hand_over=lambda: None)
    [sent] = mailoutbox
    assert sent.anymail_test_params["metadata"] == {"token": token}
    assert sent.anymail_test_params["from"].addr_spec == email.utils.parseaddr(shown)[1]
    assert "envelope_sender" not in sent.anymail_test_params
    assert without_return_path(message).from_email == shown


@pytest.mark.django_db
def test_every_mail_of_a_queue_leaves_with_its_own_return_path(queue, outbox_folder, monkeypatch):
    senders = []
    monkeypatch.setattr(FolderTransport, "send", lambda self, message, hand_over: senders.append(message.from_email))
    rows = [queued_mail(), queued_mail()]
    for _ in rows:
        dispatch.attempt(queue, claim(queue, database_now()), FolderTransport())
    assert senders == [return_address(token_for(queue_name="outbox", pk=row.pk)) for row in rows]
