"""Mails to supporters that did not leave by themselves are listed without their reader, and a person decides once."""

from __future__ import annotations

import pytest
from django.core import mail
from django.urls import reverse

from actions.outbox.deciding import MailDecision, decide_mail
from actions.outbox.models import OutboxMessage
from actions.outbox.states import NOT_WANTED, DispatchState
from actions.outbox.worker import Worker
from actions.privacy.models import AccessLog
from actions.privacy.retention import blank
from tests.factories.outbox import queued_mail

pytestmark = pytest.mark.django_db
CANARY = "canary@writer.example"


@pytest.fixture
def page() -> str:
    return reverse("letters_to_decide")


def troubled(state: DispatchState = DispatchState.HELD, **columns) -> OutboxMessage:
    return queued_mail(to=CANARY, state=state, attempts=5, held_reason="error", last_code=451, **columns)


def now_of(row: OutboxMessage) -> OutboxMessage:
    return OutboxMessage.objects.get(pk=row.pk)


@pytest.mark.parametrize("state", [DispatchState.HELD, DispatchState.UNCERTAIN])
def test_the_list_names_kind_state_and_reason_and_nobody(moderator, page, state):
    troubled(state)
    shown = moderator.get(f"{page}?show=mails").content.decode()
    for expected in ("link to confirm a letter", str(state.label), "451", "something went wrong", "Send it again"):
        assert expected in shown
    assert CANARY not in shown
    assert "Hello" not in shown.partition("<table")[2]


def test_failures_are_shown_without_buttons_unless_nobody_wanted_the_mail(moderator, page):
    troubled(DispatchState.FAILED)
    troubled(DispatchState.FAILED)
    OutboxMessage.objects.filter(pk=queued_mail().pk).update(state=DispatchState.FAILED, held_reason=NOT_WANTED)
    answer = moderator.get(f"{page}?show=failed-mails")
    assert len(answer.context["object_list"]) == 2
    assert 'name="decision"' not in answer.content.decode()


def test_a_mail_sent_again_leaves_under_its_old_number(moderator, page):
    row = troubled(DispatchState.UNCERTAIN)
    assert moderator.post(page, {"mail": row.pk, "decision": "send-again"}).status_code == 302
    again = now_of(row)
    assert (again.state, again.attempts, again.held_reason, again.handed_over_at) == (DispatchState.QUEUED, 0, "", None)
    Worker().drain()
    assert [message.extra_headers["Message-ID"] for message in mail.outbox] == [row.message_id]
    entry = AccessLog.objects.get()
    assert (entry.username, entry.verb, entry.subject, entry.reason) == (
        "moderator", "decide", f"outbox mail {row.pk}", "send-again",
    )  # fmt: skip


def test_a_mail_given_up_loses_its_text(moderator, page):
    row = troubled()
    for _click in range(2):
        assert moderator.post(page, {"mail": row.pk, "decision": "give-up"}).status_code == 302
    given_up = now_of(row)
    assert (given_up.state, given_up.payload) == (DispatchState.FAILED, {})
    assert given_up.settled_at
    assert AccessLog.objects.count() == 1


def test_a_mail_whose_text_is_gone_can_only_be_given_up(moderator, page):
    row = troubled()
    blank(row)
    assert "Send it again" not in moderator.get(f"{page}?show=mails").content.decode()
    assert not decide_mail(mail_id=row.pk, decision=MailDecision.SEND_AGAIN, user=None).is_changed
    assert decide_mail(mail_id=row.pk, decision=MailDecision.GIVE_UP, user=None).state == DispatchState.FAILED


def test_a_mail_that_cannot_be_read_any_more_is_listed_and_given_up(moderator, page, settings):
    row = troubled()
    settings.PERSONAL_DATA_KEYS = {"other": b"o" * 32}
    assert moderator.get(f"{page}?show=mails").status_code == 200
    assert moderator.post(page, {"mail": row.pk, "decision": "give-up"}).status_code == 302
    assert now_of(row).state == DispatchState.FAILED


@pytest.mark.parametrize(
    "state", [DispatchState.QUEUED, DispatchState.SENDING, DispatchState.SENT, DispatchState.FAILED]
)
def test_what_needs_no_person_cannot_be_decided(state):
    row = troubled(state)
    for decision in MailDecision:
        assert not decide_mail(mail_id=row.pk, decision=decision, user=None).is_changed
    assert now_of(row).state == state
    assert not AccessLog.objects.exists()


def test_editors_are_turned_away(editor, page):
    row = troubled()
    editor.post(page, {"mail": row.pk, "decision": "give-up"})
    assert now_of(row).state == DispatchState.HELD
