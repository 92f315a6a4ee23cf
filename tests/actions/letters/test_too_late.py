"""A letter after the vote is not sent: it is held, and its writer told once, whatever else stands in its way."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from actions.letters import services
from actions.letters.deciding import Decision, decide_delivery, decide_letter
from actions.letters.delivery import LetterQueue
from actions.letters.models import Letter, LetterCampaign, LetterDelivery, LetterTally
from actions.letters.states import HeldReason, LetterState
from actions.letters.too_late import hold_too_late
from actions.outbox import dispatch
from actions.outbox.clock import database_now
from actions.outbox.models import OutboxMessage
from actions.outbox.states import DispatchState
from actions.outbox.worker import Worker
from home.site_settings import SiteSettings
from tests.actions.letters.reading import post, words_of
from tests.actions.letters.test_after_confirming import link_of
from tests.factories.letters import LetterCampaignFactory, written_letter
from tests.factories.outbox import claim
from tests.factories.representatives import RecipientFactory

WRITER = "tai-man@writer.example"
HOUR = timedelta(hours=1)


@pytest.fixture
def letter(letter_campaign, riding) -> Letter:
    return written_letter(letter_campaign, riding=riding)


def pass_the_moment(letter_campaign) -> None:
    LetterCampaign.objects.filter(pk=letter_campaign.pk).update(useless_after=timezone.now())


def move_the_moment(letter_campaign) -> None:
    LetterCampaign.objects.filter(pk=letter_campaign.pk).update(useless_after=timezone.now() + HOUR)


def troubles() -> list[str]:
    """Send what waits and return the texts in which the writer was told of trouble."""
    Worker().drain()
    return [one.body for one in mail.outbox if one.to == [WRITER] and "has not been delivered" in one.body]


def test_a_letter_confirmed_after_the_moment_is_held_and_told_with_its_own_text(letter, letter_campaign):
    pass_the_moment(letter_campaign)
    assert [services.confirm(letter_id=letter.pk) for _ in range(2)] == [LetterState.HELD] * 2
    assert Letter.objects.get().held_reason == HeldReason.TOO_LATE
    assert not LetterDelivery.objects.exists()
    assert not LetterTally.objects.exists()
    [told] = troubles()
    assert "before the moment for which it was written" in told
    assert "Please vote for it." in told


@pytest.mark.parametrize("switch", ["none", "campaign", "paused", "site", "dissolved"])
def test_what_is_still_queued_at_the_moment_is_held_whatever_is_switched_off(letter, letter_campaign, switch):
    services.confirm(letter_id=letter.pk)
    pass_the_moment(letter_campaign)
    LetterCampaign.objects.update(is_stopped=switch == "campaign", is_paused=switch == "paused")
    SiteSettings.current().save()
    SiteSettings.objects.update(letters_stopped=switch == "site", parliament_dissolved=switch == "dissolved")
    for _minute in range(3):
        hold_too_late(timezone.now())
    row = LetterDelivery.objects.get()
    assert (row.state, row.held_reason) == (DispatchState.HELD, HeldReason.TOO_LATE)
    assert len(troubles()) == 1


def test_before_the_minutes_job_has_run_nothing_leaves_that_is_too_late(letter, letter_campaign):
    services.confirm(letter_id=letter.pk)
    pass_the_moment(letter_campaign)
    assert claim(LetterQueue(), database_now()) is None


def test_a_letter_to_several_people_is_told_in_one_mail_that_names_those_whom_it_did_not_reach(member, riding):
    minister, critic = RecipientFactory(name="Kim Example"), RecipientFactory(name="Lou Sample")
    campaign = LetterCampaignFactory(recipients=[minister, critic])
    letter = written_letter(campaign, riding=riding)
    services.confirm(letter_id=letter.pk)
    letter.deliveries.filter(recipient=critic).update(state=DispatchState.SENT, settled_at=timezone.now())
    pass_the_moment(campaign)
    hold_too_late(timezone.now())
    [told] = troubles()
    assert "Jordan Lee" in told
    assert "Kim Example" in told
    assert "Your letter to" in told.split("Lou Sample")[0]
    assert sorted(letter.deliveries.values_list("state", flat=True)) == ["held", "held", "sent"]


def test_the_letter_in_hand_finishes(letter, letter_campaign):
    services.confirm(letter_id=letter.pk)
    row = claim(LetterQueue(), database_now())
    dispatch.hand_over(LetterQueue(), row)
    pass_the_moment(letter_campaign)
    hold_too_late(timezone.now())
    assert LetterDelivery.objects.get().state == DispatchState.SENDING
    dispatch.settle(LetterQueue(), row, DispatchState.SENT)
    assert LetterDelivery.objects.get().state == DispatchState.SENT
    assert troubles() == []


@pytest.mark.parametrize(
    ("reason", "kept"),
    [("dead-address", False), ("error", False), ("mp-changed", True), ("text-changed", True), ("withdrawn", True)],
)
def test_what_was_held_for_something_untold_is_told_and_the_rest_left_alone(letter, letter_campaign, reason, kept):
    services.confirm(letter_id=letter.pk)
    LetterDelivery.objects.update(state=DispatchState.HELD, held_reason=reason)
    pass_the_moment(letter_campaign)
    hold_too_late(timezone.now())
    assert LetterDelivery.objects.get().held_reason == (reason if kept else HeldReason.TOO_LATE)
    assert len(troubles()) == (0 if kept else 1)


def test_who_waits_for_a_decision_is_told_and_the_doubt_stays_on_record(letter_campaign, riding):
    letter = written_letter(letter_campaign, riding=riding, held_reason="limit")
    written_letter(letter_campaign, riding=riding, held_reason="limit", email="unconfirmed@writer.example")
    services.confirm(letter_id=letter.pk)
    pass_the_moment(letter_campaign)
    for _minute in range(3):
        hold_too_late(timezone.now())
    assert Letter.objects.get(pk=letter.pk).held_reason == "limit"
    assert len(troubles()) == 1
    services.refuse(letter_id=letter.pk)
    assert OutboxMessage.objects.filter(kind="letter.trouble").count() == 1  # its writer knows


def test_a_letter_that_cannot_be_read_is_held_and_stops_no_other(letter, letter_campaign, riding, caplog):
    services.confirm(letter_id=letter.pk)
    held = written_letter(letter_campaign, riding=riding, held_reason="limit", email="held@writer.example")
    good = written_letter(letter_campaign, riding=riding, email="good@writer.example")
    for one in (held, good):
        services.confirm(letter_id=one.pk)
    for pk in (letter.pk, held.pk):
        spoil(pk)
    pass_the_moment(letter_campaign)
    for _minute in range(2):
        hold_too_late(timezone.now())
    assert set(LetterDelivery.objects.values_list("held_reason", flat=True)) == {HeldReason.TOO_LATE}
    assert OutboxMessage.objects.filter(kind="letter.trouble").count() == 1
    assert caplog.text.count("not told") == 2
    assert "writer.example" not in caplog.text


def spoil(pk: int) -> None:
    """Put another row's ciphertext in the place of the letter's text."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM actions_letter WHERE id <> %s ORDER BY id DESC LIMIT 1", [pk])
        other = cursor.fetchone()[0]
        cursor.execute("UPDATE actions_letter SET body = %s WHERE id = %s", [other, pk])


def test_a_later_moment_lets_staff_release_what_was_too_late_and_no_sooner(letter, letter_campaign, riding):
    queued = written_letter(letter_campaign, riding=riding, email="queued@writer.example")
    services.confirm(letter_id=queued.pk)
    pass_the_moment(letter_campaign)
    services.confirm(letter_id=letter.pk)
    hold_too_late(timezone.now())
    delivery = LetterDelivery.objects.get()

    def decide_both():
        return [
            decide_letter(letter_id=letter.pk, decision=Decision.RELEASE, user=None).is_changed,
            decide_delivery(delivery_id=delivery.pk, decision=Decision.SEND_AGAIN, user=None).is_changed,
        ]

    assert decide_both() == [False, False]
    move_the_moment(letter_campaign)
    assert decide_both() == [True, True]
    assert set(LetterDelivery.objects.values_list("state", flat=True)) == {DispatchState.QUEUED}
    assert OutboxMessage.objects.filter(kind="letter.trouble").count() == 2


def test_a_doubt_that_staff_lift_too_late_is_told_then(letter_campaign, riding):
    letter = written_letter(letter_campaign, riding=riding, held_reason="limit")
    services.confirm(letter_id=letter.pk)
    pass_the_moment(letter_campaign)
    assert services.release(letter_id=letter.pk) == LetterState.HELD
    assert Letter.objects.get().held_reason == HeldReason.TOO_LATE
    assert len(troubles()) == 1


def test_giving_up_later_tells_nobody_again(letter, letter_campaign):
    services.confirm(letter_id=letter.pk)
    pass_the_moment(letter_campaign)
    hold_too_late(timezone.now())
    Letter.objects.update(confirmed_at=timezone.now() - timedelta(days=61))
    services.end_stuck_letters(timezone.now())
    row = LetterDelivery.objects.get()
    assert (row.state, row.held_reason) == (DispatchState.FAILED, HeldReason.TOO_LATE)
    assert len(troubles()) == 1


def test_the_link_says_plainly_that_it_is_too_late_and_offers_nothing_to_confirm(client, letter, letter_campaign):
    link = link_of(letter)
    assert "Send my letter" in client.get(link).content.decode()
    pass_the_moment(letter_campaign)
    page = client.get(link).content.decode()
    assert "Your letter comes too late" in page
    assert "Please vote for it." in page
    assert "Send my letter" not in page
    assert "was sent through Alliance" not in page
    move_the_moment(letter_campaign)
    assert "Send my letter" in client.get(link).content.decode()


def test_pressing_the_button_of_an_old_page_says_so_too(client, letter, letter_campaign):
    link = link_of(letter)
    pass_the_moment(letter_campaign)
    assert post(client, link, {}).status_code == 303
    page = words_of(client.get(link).content.decode())
    assert "was not sent" in page
    assert "We have sent you a mail about this" in page
    assert "is confirmed" not in page


def test_the_page_of_a_letter_that_was_overtaken_says_whom_it_did_not_reach(client, member, riding):
    campaign = LetterCampaignFactory(recipients=[RecipientFactory(name="Kim Example")])
    letter = written_letter(campaign, riding=riding)
    link = link_of(letter)
    post(client, link, {})
    letter.deliveries.exclude(recipient=None).update(state=DispatchState.SENT, settled_at=timezone.now())
    pass_the_moment(campaign)
    hold_too_late(timezone.now())
    page = words_of(client.get(link).content.decode())
    assert "had passed before it could leave for" in page
    assert "Jordan Lee" in page.split("had passed before")[1]
    letter.deliveries.update(state=DispatchState.HELD, held_reason=HeldReason.TOO_LATE)
    assert "Your letter comes too late" in client.get(link).content.decode()
