"""An appeal whose purpose changed in one language: the others say that they follow the former text."""

import pytest

from actions.donations.states import DonationState
from actions.wordings.services import current_version
from actions.wordings.states import Change
from tests.factories.donations import AppealFactory, DonationFactory

pytestmark = pytest.mark.django_db


def test_the_other_languages_say_so_until_they_follow(client):
    appeal = AppealFactory(slug="hall")
    english = appeal.wordings.get(locale__language_code="en")
    english.save_revision().publish()
    DonationFactory(appeal=appeal, wording_version=current_version(english), state=DonationState.PAID)
    english.text = "<p>For something else.</p>"
    english.said_change = Change.MATERIAL
    english.save_revision().publish()
    french = client.get("/fr/act/donate/hall/").content.decode()
    assert "Le texte actuel est en anglais" in french
    assert 'href="/en/act/donate/hall/"' in french
    assert "still follows the former text" not in client.get("/en/act/donate/hall/").content.decode()
