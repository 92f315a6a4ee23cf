"""The petition's own page: the same for everybody, in each state, with numbers that point at nobody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from achk_site.middleware.public_cache import SHARED
from actions.pages import ActionIndexPage, ActionPage
from actions.petitions.models import Petition, RidingTally, Tally
from actions.petitions.states import PetitionState
from actions.wordings.models import WordingVersion
from tests.actions.petitions.reading import URL
from tests.factories.pages import SiteTree
from tests.factories.petitions import TITLES, PetitionFactory
from tests.factories.representatives import RidingFactory

NOW = timezone.now()
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("dates", "state"),
    [
        ({}, PetitionState.OPEN),
        ({"opens_at": NOW + DAY}, PetitionState.NOT_YET),
        ({"is_paused": True}, PetitionState.PAUSED),
        ({"closes_at": NOW + 3 * DAY}, PetitionState.CLOSING_SOON),
        ({"closes_at": NOW + 30 * DAY}, PetitionState.OPEN),
        ({"closes_at": NOW + 3 * DAY, "is_paused": True}, PetitionState.PAUSED),
        ({"closes_at": NOW - DAY, "opens_at": NOW - 2 * DAY}, PetitionState.CLOSED),
        ({"won_at": NOW - DAY}, PetitionState.WON),
        ({"won_at": NOW - DAY, "archived_at": NOW - DAY}, PetitionState.ARCHIVED),
    ],
)
def test_each_state_has_its_words(client, petition, dates, state):
    Petition.objects.filter(pk=petition.pk).update(**dates)
    petition.refresh_from_db()
    assert petition.state(timezone.now()) == state
    for code in TITLES:
        answer = client.get(URL.replace("/en/", f"/{code}/"))
        page = answer.content.decode()
        assert answer.status_code == 200
        assert answer["Cache-Control"] == SHARED
        assert TITLES[code] in page
        assert ('data-action="petition"' in page) == petition.accepts(timezone.now())


def test_a_petition_without_texts_cannot_be_signed_and_has_a_page(client, riding):
    PetitionFactory(slug="open-door", texts=[])
    page = client.get(URL).content.decode()
    assert "paused for the moment" in page
    assert 'data-action="petition"' not in page


def test_the_page_is_the_same_bytes_for_everybody_and_costs_the_same_queries(
    client, petition, django_assert_num_queries
):
    first = client.get(URL)
    RidingTally.objects.bulk_create(
        RidingTally(petition=petition, riding=RidingFactory(fed_num=59000 + n), confirmed=n * 100) for n in range(1, 20)
    )
    with django_assert_num_queries(5):
        second = client.get(URL, headers={"accept-language": "fr"}, REMOTE_ADDR="203.0.113.9")
    assert first.content == second.content
    assert not second.cookies


def test_publishing_freezes_what_people_sign(petition):
    wording = petition.wordings.get(locale__language_code="en")
    wording.text = "<p>We ask for a lighthouse too.</p>"
    wording.save_revision().publish()
    assert "lighthouse" in WordingVersion.objects.get().content["text"]
    assert set(WordingVersion.objects.get().content) == {"title", "target", "text"}


@pytest.mark.parametrize(
    ("confirmed", "told"),
    [
        (0, "The first signatures are coming in."),
        (9, "The first signatures are coming in."),
        (10, "At least <strong>10</strong>"),
        (47, "At least <strong>40</strong>"),
        (99, "At least <strong>90</strong>"),
        (100, "<strong>100</strong> people have signed"),
        (1234, "<strong>1,234</strong> people have signed"),
    ],
)
def test_a_small_number_is_rounded(client, petition, confirmed, told):
    Tally.objects.create(petition=petition, confirmed=confirmed)
    assert told in client.get(URL).content.decode()


def test_numbers_are_written_as_each_language_writes_them(client, petition):
    Tally.objects.create(petition=petition, confirmed=1234)
    assert "1\u00a0234" in client.get(URL.replace("/en/", "/fr/")).content.decode()
    assert "1,234" in client.get(URL).content.decode()


def test_paper_signatures_stand_apart(client, petition):
    Tally.objects.create(petition=petition, confirmed=1234)
    Petition.objects.update(paper_signatures=56)
    page = client.get(URL).content.decode()
    assert "<strong>1,234</strong>" in page
    assert "56 signatures on paper" in page
    assert client.get("/act/petitions/open-door/count.json").json()["paper"] == 56


def test_the_count_is_small_the_same_in_all_languages_and_may_be_kept(client, petition, django_assert_num_queries):
    Tally.objects.create(petition=petition, confirmed=1234, abroad=34, ridings=3)
    for number, confirmed in ((59001, 400), (59002, 9), (59003, 3), (35081, 12), (24001, 5)):
        RidingTally.objects.create(petition=petition, riding=RidingFactory(fed_num=number), confirmed=confirmed)
    with django_assert_num_queries(2):
        answer = client.get("/act/petitions/open-door/count.json")
    assert answer["Cache-Control"].startswith("public, max-age=10")
    assert not answer.cookies
    told = answer.json()
    assert (told["count"], told["is_rounded"], told["goal"], told["outside_canada"]) == (1234, False, 1500, 30)
    assert told["by_riding"] == {"59001": 400, "35081": 10}
    assert told["by_province"] == {"BC": 410, "ON": 10}  # in tens, so that no sum tells the hidden ones
    assert client.get("/act/petitions/nothing/count.json").status_code == 404
    assert client.post("/act/petitions/open-door/count.json").status_code in (403, 405)


def test_below_a_hundred_nothing_is_told_by_place(client, petition):
    Tally.objects.create(petition=petition, confirmed=57)
    RidingTally.objects.create(petition=petition, riding=RidingFactory(fed_num=35079), confirmed=57)
    told = client.get("/act/petitions/open-door/count.json").json()
    assert (told["count"], told["by_riding"], told["by_province"]) == (50, {}, {})


def test_a_few_people_abroad_are_not_told_apart(client, petition):
    Tally.objects.create(petition=petition, confirmed=1234, abroad=9)
    assert client.get("/act/petitions/open-door/count.json").json()["outside_canada"] is None
    assert "elsewhere" not in client.get(URL).content.decode()


def test_a_petition_stands_on_any_page(client, petition):
    tree = SiteTree()
    listing = ActionIndexPage(title="Actions", slug="actions", locale=tree["en"].locale)
    tree["en"].add_child(instance=listing)
    block = [("petition", {"petition": petition, "heading": ""})]
    listing.add_child(
        instance=ActionPage(title="Act", slug="sign", introduction="Now.", body=block, locale=tree["en"].locale)
    )
    page = client.get("/en/actions/sign/").content.decode()
    assert f'action="{URL}sign/"' in page
    assert 'class="action-bar" href="#act-open-door"' in page
    assert "We ask for an invented harbour." in page


def test_open_petitions_are_in_the_sitemap(client, petition):
    SiteTree()
    PetitionFactory(slug="over", closes_at=timezone.now() - DAY)
    sitemap = client.get("/sitemap.xml").content.decode()
    assert "/fr/act/petitions/open-door/" in sitemap
    assert "/act/petitions/over/" not in sitemap


def test_the_goal_moves_by_steps():
    petition = Petition(goal=500, goal_step=250)
    assert [petition.goal_at(count) for count in (0, 499, 500, 749, 750, 10_000)] == [500, 500, 750, 750, 1000, 10_250]
    assert petition.goals_reached(499) == []
    assert petition.goals_reached(1000) == [500, 750, 1000]


def test_its_address_is_stable(petition):
    assert reverse("petition_count", args=["open-door"]) == "/act/petitions/open-door/count.json"
    assert reverse("actions:petition_sign", args=["open-door"]) == f"{URL}sign/"
