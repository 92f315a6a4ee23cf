"""Between writing, confirming and sending people leave, move and change places: every path, and who is told."""

from __future__ import annotations

import pytest
from django.core import mail

from actions.letters import services
from actions.letters.deciding import Decision, decide_delivery, decide_letter
from actions.letters.models import Letter, LetterDelivery
from actions.letters.states import LetterState
from actions.outbox.models import PaceGate
from actions.outbox.states import DispatchState
from actions.outbox.worker import Worker
from tests.actions.letters.reading import WRITER, post, words_of
from tests.factories.letters import LetterCampaignFactory, written_letter
from tests.factories.representatives import RecipientFactory, RepresentativeFactory, RidingFactory


def work() -> None:
    for _round in range(2):
        PaceGate.objects.all().delete()
        Worker().drain()


def inbox(address: str) -> list:
    return [message for message in mail.outbox if message.to == [address]]


def told() -> list[str]:
    return [message.body for message in inbox(WRITER["email"]) if "not been delivered" in message.body]


def swap_seats(one, other) -> None:
    """Two members change ridings, as after a general election; one at a time, since a riding has one member."""
    members = type(one).objects
    members.filter(pk=other.pk).update(is_current=False, riding=one.riding)
    members.filter(pk=one.pk).update(riding=other.riding)
    members.filter(pk=other.pk).update(is_current=True)


@pytest.fixture
def other(db):
    return RepresentativeFactory(riding=RidingFactory(fed_num=35081, name_en="Ottawa—Vanier"), email="kim@parl.example")


@pytest.mark.parametrize("moment", ["before confirming", "before sending"])
def test_two_members_who_change_places_get_no_letter_of_the_other_riding(
    letter_campaign, riding, member, other, moment
):
    letter = written_letter(letter_campaign, riding=riding)
    if moment == "before sending":
        services.confirm(letter_id=letter.pk)
    swap_seats(member, other)
    services.confirm(letter_id=letter.pk)
    work()
    assert not inbox(member.email)
    assert not inbox(other.email)
    assert len(told()) == 1


def test_an_address_that_passes_to_a_successor_gets_nothing_meant_for_the_predecessor(letter_campaign, riding, member):
    letter = written_letter(letter_campaign, riding=riding)
    services.confirm(letter_id=letter.pk)
    type(member).objects.filter(pk=member.pk).update(is_current=False)
    RepresentativeFactory(riding=riding, email=member.email)
    work()
    assert not inbox(member.email)
    assert len(told()) == 1


def test_a_corrected_address_of_the_same_member_is_used_only_when_a_person_says_so(letter_campaign, riding, member):
    letter = written_letter(letter_campaign, riding=riding)
    services.confirm(letter_id=letter.pk)
    type(member).objects.filter(pk=member.pk).update(email="jordan@parl.example")
    work()
    row = LetterDelivery.objects.get()
    assert (row.state, row.held_reason) == (DispatchState.HELD, "mp-changed")
    assert not inbox(member.email)
    assert not inbox("jordan@parl.example")
    assert decide_delivery(delivery_id=row.pk, decision=Decision.SEND_AGAIN, user=None).is_changed
    work()
    assert len(inbox("jordan@parl.example")) == 1


def test_releasing_to_a_member_who_left_reaches_nobody(letter_campaign, riding, member):
    letter = written_letter(letter_campaign, riding=riding)
    services.confirm(letter_id=letter.pk)
    type(member).objects.filter(pk=member.pk).update(is_current=False)
    successor = RepresentativeFactory(riding=riding)
    work()
    row = LetterDelivery.objects.get()
    assert not decide_delivery(delivery_id=row.pk, decision=Decision.SEND_AGAIN, user=None).is_changed
    work()
    assert not inbox(member.email)
    assert not inbox(successor.email)


def test_a_letter_held_for_a_doubt_whose_mp_changed_is_told_when_a_person_lets_it_go(letter_campaign, riding, member):
    letter = written_letter(letter_campaign, riding=riding, held_reason="limit")
    services.confirm(letter_id=letter.pk)
    type(member).objects.filter(pk=member.pk).update(is_current=False)
    for _click in range(2):
        decide_letter(letter_id=letter.pk, decision=Decision.RELEASE, user=None)
    work()
    letter.refresh_from_db()
    assert (letter.state, letter.held_reason) == (LetterState.HELD, "mp-changed")
    assert len(told()) == 1
    assert "has changed" in told()[0]


def test_a_member_who_left_a_vacant_seat_is_not_replaced_by_those_who_stand_in(riding, member):
    stand_in = RecipientFactory()
    campaign = LetterCampaignFactory(stand_ins=[stand_in])
    before, after = (written_letter(campaign, riding=riding, email=f"{name}@writer.example") for name in "ab")
    services.confirm(letter_id=before.pk)
    type(member).objects.filter(pk=member.pk).update(is_current=False)
    assert services.confirm(letter_id=after.pk) == LetterState.HELD
    work()
    assert not inbox(member.email)
    assert not inbox(stand_in.email)
    for address in ("a@writer.example", "b@writer.example"):
        assert "not been delivered" in inbox(address)[-1].body


def test_a_minister_who_leaves_between_confirming_and_sending_gets_nothing_and_neither_does_the_next(riding, member):
    minister = RecipientFactory(name="Pat Minister", email="minister@parl.example")
    campaign = LetterCampaignFactory(recipients=[minister])
    letter = written_letter(campaign, riding=riding)
    services.confirm(letter_id=letter.pk)
    type(minister).objects.filter(pk=minister.pk).update(is_active=False)
    RecipientFactory(name="Next Minister", email="minister@parl.example")
    work()
    assert len(inbox(member.email)) == 1
    assert not inbox("minister@parl.example")
    assert "Pat Minister" in told()[0]


def test_a_copy_that_falls_away_stops_nothing_and_the_page_says_who_got_none(client, riding, member):
    from tests.actions.letters.test_after_confirming import link_of

    critic = RecipientFactory(name="Chris Critic", role="critic")
    campaign = LetterCampaignFactory(copies=[critic])
    letter = written_letter(campaign, riding=riding)
    link = link_of(letter)
    type(critic).objects.filter(pk=critic.pk).update(is_active=False)
    post(client, link, {})
    work()
    assert len(inbox(member.email)) == 1
    assert not inbox(critic.email)
    page = words_of(client.get(link).content.decode())
    assert "Not to: Chris Critic" in page


def test_a_copy_that_cannot_leave_any_more_is_told(riding, member):
    critic = RecipientFactory(name="Chris Critic", role="critic")
    campaign = LetterCampaignFactory(copies=[critic])
    letter = written_letter(campaign, riding=riding)
    services.confirm(letter_id=letter.pk)
    type(critic).objects.filter(pk=critic.pk).update(email="elsewhere@parl.example")
    work()
    assert not inbox("elsewhere@parl.example")
    assert "Chris Critic" in told()[0]


def test_a_riding_that_is_renamed_changes_nothing_that_was_confirmed(letter_campaign, riding, member):
    letter = written_letter(letter_campaign, riding=riding)
    services.confirm(letter_id=letter.pk)
    type(riding).objects.filter(pk=riding.pk).update(name_en="Ottawa Centre—Renamed")
    work()
    assert "I live in the riding of Ottawa Centre (K1A 0A6)." in inbox(member.email)[0].body
    assert Letter.objects.get().state == LetterState.CONFIRMED
