"""Who stands in for an MP: only while nobody sits, said plainly, and never once somebody does."""

from __future__ import annotations

import pytest
from django.core import mail

from actions.letters import services
from actions.letters.deciding import Decision, decide_delivery, decide_letter
from actions.letters.models import Letter, LetterDelivery, LetterTarget
from actions.letters.states import HeldReason, LetterState
from actions.outbox.states import DispatchState
from actions.outbox.worker import Worker
from tests.actions.letters.reading import URL, WRITER, body_of, post, words_of
from tests.factories.letters import LetterCampaignFactory, another_text, with_variants, written_letter
from tests.factories.representatives import RecipientFactory, RepresentativeFactory, RidingFactory

PARTIES = ("Liberal", "Conservative", "NDP")


@pytest.fixture
def stand_ins(db):
    return [RecipientFactory(name=f"Person {party}", party_name_en=party, role="critic") for party in PARTIES]


@pytest.fixture
def campaign(riding, stand_ins):
    """Nobody sits for the riding, and one person of each of three parties stands in."""
    return LetterCampaignFactory(slug="second-reading", stand_ins=stand_ins)


def find(client, **data) -> str:
    return post(client, f"{URL}find/", {"postal_code": "K1A 0A6", **data}).content.decode()


def told() -> list[str]:
    return [message.body for message in mail.outbox if message.to == [WRITER["email"]]]


def sent_to(person) -> int:
    return len([message for message in mail.outbox if message.to == [person.email]])


def test_while_somebody_sits_nobody_stands_in(client, campaign, riding, stand_ins):
    member = RepresentativeFactory(riding=riding)
    page = find(client)
    assert "Person Liberal" not in page
    post(client, f"{URL}write/", {**WRITER, "intent": "send"})
    assert [row["key"] for row in Letter.objects.get().addressees] == [f"mp:{member.pk}"]


def test_for_a_vacant_seat_they_are_addressed_and_the_page_says_why(client, campaign, stand_ins):
    page = words_of(find(client))
    assert "Nobody sits for Ottawa Centre at the moment, as far as we know." in page
    assert "Until the seat is filled your letter goes to the people below instead." in page
    for person in stand_ins:
        assert person.name in page
    post(client, f"{URL}write/", {**WRITER, "intent": "send"})
    letter = Letter.objects.get()
    services.confirm(letter_id=letter.pk)
    Worker().drain()
    assert [sent_to(person) for person in stand_ins] == [1, 1, 1]


def test_they_may_have_a_text_of_their_own(client, campaign):
    with_variants(campaign, [another_text("as:stand_in", subjects="From a riding without an MP", body="Please speak.")])
    assert body_of(find(client)) == "Please speak."


def test_without_anybody_in_office_the_vacant_seat_stays_an_honest_step(client, campaign, stand_ins):
    for person in stand_ins:
        person.is_active = False
        person.save()
    page = find(client, own_words="My very own words")
    assert "keep it for the next MP" in page
    assert "My very own words" in page


def test_an_mp_without_an_address_is_not_a_vacant_seat(client, campaign, riding):
    RepresentativeFactory(riding=riding, without_email=True)
    page = find(client)
    assert "no published e-mail address" in page
    assert "Person Liberal" not in page


def test_nobody_stands_in_where_the_campaign_does_not_write_to_mps(stand_ins, riding):
    campaign = LetterCampaignFactory(recipients=[RecipientFactory(name="Pat Minister")], stand_ins=stand_ins)
    campaign.targets.filter(kind="own_mp").delete()
    letter = written_letter(campaign, riding=riding)
    assert len(letter.addressees) == 1


def test_a_seat_filled_before_confirming_holds_the_letter_and_tells_its_writer(campaign, riding, stand_ins):
    letter = written_letter(campaign, riding=riding)
    member = RepresentativeFactory(riding=riding)
    assert services.confirm(letter_id=letter.pk) == LetterState.HELD
    Worker().drain()
    letter.refresh_from_db()
    assert letter.held_reason == HeldReason.SEAT_FILLED
    assert "Somebody sits for your riding again" in told()[-1]
    assert "Please vote for it." in told()[-1]
    assert not any(sent_to(person) for person in (member, *stand_ins))
    outcome = decide_letter(letter_id=letter.pk, decision=Decision.RELEASE, user=None)
    assert outcome.state == LetterState.HELD
    assert services.confirm(letter_id=written_letter(campaign, riding=riding).pk) == LetterState.CONFIRMED
    Worker().drain()
    assert sent_to(member) == 1


def test_a_seat_filled_before_sending_holds_every_delivery_and_tells_its_writer(campaign, riding, stand_ins):
    letter = written_letter(campaign, riding=riding)
    services.confirm(letter_id=letter.pk)
    member = RepresentativeFactory(riding=riding)
    Worker().drain()
    rows = LetterDelivery.objects.all()
    assert {(row.state, row.held_reason) for row in rows} == {(DispatchState.HELD, "seat-filled")}
    assert not any(sent_to(person) for person in (member, *stand_ins))
    Worker().drain()
    assert sum("Somebody sits for your riding again" in body for body in told()) == 3
    for row in rows:
        outcome = decide_delivery(delivery_id=row.pk, decision=Decision.SEND_AGAIN, user=None)
        assert not outcome.is_changed
    Worker().drain()
    assert not any(sent_to(person) for person in (member, *stand_ins))


def test_a_seat_in_another_riding_changes_nothing(campaign, riding, stand_ins):
    letter = written_letter(campaign, riding=riding)
    services.confirm(letter_id=letter.pk)
    RepresentativeFactory(riding=RidingFactory(fed_num=35081))
    Worker().drain()
    assert [sent_to(person) for person in stand_ins] == [1, 1, 1]


def test_who_also_is_an_addressee_in_their_own_right_gets_the_letter_all_the_same(campaign, riding, stand_ins):
    LetterTarget.objects.create(letter_campaign=campaign, kind="recipient", recipient=stand_ins[0], delivery="to")
    letter = written_letter(campaign, riding=riding)
    services.confirm(letter_id=letter.pk)
    RepresentativeFactory(riding=riding)
    Worker().drain()
    assert [sent_to(person) for person in stand_ins] == [1, 0, 0]


def test_a_stand_in_who_leaves_is_replaced_by_nobody(campaign, riding, stand_ins):
    letter = written_letter(campaign, riding=riding)
    services.confirm(letter_id=letter.pk)
    type(stand_ins[0]).objects.filter(pk=stand_ins[0].pk).update(is_active=False)
    Worker().drain()
    held = LetterDelivery.objects.get(state=DispatchState.HELD)
    assert (held.recipient_id, held.held_reason) == (stand_ins[0].pk, "mp-changed")
    assert [sent_to(person) for person in stand_ins] == [0, 1, 1]
    Worker().drain()
    assert "Person Liberal" in told()[-1]
