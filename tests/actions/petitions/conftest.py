"""An open petition, a riding, and a postal code that leads to it."""

from __future__ import annotations

import pytest

from tests.factories.petitions import PetitionFactory
from tests.factories.postal import load_postal_codes
from tests.factories.representatives import RidingFactory


@pytest.fixture
def riding(db):
    riding = RidingFactory(fed_num=35079, name_en="Ottawa Centre", name_fr="Ottawa-Centre")
    load_postal_codes(("K1A0A6", 35079, 10), ("K1A0A7", 35079, 5), ("K1A0A7", 35080, 5))
    RidingFactory(fed_num=35080)
    return riding


@pytest.fixture
def petition(riding):
    return PetitionFactory(slug="open-door")
