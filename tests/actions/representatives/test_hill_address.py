"""Who is reached at Parliament Hill without a stamp, and how the envelope reads."""

import pytest

from actions.representatives.hill_address import hill_address
from actions.representatives.models import Recipient
from tests.factories.representatives import RecipientFactory, RepresentativeFactory

HOUSE = ["House of Commons", "Ottawa ON\u00a0 K1A 0A6"]
pytestmark = pytest.mark.django_db


def test_a_member_sits_in_the_house():
    member = RepresentativeFactory(first_name="Jane", last_name="Doe", gender="F")
    assert hill_address(member, language="en") == ["Jane Doe, M.P.", *HOUSE]
    french = ["Jane Doe, députée", "Chambre des communes", "Ottawa (Ontario)\u00a0 K1A 0A6"]
    assert hill_address(member, language="fr") == french


def test_a_senator_sits_in_the_senate():
    senator = RecipientFactory(senator=True, name="Jane Doe", gender="F")
    expected = ["The Honourable Jane Doe, Senator", "Senate of Canada", "Ottawa ON\u00a0 K1A 0A4"]
    assert hill_address(senator, language="en") == expected
    french = ["L’honorable Jane Doe, sénatrice", "Sénat du Canada", "Ottawa (Ontario)\u00a0 K1A 0A4"]
    assert hill_address(senator, language="fr") == french


@pytest.mark.parametrize("role", ["prime_minister", "minister", "critic"])
def test_ministers_and_critics_are_reached_at_the_house(role):
    assert hill_address(RecipientFactory(role=role), language="en")[1:] == HOUSE


@pytest.mark.parametrize("role", [Recipient.Role.COMMITTEE, Recipient.Role.OTHER])
def test_no_address_is_guessed_for_others(role):
    assert hill_address(RecipientFactory(role=role), language="en") == []
