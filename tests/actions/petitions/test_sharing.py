"""Passing a petition on: the kit on its page, and its pictures."""

import pytest

from tests.factories.petitions import PetitionFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["en", "fr", "zh-hant"])
def test_the_page_leads_to_the_networks_and_to_its_pictures(client, language):
    page = f"/{language}/act/petitions/{PetitionFactory().slug}/"
    html = client.get(page).content.decode()
    assert "https://wa.me/?text=" in html
    for name, kind in (("qr.svg", "image/svg+xml"), ("story.png", "image/png")):
        assert f"{page}{name}" in html
        answer = client.get(page + name)
        assert (answer.status_code, answer["Content-Type"]) == (200, kind)
