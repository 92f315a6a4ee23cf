"""What is known about people in office, in one vocabulary."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from actions.campaigns.positions import BillPosition
from actions.letters.attributes import STAND_IN, attribute_choices, attribute_label, attributes_of, is_attribute
from tests.factories.letters import note_position
from tests.factories.representatives import RecipientFactory, RepresentativeFactory


@pytest.fixture
def campaign(letter_campaign):
    return letter_campaign.campaign


def test_an_mp_has_a_party_and_no_office(member, campaign):
    assert attributes_of(member, campaign) == {"party:Independent"}


def test_an_mp_without_a_party_on_record_has_no_attribute(member, campaign):
    member.party_name_en = ""
    assert attributes_of(member, campaign) == frozenset()


def test_an_mp_who_is_a_minister_has_the_ministers_role_while_in_office(member, campaign):
    minister = RecipientFactory(email=member.email.upper(), party_name_en="Liberal")
    assert attributes_of(member, campaign) == {"party:Independent", "role:minister"}
    type(minister).objects.update(is_active=False)
    assert attributes_of(member, campaign) == {"party:Independent"}


def test_people_without_a_published_address_are_nobody_else(member, campaign):
    RecipientFactory(email="", role="critic")
    member.email = ""
    assert attributes_of(member, campaign) == {"party:Independent"}


def test_a_position_belongs_to_one_bill_and_is_shared_by_both_records_of_a_person(member, campaign, letter_campaign):
    minister = RecipientFactory(email=member.email)
    note_position(letter_campaign, member, "supports")
    for person in (member, minister):
        assert "position:supports" in attributes_of(person, campaign)
    campaign.pk = None
    campaign.slug = "another-bill"
    campaign.save()
    assert "position:supports" not in attributes_of(member, campaign)


def test_ones_own_record_goes_before_the_one_at_the_same_address(member, campaign, letter_campaign):
    minister = RecipientFactory(email=member.email)
    note_position(letter_campaign, member, "supports")
    note_position(letter_campaign, minister, "opposes")
    assert "position:supports" in attributes_of(member, campaign)
    assert "position:opposes" in attributes_of(minister, campaign)


def test_somebody_else_at_no_time_lends_a_position(member, campaign, letter_campaign):
    former = RepresentativeFactory(riding=None, email=member.email, former=True)
    note_position(letter_campaign, former, "opposes")
    assert "position:opposes" not in attributes_of(member, campaign)


def test_a_position_is_of_exactly_one_person_and_noted_once(member, campaign, letter_campaign):
    noted = note_position(letter_campaign, member, "undecided")
    again = BillPosition(campaign=campaign, representative=member, stand="opposes", source_url="https://x.example/")
    with pytest.raises(ValidationError, match="noted already"):
        again.full_clean()
    noted.representative = None
    with pytest.raises(ValidationError, match="not both"):
        noted.full_clean()
    noted.representative, noted.recipient = member, RecipientFactory()
    with pytest.raises(ValidationError, match="not both"):
        noted.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        noted.save()


def test_editors_choose_from_what_there_is(member, campaign):
    RecipientFactory(party_name_en="NDP")
    values = [value for _group, options in attribute_choices() for value, _label in options]
    assert {"party:Independent", "party:NDP", "role:minister", "position:opposes", STAND_IN} <= set(values)
    assert "role:other" not in values
    assert all(is_attribute(value) for value in values)
    assert attribute_label("party:NDP") == "belongs to the party: NDP"
    assert attribute_label("party:Gone") == "party:Gone"


@pytest.mark.parametrize("text", ["", "party:", "Liberal", "role: ", "x:y", "party:" + "x" * 99, "role:a\nb"])
def test_what_is_no_attribute_is_not_taken_for_one(text):
    assert not is_attribute(text)
