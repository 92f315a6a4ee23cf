"""The sitemap names every public page in every language with its translations, and nothing else."""

from __future__ import annotations

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from home.models import StandardPage
from home.site_settings import SiteSettings
from tests.factories.letters import LetterCampaignFactory
from tests.factories.pages import SiteTree
from tests.factories.petitions import PetitionFactory
from tests.factories.representatives import RecipientFactory

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
HOST = "http://testserver"


@pytest.fixture
def tree(db) -> SiteTree:
    return SiteTree()


def entries(client) -> dict[str, dict[str, str]]:
    """Path -> hreflang -> path."""
    response = client.get("/sitemap.xml", headers={"host": "localhost"})
    assert (response.status_code, response["Content-Type"]) == (200, "application/xml")
    found = {}
    for url in ElementTree.fromstring(response.content).iter(f"{SITEMAP}url"):
        links = {link.get("hreflang"): link.get("href") for link in url.iter(f"{XHTML}link")}
        assert all(href.startswith(HOST) for href in links.values())
        path = url.findtext(f"{SITEMAP}loc").removeprefix(HOST)
        assert path not in found
        found[path] = {language: href.removeprefix(HOST) for language, href in links.items()}
    return found


def in_all_languages(path: str) -> dict[str, str]:
    links = {"en-CA": f"/en{path}", "fr-CA": f"/fr{path}", "zh-Hant-HK": f"/zh-hant{path}"}
    return {**links, "x-default": f"/en{path}"}


def test_every_language_is_listed_with_its_translations(client, tree):
    about = tree.add_page()
    tree.add_page(slug="history", under=about)
    shown = entries(client)
    assert len(shown) == 12  # with the form for updates
    for path in ("/", "/about/", "/about/history/", "/subscribe/"):
        for code in ("en", "fr", "zh-hant"):
            assert shown[f"/{code}{path}"] == in_all_languages(path)


def test_a_missing_translation_is_not_promised(client, tree):
    tree.add_page(("en", "zh-hant"), slug="mission")
    tree.add_page(("fr",), slug="seulement")
    shown = entries(client)
    assert shown["/en/mission/"] == {
        "en-CA": "/en/mission/",
        "zh-Hant-HK": "/zh-hant/mission/",
        "x-default": "/en/mission/",
    }
    assert shown["/fr/seulement/"] == {"fr-CA": "/fr/seulement/"}
    assert "/fr/mission/" not in shown


def test_drafts_and_private_pages_are_not_listed(client, tree):
    private = tree.add_page(slug="private")
    tree.add_page(slug="below", under=private)
    draft = tree.add_page(slug="draft")
    for page in private.values():
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    StandardPage.objects.filter(pk=draft["fr"].pk).update(live=False)
    shown = entries(client)
    assert not [path for path in shown if "private" in path or "below" in path]
    assert "/fr/draft/" not in shown
    assert "fr-CA" not in shown["/en/draft/"]


def test_a_language_whose_front_page_is_not_live_is_not_listed(client, tree):
    tree.add_page()
    type(tree["fr"]).objects.filter(pk=tree["fr"].pk).update(live=False)
    assert not [path for path in entries(client) if path.startswith("/fr/")]


def test_the_own_pages_of_open_letter_actions_are_listed(client, tree):
    now = timezone.now()
    LetterCampaignFactory(slug="now")
    LetterCampaignFactory(slug="over", closes_at=now - timedelta(days=1))
    LetterCampaignFactory(slug="later", opens_at=now + timedelta(days=1))
    LetterCampaignFactory(slug="stopped", is_stopped=True)
    LetterCampaignFactory(slug="wordless", texts=[])
    shown = entries(client)
    assert [path for path in shown if "/act/" in path] == [
        f"/{code}/act/letters/now/" for code in ("en", "fr", "zh-hant")
    ]
    assert shown["/fr/act/letters/now/"] == in_all_languages("/act/letters/now/")
    for path in shown:
        assert client.get(path).status_code == 200
    SiteSettings.objects.update_or_create(site=tree.site, defaults={"letters_stopped": True})
    assert not [path for path in entries(client) if "/act/" in path]


@pytest.mark.parametrize("count", [2, 20])
def test_the_number_of_queries_does_not_grow_with_the_actions(client, tree, count, django_assert_num_queries):
    for number in range(count):
        LetterCampaignFactory(slug=f"number-{number}", recipients=[RecipientFactory()])
        PetitionFactory(slug=f"number-{number}")
    entries(client)
    with django_assert_num_queries(12):
        assert len([path for path in entries(client) if "/act/" in path]) == 3 * 2 * count


def test_it_is_kept_by_caches_sets_no_cookie_and_takes_no_post(client, tree):
    response = client.get("/sitemap.xml?p=9999")
    assert response["Cache-Control"] == "public, max-age=3600"
    assert not response.cookies
    assert client.post("/sitemap.xml").status_code == 405


def test_the_number_of_queries_does_not_grow_with_the_pages(client, tree, django_assert_max_num_queries):
    above = tree.homes
    for number in range(8):
        above = tree.add_page(slug=f"page-{number}", under=above)
    with django_assert_max_num_queries(11):
        assert len(entries(client)) == 30
