"""What happens to a letter that could not leave: its writer can write again, and is told before anything is deleted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from actions.letters import services
from actions.letters.deciding import Decision, decide_delivery
from actions.letters.delivery import LetterQueue
from actions.letters.models import Letter, LetterDelivery
from actions.letters.states import HeldReason, LetterState
from actions.outbox.dispatch import deliver
from actions.outbox.models import OutboxMessage, PaceGate
from actions.outbox.states import DispatchState
from actions.outbox.transports import BackendTransport, PermanentFailure
from actions.outbox.worker import Worker
from actions.privacy.retention import retire_all
from tests.factories.letters import LetterCampaignFactory, written_letter
from tests.factories.outbox import claim
from tests.factories.representatives import RecipientFactory


@pytest.fixture
def confirmed(letter_campaign, riding) -> Letter:
    letter = written_letter(letter_campaign, riding=riding)
    services.confirm(letter_id=letter.pk)
    return letter


def mails_to(address: str) -> list:
    return [message for message in mail.outbox if message.to == [address]]


def write_again(letter: Letter) -> LetterState:
    again = written_letter(letter.letter_campaign, riding=letter.riding, body="Second try")
    return services.confirm(letter_id=again.pk)


class Refusing(BackendTransport):
    def send(self, message, *, hand_over):
        if message.to == ["jordan.lee@parl.example"]:
            raise PermanentFailure(550)
        super().send(message, hand_over=hand_over)


def test_after_a_refusal_by_the_mail_server_the_writer_can_write_again(confirmed):
    Worker(transport=Refusing()).drain()
    assert write_again(confirmed) == LetterState.CONFIRMED
    PaceGate.objects.all().delete()
    Worker().drain()
    assert "Second try" in mails_to("jordan.lee@parl.example")[0].body


def test_after_taking_a_letter_back_the_writer_can_write_again(confirmed):
    services.withdraw(letter_id=confirmed.pk)
    assert write_again(confirmed) == LetterState.CONFIRMED


def test_after_a_letter_that_left_the_writer_cannot(confirmed):
    Worker().drain()
    assert write_again(confirmed) == LetterState.REPEATED


def test_an_uncertain_letter_keeps_its_place(confirmed):
    LetterDelivery.objects.update(state=DispatchState.UNCERTAIN)
    assert write_again(confirmed) == LetterState.REPEATED


def test_a_corrected_address_lets_staff_send_the_held_letter_or_the_writer_write_again(confirmed, member, admin_user):
    type(member).objects.filter(pk=member.pk).update(email="j.lee@parl.example")
    Worker().drain()
    row = LetterDelivery.objects.get()
    assert row.held_reason == HeldReason.MP_CHANGED
    assert decide_delivery(delivery_id=row.pk, decision=Decision.SEND_AGAIN, user=admin_user).is_changed
    Worker().drain()
    assert len(mails_to("j.lee@parl.example")) == 1


def test_writing_again_replaces_the_letter_that_is_held_for_the_old_address(confirmed, member, admin_user):
    old = LetterDelivery.objects.get()
    type(member).objects.filter(pk=member.pk).update(email="j.lee@parl.example")
    Worker().drain()
    assert write_again(confirmed) == LetterState.CONFIRMED
    assert not decide_delivery(delivery_id=old.pk, decision=Decision.SEND_AGAIN, user=admin_user).is_changed
    Worker().drain()
    assert [("Second try" in message.body) for message in mails_to("j.lee@parl.example")] == [True]


def test_staff_cannot_send_a_held_letter_to_a_successor(confirmed, member, admin_user):
    type(member).objects.filter(pk=member.pk).update(is_current=False)
    Worker().drain()
    row = LetterDelivery.objects.get()
    assert not decide_delivery(delivery_id=row.pk, decision=Decision.SEND_AGAIN, user=admin_user).is_changed


def test_a_renamed_riding_changes_nothing_that_was_confirmed(confirmed, riding):
    type(riding).objects.filter(pk=riding.pk).update(name_en="Ottawa Centre and I hate the bill")
    Worker().drain()
    assert "I live in the riding of Ottawa Centre (K1A 0A6)." in mails_to("jordan.lee@parl.example")[0].body


@pytest.mark.parametrize("column", ["salutation", "closing"])
def test_a_changed_greeting_is_not_sent(confirmed, column):
    LetterDelivery.objects.update(**{column: "Dear fool,"})
    Worker().drain()
    assert LetterDelivery.objects.get().held_reason == HeldReason.TEXT_CHANGED


def test_a_copy_that_falls_away_does_not_stop_the_letter_to_the_mp(member, riding):
    minister = RecipientFactory()
    letter = written_letter(LetterCampaignFactory(copies=[minister]), riding=riding)
    services.confirm(letter_id=letter.pk)
    type(minister).objects.update(is_active=False)
    Worker().drain()
    assert len(mails_to(member.email)) == 1
    assert not mails_to(minister.email)


def test_taking_back_wins_against_a_worker_that_has_not_offered_the_text(confirmed):
    class Late(BackendTransport):
        def send(self, message, *, hand_over):
            services.withdraw(letter_id=confirmed.pk)
            super().send(message, hand_over=hand_over)

    deliver(LetterQueue(), claim(LetterQueue(), timezone.now()), Late())
    assert not mails_to("jordan.lee@parl.example")
    assert LetterDelivery.objects.get().state == DispatchState.FAILED


def test_taking_back_also_takes_back_the_mails_that_wait(letter_campaign, riding):
    letter = written_letter(letter_campaign, riding=riding)
    services.withdraw(letter_id=letter.pk)
    assert not OutboxMessage.objects.filter(payload__isblank=False).exists()
    Worker().drain()
    assert not mail.outbox


def test_an_erased_letter_cannot_be_confirmed(letter_campaign, riding):
    letter = written_letter(letter_campaign, riding=riding)
    services.erase(letter)
    assert services.confirm(letter_id=letter.pk) == LetterState.WITHDRAWN
    assert not LetterDelivery.objects.exists()


def test_a_held_letter_that_was_never_confirmed_ends_after_seven_days(letter_campaign, riding):
    letter = written_letter(letter_campaign, riding=riding, held_reason="limit")
    later = timezone.now() + timedelta(days=7, minutes=1)
    services.expire_unconfirmed(later)
    retire_all(later)
    stored = Letter.objects.get(pk=letter.pk)
    assert (stored.state, stored.body) == (LetterState.EXPIRED, "")


@pytest.mark.parametrize("way", ["refused", "forgotten"])
def test_a_confirmed_letter_that_is_never_let_go_goes_back_to_its_writer(letter_campaign, riding, way):
    letter = written_letter(letter_campaign, riding=riding, held_reason="limit")
    services.confirm(letter_id=letter.pk)
    if way == "refused":
        services.refuse(letter_id=letter.pk)
    else:
        services.end_stuck_letters(timezone.now() + timedelta(days=29))
    assert Letter.objects.get(pk=letter.pk).body == ""
    Worker().drain()
    assert "Please vote for it." in mails_to("tai-man@writer.example")[-1].body


@pytest.mark.parametrize("state", [DispatchState.QUEUED, DispatchState.HELD, DispatchState.UNCERTAIN])
def test_no_text_stays_longer_than_sixty_days_whatever_holds_it(confirmed, state):
    LetterDelivery.objects.update(state=state, next_attempt_at=timezone.now() + timedelta(days=900))
    services.end_stuck_letters(timezone.now() + timedelta(days=61))
    Worker().drain()
    assert "has not been delivered" in mails_to("tai-man@writer.example")[-1].body
    retire_all(timezone.now() + timedelta(days=61))
    assert Letter.objects.get().body == ""


def test_the_mails_of_a_letter_that_waits_for_its_turn_end_with_it(letter_campaign, riding):
    for _number in range(4):
        letter = written_letter(letter_campaign, riding=riding)
    stored = Letter.objects.get(pk=letter.pk)
    assert stored.expires_at > timezone.now() + timedelta(days=7, hours=23)


def test_no_letter_goes_to_an_address_outside_the_mail_domains_of_parliament(confirmed, member, settings):
    settings.DELIVER_LETTERS = "live"
    type(member).objects.filter(pk=member.pk).update(email="jordan.lee@evil.com")
    LetterDelivery.objects.update(recipient_email="jordan.lee@evil.com")
    Worker().drain()
    assert LetterDelivery.objects.get().held_reason == HeldReason.FOREIGN_DOMAIN
    assert not mails_to("jordan.lee@evil.com")


def test_a_letter_that_cannot_be_read_ends_like_the_others_and_stops_none_of_them(letter_campaign, riding, caplog):
    broken, whole = (
        written_letter(letter_campaign, riding=riding, email=f"w{number}@writer.example") for number in (1, 2)
    )
    for letter in (broken, whole):
        services.confirm(letter_id=letter.pk)
    LetterDelivery.objects.update(next_attempt_at=timezone.now() + timedelta(days=900))
    with connection.cursor() as cursor:  # the stored name of one row becomes the other's: it cannot be decrypted
        cursor.execute(
            "UPDATE actions_letter SET name = (SELECT name FROM actions_letter WHERE id = %s) WHERE id = %s",
            [whole.pk, broken.pk],
        )
    services.end_stuck_letters(timezone.now() + timedelta(days=61))
    retire_all(timezone.now() + timedelta(days=61))
    assert "not told: UndecryptableError" in caplog.text
    assert {one.state for one in LetterDelivery.objects.all()} == {DispatchState.FAILED}
    assert not Letter.objects.filter(name__isblank=False).exists()
