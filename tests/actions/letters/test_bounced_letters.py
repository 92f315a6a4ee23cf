"""Letters that were taken and came back: the writer is told with their own words and may write again."""

from __future__ import annotations

import threading
import uuid
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from achk_site.env import Mailbox
from actions.letters import services
from actions.letters.models import Letter, LetterCampaign, LetterDelivery
from actions.letters.states import LetterState
from actions.outbox.bounce_mailbox import read_mailbox_job
from actions.outbox.bounce_wait import count_as_delivered
from actions.outbox.bounces import BounceKind, record_bounce
from actions.outbox.models import OutboxMessage, PaceGate
from actions.outbox.return_path import token_for, turn_of
from actions.outbox.smtp import SmtpTransport
from actions.outbox.states import DispatchState
from actions.outbox.worker import Worker
from actions.privacy.retention import retire_all
from actions.representatives.address_trouble import AddressTrouble
from tests.actions.outbox.returned_mails import report as returned
from tests.actions.outbox.test_worker import in_threads
from tests.factories.letters import written_letter
from tests.stubs.imap import PASSWORD, USER, ImapStub
from tests.stubs.smtp import SmtpStub

WRITER = "tai-man@writer.example"


@pytest.fixture
def delivery(letter_campaign, riding) -> LetterDelivery:
    """A letter that the mail server has taken."""
    letter = written_letter(letter_campaign, riding=riding, wants_copy=True)
    services.confirm(letter_id=letter.pk)
    Worker().drain()
    return LetterDelivery.objects.get()


def report(delivery, kind=BounceKind.HARD, *, turn: int | None = None, **more):
    """A report about the delivery as it was last sent, or as it was sent in an earlier turn."""
    turn = turn_of(stored(delivery)) if turn is None else turn
    return record_bounce(token=token_for(queue_name="letters", pk=delivery.pk, turn=turn), kind=kind, **more)


def troubles() -> list[str]:
    """The bodies of the mails that told the writer of trouble."""
    Worker().drain()
    return [one.body for one in mail.outbox if one.to == [WRITER] and "has not been delivered" in one.subject]


def stored(delivery) -> LetterDelivery:
    return LetterDelivery.objects.get(pk=delivery.pk)


@pytest.mark.parametrize("state", [DispatchState.SENT, DispatchState.DELIVERED, DispatchState.UNCERTAIN])
def test_a_letter_that_came_back_fails_and_its_writer_gets_their_words_back_once(delivery, state):
    LetterDelivery.objects.update(state=state)
    for _ in range(2):
        report(delivery, status="5.7.1", code=550)
    assert (stored(delivery).state, stored(delivery).held_reason) == (DispatchState.FAILED, "bounced")
    [body] = troubles()
    assert "took it at first and then sent it back" in body
    assert "Please vote for it." in body
    assert "我的家人在香港。" in body
    assert "through Alliance Canada Hong Kong" not in body


def test_its_writer_may_write_to_the_same_mp_again(delivery, letter_campaign, riding):
    again = written_letter(letter_campaign, riding=riding)
    assert services.confirm(letter_id=again.pk) == LetterState.REPEATED
    report(delivery, status="5.7.1")
    once_more = written_letter(letter_campaign, riding=riding)
    assert services.confirm(letter_id=once_more.pk) == LetterState.CONFIRMED


def test_a_full_mailbox_is_tried_again_without_troubling_the_writer(delivery):
    assert report(delivery, BounceKind.SOFT, status="4.2.2")
    assert stored(delivery).state == DispatchState.QUEUED
    assert not troubles()
    LetterDelivery.objects.update(next_attempt_at=timezone.now())
    PaceGate.objects.all().delete()
    Worker().drain()
    assert stored(delivery).state == DispatchState.SENT
    letters = [one for one in mail.outbox if one.to == ["jordan.lee@parl.example"]]
    assert len({one.extra_headers["Message-ID"] for one in letters}) == 1
    assert len({one.from_email for one in letters}) == 2  # each sending has a return path of its own
    assert len(letters) == 2


def test_after_a_week_of_full_mailboxes_the_writer_is_told(delivery):
    for _ in range(11):
        LetterDelivery.objects.update(state=DispatchState.SENT, settled_at=timezone.now())
        report(delivery, BounceKind.SOFT, status="4.2.2")
    assert stored(delivery).state == DispatchState.FAILED
    assert len(troubles()) == 1


def test_a_letter_whose_text_is_due_or_withdrawn_is_not_sent_again_and_nobody_is_mailed(delivery):
    services.withdraw(letter_id=delivery.letter_id)
    assert report(delivery, BounceKind.SOFT, status="4.2.2")
    assert stored(delivery).state == DispatchState.FAILED
    assert not troubles()


def test_a_complaint_ends_the_letter_and_says_nothing_about_the_address(delivery):
    report(delivery, BounceKind.COMPLAINT)
    assert (stored(delivery).state, stored(delivery).held_reason) == (DispatchState.FAILED, "complaint")
    assert not AddressTrouble.objects.exists()


def test_whose_letter_was_reported_as_unwanted_is_not_told_that_it_did_not_arrive(delivery, letter_campaign, riding):
    report(delivery, BounceKind.COMPLAINT)
    assert troubles() == []
    again = written_letter(letter_campaign, riding=riding)
    assert services.confirm(letter_id=again.pk) == LetterState.REPEATED


def test_a_report_that_comes_twice_or_late_says_nothing_about_the_next_sending(delivery):
    assert report(delivery, BounceKind.SOFT, status="4.2.2")
    LetterDelivery.objects.update(next_attempt_at=timezone.now())
    PaceGate.objects.all().delete()
    Worker().drain()
    assert stored(delivery).state == DispatchState.SENT
    for kind in (BounceKind.SOFT, BounceKind.HARD, BounceKind.DELAYED):
        assert not report(delivery, kind, turn=0, status="4.2.2")
        assert not record_bounce(message_id=delivery.message_id, kind=kind, status="4.2.2")
    assert stored(delivery).state == DispatchState.SENT
    assert report(delivery, BounceKind.HARD, turn=1, status="5.7.1")


def test_a_letter_that_comes_back_near_its_end_is_tried_again_before_it(delivery):
    end = timezone.now() + timedelta(minutes=50)
    LetterCampaign.objects.update(useless_after=end)
    assert report(delivery, BounceKind.SOFT, status="4.2.2")
    assert stored(delivery).next_attempt_at < end


def test_after_the_writer_has_taken_the_letter_back_no_mail_about_it_leaves(letter_campaign, riding):
    letter = written_letter(letter_campaign, riding=riding)
    services.confirm(letter_id=letter.pk)
    Worker().drain()
    report(LetterDelivery.objects.get(), status="5.7.1")
    services.withdraw(letter_id=letter.pk)
    assert not OutboxMessage.objects.filter(kind="letter.trouble", payload__isblank=False).exists()
    assert troubles() == []


def test_a_report_about_a_letter_that_cannot_be_read_keeps_no_other_from_being_read(delivery):
    Letter.objects.update(row_key=uuid.uuid4())
    assert report(delivery, BounceKind.SOFT, status="4.2.2")


def test_an_uncertain_letter_that_is_reported_as_delivered_is_sent_and_its_copy_leaves(letter_campaign, riding):
    letter = written_letter(letter_campaign, riding=riding, wants_copy=True)
    services.confirm(letter_id=letter.pk)
    LetterDelivery.objects.update(state=DispatchState.UNCERTAIN, handed_over_at=timezone.now())
    delivery = LetterDelivery.objects.get()
    assert report(delivery, BounceKind.DELIVERED)
    Worker().drain()
    assert stored(delivery).state == DispatchState.SENT
    assert "Copy of your letter" in [one.subject for one in mail.outbox]
    assert not [one for one in mail.outbox if one.to == ["jordan.lee@parl.example"]]


def test_delivered_is_claimed_two_days_later_and_the_text_goes_28_days_after_it_left(delivery):
    now = timezone.now()
    count_as_delivered(now + timedelta(hours=47))
    assert stored(delivery).state == DispatchState.SENT
    count_as_delivered(now + timedelta(hours=49))
    assert stored(delivery).state == DispatchState.DELIVERED
    retire_all(now + timedelta(days=27))
    assert Letter.objects.get().body
    retire_all(now + timedelta(days=28, minutes=5))
    assert Letter.objects.get().body == ""


def test_the_text_of_a_letter_that_came_back_late_stays_until_its_writer_could_read_of_it(delivery):
    late = timezone.now() + timedelta(days=20)
    report(delivery, now=late)
    retire_all(late + timedelta(days=27))
    assert Letter.objects.get().body
    retire_all(late + timedelta(days=29))
    assert Letter.objects.get().body == ""


def test_from_the_mail_server_through_the_mailbox_to_the_writer(letter_campaign, riding, settings):
    services.confirm(letter_id=written_letter(letter_campaign, riding=riding).pk)
    with SmtpStub() as server, ImapStub() as imap:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.BOUNCE_MAILBOX = Mailbox("127.0.0.1", imap.port, USER, PASSWORD, "INBOX", is_encrypted=False)
        Worker(transport=SmtpTransport()).drain()
        [accepted] = [one for one in server.accepted if one.recipients == ("jordan.lee@parl.example",)]
        imap.put(returned(accepted.sender.upper(), diagnostic="smtp; 550 5.1.1 unknown"))
        read_mailbox_job(timezone.now())
        assert not imap.mails
    delivery = LetterDelivery.objects.get()
    assert (delivery.state, delivery.held_reason, delivery.last_status) == ("failed", "bounced", "5.1.1")
    assert AddressTrouble.objects.get().is_open
    assert len(troubles()) == 1


@pytest.mark.django_db(transaction=True)
def test_reports_that_come_in_at_the_same_moment_count_once(letter_campaign, riding):
    services.confirm(letter_id=written_letter(letter_campaign, riding=riding).pk)
    Worker().drain()
    delivery, barrier = LetterDelivery.objects.get(), threading.Barrier(6)

    def work(_):
        barrier.wait(10)
        return report(delivery, status="5.1.1")

    assert sorted(in_threads(work, 6)) == [False] * 5 + [True]
    assert OutboxMessage.objects.filter(kind="letter.trouble").count() == 1
    assert AddressTrouble.objects.get().count == 1


def test_nothing_of_a_bounce_is_logged_with_names_or_addresses(delivery, caplog):
    report(delivery, status="5.1.1")
    for trace in (WRITER, "jordan.lee", "陳大文", token_for(queue_name="letters", pk=delivery.pk)):
        assert trace not in caplog.text


def test_a_confirmation_mail_that_came_back_is_shown_among_the_failed_ones(letter_campaign, riding):
    from actions.outbox.deciding import failed_mails

    written_letter(letter_campaign, riding=riding)
    Worker().drain()
    row = OutboxMessage.objects.get()
    assert record_bounce(token=token_for(queue_name="outbox", pk=row.pk), kind=BounceKind.HARD, status="5.1.1")
    assert list(failed_mails()) == [row]
    assert not AddressTrouble.objects.exists()  # a writer's address is nobody's business
