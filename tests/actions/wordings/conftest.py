"""A petition and a letter campaign with texts in three languages, a riding, and a postal code that leads to it."""

from __future__ import annotations

import pytest

from tests.factories.letters import LetterCampaignFactory
from tests.factories.petitions import PetitionFactory
from tests.factories.postal import load_postal_codes
from tests.factories.representatives import RepresentativeFactory, RidingFactory


@pytest.fixture
def riding(db):
    riding = RidingFactory(fed_num=35079, name_en="Ottawa Centre", name_fr="Ottawa-Centre")
    load_postal_codes(("K1A0A6", 35079, 10))
    RepresentativeFactory(riding=riding, first_name="Jordan", last_name="Lee", email="jordan.lee@parl.example")
    return riding


@pytest.fixture
def petition(riding):
    return PetitionFactory(slug="open-door")


@pytest.fixture
def letter_campaign(riding):
    return LetterCampaignFactory(slug="second-reading")
