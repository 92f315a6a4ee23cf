"""Mails to supporters: found by mailbox, and asked about by the room that wrote them before they leave."""

from __future__ import annotations

import pytest
from django.core import mail

from actions import registry
from actions.outbox.messages import MailContent
from actions.outbox.models import OutboxMessage
from actions.outbox.services import discard, enqueue
from actions.outbox.states import NOT_WANTED, DispatchState
from actions.outbox.worker import Worker
from actions.privacy.services import erase, tell
from tests.factories.outbox import queued_mail

pytestmark = pytest.mark.django_db
KIND = "test.wanted"


@pytest.fixture
def asked(monkeypatch) -> list[int]:
    """Numbers that the room was asked about; it wants even ones."""
    numbers: list[int] = []
    monkeypatch.setattr(registry, "_wanted", {KIND: lambda about: not (numbers.append(about) or about % 2)})
    return numbers


def put(about: int | None, kind: str = KIND) -> OutboxMessage:
    row = enqueue(
        kind=kind,
        dedupe_key=f"{kind}:{about}",
        to="a@writer.example",
        content=MailContent(subject=f"About {about}", paragraphs=["Hello"]),
        language="en",
        is_solicited=True,
        about=about,
    )
    assert row
    return row


def test_only_what_is_still_wanted_leaves(asked):
    rows = [put(1), put(2), put(None), put(3, kind="test.other")]
    Worker().drain()
    assert sorted(message.subject for message in mail.outbox) == ["About 2", "About 3", "About None"]
    assert asked == [1, 2]
    refused = OutboxMessage.objects.get(pk=rows[0].pk)
    assert (refused.state, refused.held_reason, refused.payload) == (DispatchState.FAILED, NOT_WANTED, {})


def test_a_mail_taken_back_is_nobodys_trouble():
    discard([put(2).dedupe_key])
    row = OutboxMessage.objects.get()
    assert (row.state, row.held_reason, row.payload) == (DispatchState.FAILED, NOT_WANTED, {})


def test_waiting_mails_are_found_however_the_address_was_typed():
    queued_mail(to="A.Chan+hk@gmail.com")
    queued_mail(to="b.chan@gmail.com")
    assert len(tell("achan@googlemail.com", reason="request")) == 1
    assert erase("AChan@gmail.com", reason="request")
    assert [bool(row.payload) for row in OutboxMessage.objects.order_by("pk")] == [False, True]
