"""Passing a letter campaign on: the kit on its page and after the letter, and its pictures."""

import pytest

from tests.factories.letters import LetterCampaignFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(representative_site):
    return f"/{{}}/act/letters/{representative_site.slug}/"


@pytest.fixture
def representative_site():
    return LetterCampaignFactory()


@pytest.mark.parametrize("language", ["en", "fr", "zh-hant"])
def test_the_page_offers_every_way_without_a_script_or_a_foreign_file(client, address, language):
    html = client.get(address.format(language)).content.decode()
    assert "https://wa.me/?text=" in html
    assert f"{address.format(language)}story.png" in html
    assert "wechat" not in html.lower()
    assert not [part for part in html.split("src=")[1:] if part.lstrip("\"'").startswith("http")]


def test_the_source_changes_nothing_on_the_page(client, address):
    page = address.format("en")
    assert client.get(page).content == client.get(f"{page}?from=whatsapp").content


@pytest.mark.parametrize(("name", "kind"), [("qr.svg", "image/svg+xml"), ("story.png", "image/png")])
def test_pictures_are_downloads_that_any_cache_may_keep(client, address, name, kind):
    answer = client.get(address.format("zh-hant") + name)
    assert (answer.status_code, answer["Content-Type"]) == (200, kind)
    assert answer["Cache-Control"].startswith("public")
    assert "attachment" in answer["Content-Disposition"]
    assert not answer.cookies


@pytest.mark.parametrize("name", ["qr.svg", "story.png"])
def test_nothing_is_drawn_for_what_does_not_exist(client, name):
    assert client.get(f"/en/act/letters/no-such-thing/{name}").status_code == 404
    assert client.post(f"/en/act/letters/no-such-thing/{name}").status_code in (403, 404, 405)
