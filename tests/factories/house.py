"""A petition's way to the House, with texts in both languages; everything in it is invented."""

from __future__ import annotations

import factory

from actions.petitions.house_models import HousePetition
from tests.factories.petitions import PetitionFactory


class HousePetitionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = HousePetition

    petition = factory.SubFactory(PetitionFactory)
    grievances_en = "the harbour is invented; and\nmany ships wait."
    request_en = "keep the harbour open; and\nbuild a lighthouse."
    grievances_fr = "le refuge est inventé."
    request_fr = "garder le refuge ouvert."
    is_offered = True
