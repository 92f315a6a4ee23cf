"""Confirming, holding, repeating, withdrawing: what happens to a letter on its way, and who is told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from actions.letters import services
from actions.letters.models import Letter, LetterDelivery, LetterTally
from actions.letters.states import LetterState
from actions.outbox.models import PaceGate
from actions.outbox.states import DispatchState
from actions.outbox.transports import BackendTransport, PermanentFailure
from actions.outbox.worker import Worker
from actions.privacy.retention import retire_all
from home.site_settings import SiteSettings
from tests.factories.letters import LetterCampaignFactory, written_letter
from tests.factories.representatives import RecipientFactory, RepresentativeFactory, RidingFactory


@pytest.fixture
def letter(letter_campaign, riding) -> Letter:
    return written_letter(letter_campaign, riding=riding)


def mails_to(address: str) -> list:
    return [message for message in mail.outbox if message.to == [address]]


def test_confirming_twice_queues_and_counts_once(letter):
    assert [services.confirm(letter_id=letter.pk) for _ in range(2)] == [LetterState.CONFIRMED] * 2
    assert LetterDelivery.objects.count() == 1
    assert LetterTally.objects.get().confirmed == 1


def test_a_second_letter_to_the_same_mp_is_not_sent(letter, letter_campaign, riding):
    services.confirm(letter_id=letter.pk)
    again = written_letter(letter_campaign, riding=riding, email="TAI-MAN+again@writer.example".lower(), body="Again")
    same = written_letter(letter_campaign, riding=riding, body="Again")
    services.confirm(letter_id=again.pk)
    assert services.confirm(letter_id=same.pk) == LetterState.REPEATED
    assert LetterTally.objects.get().confirmed == 1 + (Letter.objects.get(pk=again.pk).state == LetterState.CONFIRMED)


def test_two_people_of_one_household_may_share_an_address(letter, letter_campaign, riding):
    services.confirm(letter_id=letter.pk)
    other = written_letter(letter_campaign, riding=riding, name="陳小文")
    elsewhere = written_letter(letter_campaign, riding=riding, name="Third Person", postal_code="V6X1A1")
    assert services.confirm(letter_id=other.pk) == LetterState.CONFIRMED
    assert services.confirm(letter_id=elsewhere.pk) == LetterState.REPEATED


def test_past_writers_may_write_in_the_next_letter_campaign(letter, letter_campaign, riding):
    services.confirm(letter_id=letter.pk)
    following = LetterCampaignFactory(campaign=letter_campaign.campaign)
    later = written_letter(following, riding=riding)
    assert services.confirm(letter_id=later.pk) == LetterState.CONFIRMED


@pytest.mark.parametrize("change", ["new member", "new address", "vacant"])
def test_a_change_of_the_mp_before_confirming_holds_the_letter_and_tells_the_writer(letter, riding, member, change):
    if change == "new address":
        type(member).objects.filter(pk=member.pk).update(email="other@parl.example")
    else:
        type(member).objects.filter(pk=member.pk).update(is_current=False)
    if change == "new member":
        RepresentativeFactory(riding=riding)
    assert services.confirm(letter_id=letter.pk) == LetterState.HELD
    assert LetterDelivery.objects.count() == 0
    Worker().drain()
    assert "Please vote for it." in mails_to("tai-man@writer.example")[-1].body


def test_a_change_of_the_mp_before_sending_holds_the_delivery_and_tells_the_writer(letter, riding, member):
    services.confirm(letter_id=letter.pk)
    type(member).objects.filter(pk=member.pk).update(is_current=False)
    successor = RepresentativeFactory(riding=riding)
    Worker().drain()
    delivery = LetterDelivery.objects.get()
    assert (delivery.state, delivery.held_reason) == (DispatchState.HELD, "mp-changed")
    assert not mails_to(member.email)
    assert not mails_to(successor.email)
    Worker().drain()
    assert "has not been delivered" in mails_to("tai-man@writer.example")[-1].body


def test_a_text_that_changed_after_confirming_is_not_sent(letter):
    services.confirm(letter_id=letter.pk)
    stored = Letter.objects.get(pk=letter.pk)
    stored.body = "Somebody else's words"
    stored.save()
    Worker().drain()
    assert LetterDelivery.objects.get().held_reason == "text-changed"
    assert not mails_to("jordan.lee@parl.example")


def test_a_letter_that_would_come_too_late_is_held_and_told(letter, letter_campaign):
    services.confirm(letter_id=letter.pk)
    type(letter_campaign).objects.filter(pk=letter_campaign.pk).update(useless_after=timezone.now())
    Worker().drain()
    assert LetterDelivery.objects.get().held_reason == "too-late"
    Worker().drain()
    assert "before the moment for which it was written" in mails_to("tai-man@writer.example")[-1].body


@pytest.mark.parametrize("switch", ["campaign", "site"])
def test_stop_switches_keep_letters_waiting_and_lose_none(letter, letter_campaign, switch):
    services.confirm(letter_id=letter.pk)
    site = SiteSettings.current()
    if switch == "campaign":
        type(letter_campaign).objects.filter(pk=letter_campaign.pk).update(is_stopped=True)
    else:
        site.letters_stopped = True
        site.save()
    Worker().drain()
    assert LetterDelivery.objects.get().state == DispatchState.QUEUED
    type(letter_campaign).objects.update(is_stopped=False)
    SiteSettings.objects.update(letters_stopped=False)
    Worker().drain()
    assert LetterDelivery.objects.get().state == DispatchState.SENT


def test_letters_to_one_mp_keep_the_pace_and_others_do_not_wait(letter, letter_campaign, riding):
    type(letter_campaign).objects.filter(pk=letter_campaign.pk).update(pace_per_hour=60)
    services.confirm(letter_id=letter.pk)
    for number in range(3):
        more = written_letter(letter_campaign, riding=riding, email=f"w{number}@writer.example")
        services.confirm(letter_id=more.pk)
    elsewhere = RidingFactory()
    other = RepresentativeFactory(riding=elsewhere)
    services.confirm(letter_id=written_letter(letter_campaign, riding=elsewhere, email="e@writer.example").pk)
    Worker().drain()
    assert len(mails_to("jordan.lee@parl.example")) == 1
    assert len(mails_to(other.email)) == 1
    PaceGate.objects.update(free_at=timezone.now() - timedelta(seconds=1))
    Worker().drain()
    assert len(mails_to("jordan.lee@parl.example")) == 2


def test_the_safety_catch_keeps_letters_from_real_addresses_for_good(letter, member, settings):
    type(member).objects.filter(pk=member.pk).update(email="real.person@parl.gc.ca")
    letter = written_letter(letter.letter_campaign, riding=letter.riding, email="second@writer.example")
    services.confirm(letter_id=letter.pk)
    Worker().drain()
    delivery = LetterDelivery.objects.get()
    assert (delivery.state, delivery.held_reason) == (DispatchState.FAILED, "safety-catch")
    settings.DELIVER_LETTERS = "live"
    Worker().drain()
    assert LetterDelivery.objects.get().state == DispatchState.FAILED


def test_each_addressee_gets_a_letter_of_their_own_with_their_own_greeting(member, riding):
    minister = RecipientFactory()
    copied = RecipientFactory(senator=True, name="Kim Example")
    campaign = LetterCampaignFactory(recipients=[minister], copies=[copied])
    letter = written_letter(campaign, riding=riding)
    services.confirm(letter_id=letter.pk)
    Worker().drain()
    assert mails_to(minister.email)[0].body.startswith("Dear Minister:")
    assert mails_to(copied.email)[0].body == mails_to(member.email)[0].body  # a copy is a copy
    assert "Copy: " in mails_to(member.email)[0].body
    assert all(len(message.recipients()) == 1 for message in mail.outbox)


def test_withdrawing_stops_what_has_not_left_and_deletes_the_text(letter):
    services.confirm(letter_id=letter.pk)
    assert services.withdraw(letter_id=letter.pk) == LetterState.WITHDRAWN
    Worker().drain()
    assert not mails_to("jordan.lee@parl.example")
    assert Letter.objects.get(pk=letter.pk).body == ""


def test_a_held_letter_goes_on_only_when_a_person_lets_it(letter_campaign, riding):
    letter = written_letter(letter_campaign, riding=riding, held_reason="limit")
    assert services.confirm(letter_id=letter.pk) == LetterState.HELD
    assert LetterDelivery.objects.count() == 0
    assert services.release(letter_id=letter.pk) == LetterState.CONFIRMED
    assert LetterDelivery.objects.count() == 1


def test_a_held_letter_released_before_confirmation_still_needs_the_writer(letter_campaign, riding):
    letter = written_letter(letter_campaign, riding=riding, held_reason="honeypot")
    assert services.release(letter_id=letter.pk) == LetterState.PENDING
    assert LetterDelivery.objects.count() == 0


def test_a_refused_letter_is_deleted(letter_campaign, riding):
    letter = written_letter(letter_campaign, riding=riding, held_reason="limit")
    assert services.refuse(letter_id=letter.pk) == LetterState.REFUSED
    assert Letter.objects.get(pk=letter.pk).email == ""


def test_an_unconfirmed_letter_expires_after_seven_days_and_its_text_is_deleted(letter):
    later = timezone.now() + timedelta(days=7, minutes=1)
    services.expire_unconfirmed(later)
    retire_all(later)
    stored = Letter.objects.get(pk=letter.pk)
    assert (stored.state, stored.name, stored.body) == (LetterState.EXPIRED, "", "")


def test_text_and_address_are_deleted_28_days_after_delivery_and_not_before(letter):
    services.confirm(letter_id=letter.pk)
    Worker().drain()
    retire_all(timezone.now() + timedelta(days=27))
    assert Letter.objects.get(pk=letter.pk).body
    retire_all(timezone.now() + timedelta(days=28, minutes=1))
    assert Letter.objects.get(pk=letter.pk).body == ""
    assert LetterTally.objects.get().confirmed == 1


def test_a_refusal_by_the_mail_server_gives_the_writer_their_text_back(letter):
    class Refusing(BackendTransport):
        def send(self, message, *, hand_over):
            if message.to == ["jordan.lee@parl.example"]:
                raise PermanentFailure(550)
            super().send(message, hand_over=hand_over)

    services.confirm(letter_id=letter.pk)
    Worker(transport=Refusing()).drain()
    assert LetterDelivery.objects.get().state == DispatchState.FAILED
    assert "Please vote for it." in mails_to("tai-man@writer.example")[-1].body


def test_merge_fields_are_checked_when_the_editor_saves(letter_campaign):
    from django.core.exceptions import ValidationError

    wording = letter_campaign.wordings.get(locale__language_code="en")
    wording.letter_body = "Dear {mp_name}, {secret.__class__} {unknown}"
    with pytest.raises(ValidationError, match="unknown"):
        wording.full_clean()


def test_a_value_that_looks_like_a_field_is_not_looked_at_again():
    from actions.letters.merge_fields import fill_in

    assert fill_in("{riding} {bill_title}", {"riding": "{bill_title}", "bill_title": "x"}) == "{bill_title} x"


def test_thirty_days_after_its_end_a_campaign_forgets_who_wrote_and_stays_closed(letter, letter_campaign):
    from django.core.exceptions import ValidationError

    from actions.letters.ending import destroy_keys_of_ended_campaigns
    from actions.privacy.models import RecordKey

    now = timezone.now()
    type(letter_campaign).objects.filter(pk=letter_campaign.pk).update(opens_at=now - timedelta(days=1), closes_at=now)
    destroy_keys_of_ended_campaigns(now + timedelta(days=29))
    assert RecordKey.objects.get().destroyed_at is None
    destroy_keys_of_ended_campaigns(now + timedelta(days=31))
    assert RecordKey.objects.get().destroyed_at is None  # a letter still holds its text
    services.expire_unconfirmed(now + timedelta(days=31))
    retire_all(now + timedelta(days=31))
    destroy_keys_of_ended_campaigns(now + timedelta(days=31))
    assert RecordKey.objects.get().destroyed_at
    letter_campaign.refresh_from_db()
    letter_campaign.full_clean()
    letter_campaign.closes_at = now + timedelta(days=60)
    with pytest.raises(ValidationError, match="make a new one"):
        letter_campaign.full_clean()
