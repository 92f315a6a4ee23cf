"""A riding whose MP sits, a live letter campaign, and a postal code that leads to both."""

from __future__ import annotations

import pytest

from actions.representatives.records import PostalRiding
from tests.factories.letters import LetterCampaignFactory
from tests.factories.representatives import RepresentativeFactory, RidingFactory


@pytest.fixture
def riding(db):
    riding = RidingFactory(fed_num=35079, name_en="Ottawa Centre", name_fr="Ottawa-Centre")
    PostalRiding.objects.create(code="K1A0A6", riding=riding, addresses=10)
    return riding


@pytest.fixture
def member(riding):
    return RepresentativeFactory(riding=riding, first_name="Jordan", last_name="Lee", email="jordan.lee@parl.example")


@pytest.fixture
def letter_campaign(member):
    return LetterCampaignFactory(slug="second-reading")
