"""A riding whose MP sits, a live letter campaign, and a postal code that leads to both."""

from __future__ import annotations

import pytest

from tests.factories.letters import LetterCampaignFactory
from tests.factories.postal import load_postal_codes
from tests.factories.representatives import RepresentativeFactory, RidingFactory


@pytest.fixture
def riding(db):
    riding = RidingFactory(fed_num=35079, name_en="Ottawa Centre", name_fr="Ottawa-Centre")
    load_postal_codes(("K1A0A6", 35079, 10))
    return riding


@pytest.fixture
def member(riding):
    return RepresentativeFactory(riding=riding, first_name="Jordan", last_name="Lee", email="jordan.lee@parl.example")


@pytest.fixture
def letter_campaign(member):
    return LetterCampaignFactory(slug="second-reading")
