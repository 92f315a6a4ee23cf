"""The page about the House says what counts there and what does not, and leads to the sheets and the e-petition."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from achk_site.middleware.public_cache import SHARED
from actions.petitions.house_models import EPetitionStatus, HousePetition
from actions.petitions.models import Petition
from actions.typesetting.press import NotTypeset
from home.models import SiteSettings
from tests.actions.petitions.reading import URL
from tests.factories.house import HousePetitionFactory
from tests.factories.pages import SiteTree

pytestmark = pytest.mark.django_db
PAGE = f"{URL}house/"
OFFICIAL = "https://www.ourcommons.ca/petitions/en/Petition/Details?Petition=e-1"


@pytest.fixture
def house(petition) -> HousePetition:
    return HousePetitionFactory(petition=petition)


def sheet(language: str) -> str:
    return f"/act/petitions/open-door/house-{language}.pdf"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("en", "Names on this site are not signatures to the House"),
        ("fr", "Chambre des communes"),
        ("zh-hant", "請願書"),
    ],
)
def test_it_says_in_each_language_that_names_here_are_no_signatures_there(client, house, code, said):
    answer = client.get(PAGE.replace("/en/", f"/{code}/"))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert answer["Cache-Control"] == SHARED
    assert said in page
    assert sheet("en") in page
    assert sheet("fr") in page
    assert "K1A 0A6" in page
    assert f'hreflang="fr-CA" href="http://testserver{PAGE.replace("/en/", "/fr/")}"' in page
    assert (
        f'href="{PAGE.replace("/en/", f"/{code}/")}"' in client.get(URL.replace("/en/", f"/{code}/")).content.decode()
    )


def test_a_petition_without_a_way_to_the_house_has_no_page(client, petition):
    assert client.get(PAGE).status_code == 404
    assert "House of Commons" not in client.get(URL).content.decode()
    HousePetitionFactory(petition=petition, is_offered=False)
    assert client.get(PAGE).status_code == 404
    assert client.get(sheet("en")).status_code == 404


def test_the_sheet_is_a_pdf_that_any_cache_may_keep(client, house, django_assert_num_queries):
    with django_assert_num_queries(1):
        answer = client.get(sheet("fr"))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer["Cache-Control"].startswith("public")
    assert answer.content.startswith(b"%PDF")
    assert not answer.cookies
    assert "open-door" not in answer["Content-Disposition"]


@pytest.mark.parametrize("language", ["zh-hant", "zh", "de", "en-ca", "EN"])
def test_there_is_no_sheet_in_another_language(client, house, language):
    assert client.get(sheet(language)).status_code == 404


def test_a_language_without_a_request_has_no_sheet(client, petition):
    HousePetitionFactory(petition=petition, grievances_fr="", request_fr="")
    assert client.get(sheet("fr")).status_code == 404
    assert sheet("fr") not in client.get(PAGE).content.decode()


def test_only_reading_is_possible(client, house):
    for address in (PAGE, sheet("en")):
        assert client.post(address).status_code in (403, 405)


def test_a_sheet_that_cannot_be_made_is_said_so(client, house, monkeypatch):
    def fail(*args, **kwargs):
        raise NotTypeset("hangs")

    monkeypatch.setattr("actions.petitions.house_views.sheet_pdf", fail)
    answer = client.get(sheet("en"), headers={"accept-language": "fr"})
    assert answer.status_code == 503
    assert answer["Retry-After"] == "60"
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("end", ["won_at", "archived_at"])
def test_what_is_won_or_archived_offers_no_sheet(client, house, end):
    Petition.objects.update(**{end: timezone.now()})
    assert client.get(PAGE).status_code == 200
    assert sheet("en") not in client.get(PAGE).content.decode()
    assert client.get(sheet("en")).status_code == 404


@pytest.mark.parametrize("status", EPetitionStatus.values)
def test_the_official_e_petition_is_shown_with_where_it_stands(client, petition, status):
    HousePetitionFactory(
        petition=petition,
        is_offered=False,
        e_petition_url=OFFICIAL,
        e_petition_number="e-1",
        e_petition_status=status,
        e_petition_status_on=date(2026, 3, 9),
    )
    page = client.get(PAGE).content.decode()
    assert f'href="{OFFICIAL}"' in page
    assert f"<strong>{EPetitionStatus(status).label}</strong>, since March 9, 2026." in page
    assert "E-petition e-1 on" in page
    assert "How to collect" not in page
    french = client.get(PAGE.replace("/en/", "/fr/")).content.decode()
    assert OFFICIAL.replace("/en/", "/fr/") in french


def test_the_page_is_in_the_sitemap(client, house):
    SiteTree()
    assert f"http://testserver{PAGE.replace('/en/', '/zh-hant/')}" in client.get("/sitemap.xml").content.decode()


def test_while_parliament_is_dissolved_the_page_says_what_becomes_of_sheets(client, house):
    tree = SiteTree()
    settings = SiteSettings.for_site(tree.site)
    assert "Parliament is dissolved" not in client.get(PAGE).content.decode()
    settings.parliament_dissolved = True
    settings.save()
    assert "Parliament is dissolved" in client.get(PAGE).content.decode()


def test_the_page_costs_few_queries(client, house, django_assert_num_queries):
    client.get(PAGE)
    with django_assert_num_queries(4):
        client.get(PAGE)


@pytest.mark.parametrize(
    "address",
    [
        "http://www.ourcommons.ca/petitions/en/Petition/Details?Petition=e-1",
        "https://ourcommons.ca.evil.example/e-1",
        "https://www.ourcommons.ca@evil.example/",
        "https://evil.example/www.ourcommons.ca",
        "https://www.ourcommons.ca:8443/",
        "https://[www.ourcommons.ca/",
        "javascript://www.ourcommons.ca/%0aalert(1)",
        "https://petitions.noscommunes.example/",
    ],
)
def test_no_other_address_passes_for_official(house, address):
    house.e_petition_url, house.e_petition_status, house.e_petition_status_on = address, "collecting", date(2026, 3, 9)
    with pytest.raises(ValidationError) as caught:
        house.full_clean()
    assert set(caught.value.message_dict) == {"e_petition_url"}


@pytest.mark.parametrize("host", ["www.ourcommons.ca", "petitions.ourcommons.ca"])
def test_the_houses_own_addresses_pass(house, host):
    house.e_petition_url = f"https://{host}/petitions/en/Home/Index"
    house.e_petition_status, house.e_petition_status_on = "collecting", date(2026, 3, 9)
    house.full_clean()
