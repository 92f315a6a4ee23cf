"""The mail with the link leaves only while somebody waits for it, and its link works seven days from then."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from actions.confirmations.models import Confirmation
from actions.letters import services
from actions.letters.models import Letter
from actions.letters.states import HeldReason, LetterState
from actions.outbox.models import OutboxMessage
from actions.outbox.states import NOT_WANTED, DispatchState
from actions.outbox.worker import Worker
from actions.privacy.retention import blank
from tests.factories.letters import written_letter


def subjects() -> list[str]:
    Worker().drain()
    return [message.subject for message in mail.outbox]


@pytest.mark.parametrize("held_reason", ["", HeldReason.LIMIT])
def test_while_the_letter_waits_the_mail_leaves(letter_campaign, riding, held_reason):
    written_letter(letter_campaign, riding=riding, held_reason=held_reason)
    assert subjects() == ["Please confirm: your letter is waiting"]


@pytest.mark.parametrize("state", [*LetterState])
def test_once_the_letter_waits_no_more_the_mail_does_not_leave(letter_campaign, riding, state):
    letter = written_letter(letter_campaign, riding=riding)
    Letter.objects.filter(pk=letter.pk).update(state=state, confirmed_at=timezone.now())
    assert subjects() == []
    row = OutboxMessage.objects.get()
    assert (row.state, row.held_reason, row.payload) == (DispatchState.FAILED, NOT_WANTED, {})


def test_a_letter_that_was_emptied_gets_no_mail(letter_campaign, riding):
    blank(written_letter(letter_campaign, riding=riding))
    assert subjects() == []


def test_a_letter_that_expired_before_its_mail_could_leave_gets_none(letter_campaign, riding):
    written_letter(letter_campaign, riding=riding)
    services.expire_unconfirmed(timezone.now() + timedelta(days=9))
    assert subjects() == []


def test_a_link_works_seven_days_from_the_moment_when_its_mail_may_leave(letter_campaign, riding):
    for _ in range(6):  # the last three wait a day
        written_letter(letter_campaign, riding=riding)
    latest = OutboxMessage.objects.order_by("-next_attempt_at").first().next_attempt_at
    assert latest > timezone.now() + timedelta(hours=23)
    ends = Confirmation.objects.order_by("expires_at").first().expires_at
    assert ends >= latest + timedelta(days=7) - timedelta(seconds=10)
