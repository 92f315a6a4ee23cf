"""Editors write a petition's sheet, are warned before they offer it, and see it first."""

from __future__ import annotations

import pytest
from django.urls import reverse

from actions.petitions.house_models import HousePetition
from tests.actions.admin.conftest import logged_in
from tests.factories.house import HousePetitionFactory
from tests.factories.petitions import PetitionFactory

TEXTS = ("grievances_en", "request_en", "grievances_fr", "request_fr")
HOUSES = "wagtailsnippets_actions_housepetition"


def form_of(petition, **changes) -> dict[str, object]:
    form = {
        "petition": petition.pk,
        "addressee": "house",
        "addressee_en": "",
        "addressee_fr": "",
        "grievances_en": "the harbour is invented.",
        "request_en": "keep the harbour open.",
        "grievances_fr": "le refuge est inventé.",
        "request_fr": "garder le refuge ouvert.",
        "e_petition_url": "",
        "e_petition_number": "",
        "e_petition_status": "",
        "e_petition_status_on": "",
    }
    return {**form, **changes}


def edited(client, house: HousePetition, **changes) -> str:
    """Save the form, and return what the next page tells."""
    form = form_of(house.petition, is_offered="on", **changes)
    answer = client.post(reverse(f"{HOUSES}:edit", args=[house.pk]), form, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_editor_makes_one(editor, db):
    petition = PetitionFactory()
    assert editor.post(reverse(f"{HOUSES}:add"), form_of(petition)).status_code == 302
    house = HousePetition.objects.get()
    assert (house.petition, house.is_offered) == (petition, False)


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"request_en": "保持大門開放"}, "The House takes English and French only"),
        ({"request_en": "w" * 801}, "at most 800 characters"),
        ({"e_petition_url": "https://evil.example/e-1"}, "Only https://www.ourcommons.ca"),
        ({**dict.fromkeys(TEXTS, ""), "is_offered": "on"}, "There is nothing to offer yet"),
    ],
)
def test_what_breaks_a_rule_is_not_saved_and_stays_in_the_form(moderator, db, changes, complaint):
    answer = moderator.post(reverse(f"{HOUSES}:add"), form_of(PetitionFactory(), **changes))
    page = answer.content.decode()
    assert complaint in page
    assert changes["request_en"] in page if changes.get("request_en") else True
    assert not HousePetition.objects.exists()


def test_only_who_publishes_texts_puts_one_online_or_changes_what_is_online(editor, moderator, db):
    house = HousePetitionFactory(is_offered=False)
    edited(editor, house, request_en="build a lighthouse.")
    house.refresh_from_db()
    assert (house.is_offered, house.request_en) == (False, "build a lighthouse.")
    edited(moderator, house)
    edited(editor, house, request_en="obey.", addressee="minister", addressee_en="the Minister", addressee_fr="le M")
    house.refresh_from_db()
    assert (house.is_offered, house.addressee, house.request_en) == (True, "house", "keep the harbour open.")
    assert (
        "For whoever publishes petition texts"
        in editor.get(reverse(f"{HOUSES}:edit", args=[house.pk])).content.decode()
    )


def test_one_petition_has_one(editor, db):
    house = HousePetitionFactory()
    assert "already exists" in editor.post(reverse(f"{HOUSES}:add"), form_of(house.petition)).content.decode()


def test_a_demand_is_saved_with_a_warning_in_the_form_and_the_list(editor, db):
    house = HousePetitionFactory(is_offered=False)
    told = edited(editor, house, request_en="demand that the harbour stays open.")
    assert "The request must ask, not demand. Look at: demand." in told
    assert "1 point to look at" in editor.get(reverse(f"{HOUSES}:list")).content.decode()
    form = editor.get(reverse(f"{HOUSES}:edit", args=[house.pk])).content.decode()
    assert "Look at: demand." in form
    assert reverse("petitions_house_sheet", args=[house.pk, "fr"]) in form


def test_who_changes_a_text_in_use_is_told_what_that_means(moderator, db):
    house = HousePetitionFactory()
    assert "are another petition" in edited(moderator, house, request_en="build two lighthouses.")
    status = {"e_petition_url": "https://www.ourcommons.ca/petitions/en/Home/Index", "e_petition_status": "collecting"}
    house.refresh_from_db()
    kept = {name: getattr(house, name) for name in ("grievances_en", "grievances_fr", "request_fr")}
    told = edited(
        moderator, house, request_en="build two lighthouses.", e_petition_status_on="2026-03-09", **status, **kept
    )
    assert "are another petition" not in told.replace("sheets with another text are another petition", "")


def test_the_sheet_can_be_seen_before_it_is_offered(editor, client, db):
    house = HousePetitionFactory(is_offered=False)
    address = reverse("petitions_house_sheet", args=[house.pk, "en"])
    answer = editor.get(address)
    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]
    assert client.get(address).status_code == 302
    assert logged_in("stranger").get(address).status_code == 302
    assert editor.get(address.replace("en.pdf", "de.pdf"), follow=True).status_code == 404


def test_nothing_to_check_before_anything_is_written(editor, db):
    form = editor.get(reverse(f"{HOUSES}:add")).content.decode()
    assert "Write a request and save" in form
    house = HousePetitionFactory(is_offered=False, grievances_en="", request_en="", grievances_fr="", request_fr="")
    assert "Write a request and save" in editor.get(reverse(f"{HOUSES}:edit", args=[house.pk])).content.decode()
