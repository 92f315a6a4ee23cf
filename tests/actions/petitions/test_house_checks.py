"""What the House's rules forbid is refused, what a person must judge is a warning, and a good text passes."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from actions.petitions.house_checks import refusals, warnings_about
from actions.petitions.house_models import HousePetition
from tests.factories.house import HousePetitionFactory

GOOD = [
    "keep the pathway open until Bill C-987 has been voted on; and",
    "L’été où l’Œuvre naquit, à Noël : « ça », Ÿ, ç, ê, ï, 25 $ – 10 °C…",
    "pay 50 % (half) of £5 & more, by 1.5 million",
]


@pytest.fixture
def house(db) -> HousePetition:
    return HousePetitionFactory()


def errors_of(house: HousePetition) -> set[str]:
    try:
        house.full_clean()
    except ValidationError as error:
        return set(error.message_dict)
    return set()


@pytest.mark.parametrize("text", [*GOOD, "e\u0301te\u0301"])
def test_english_and_french_pass(text):
    assert refusals(text, most_lines=1) == []


@pytest.mark.parametrize(
    "text",
    [
        "保持大門開放",
        "keep 香港 open",
        "Откройте",
        "（open）",
        "open，please",
        "ａｂｃ",
        "keep open 😀",
        "א",
        "a\u200bb",
    ],
)
def test_other_scripts_and_pictures_are_refused(text):
    assert len(refusals(text, most_lines=1)) == 1


@pytest.mark.parametrize("text", ["see https://achk.ca", "WWW.achk.test", "write to a@b.example", "on achk.ca today"])
def test_addresses_are_refused(text):
    assert len(refusals(text, most_lines=1)) == 1


@pytest.mark.parametrize("field", ["grievances_en", "request_fr", "addressee_en"])
def test_the_field_that_breaks_a_rule_is_named(house, field):
    setattr(house, field, "保持大門開放")
    assert errors_of(house) == {field}


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"request_en": ""}, {"request_en"}),
        ({"addressee": "minister"}, {"addressee_en", "addressee_fr"}),
        ({"addressee": "minister", "addressee_en": "the Minister", "addressee_fr": "la ministre"}, set()),
        ({"request_en": "a\n" * 6}, {"request_en"}),
        ({"grievances_en": "a\n" * 9}, {"grievances_en"}),
        ({"grievances_en": "", "request_en": "", "grievances_fr": "", "request_fr": ""}, {"is_offered"}),
        ({"e_petition_number": "e-12"}, {"e_petition_url"}),
        ({"e_petition_number": "12"}, {"e_petition_number", "e_petition_url"}),
        ({"e_petition_url": "https://www.ourcommons.ca/x"}, {"e_petition_status", "e_petition_status_on"}),
    ],
)
def test_a_record_that_cannot_work_is_not_saved(house, changes, wrong):
    for name, value in changes.items():
        setattr(house, name, value)
    assert errors_of(house) == wrong


def test_a_good_text_has_no_warning(house):
    assert warnings_about(house) == []


@pytest.mark.parametrize(
    ("field", "text", "complaint"),
    [
        ("request_en", "demand that the harbour stays", "English: The request must ask, not demand. Look at: demand."),
        ("request_en", "you must keep it", "Look at: must."),
        ("request_fr", "exigeons que le refuge reste", "French: The request must ask, not demand. Look at: exigeons."),
        ("request_fr", "qui doit rester", "Look at: doit."),
        ("request_en", "to keep it open", "A line begins with a word that the sheet prints itself."),
        ("request_fr", "d’ouvrir le refuge", "A line begins with a word that the sheet prints itself."),
        ("grievances_en", "Whereas it is so", "A line begins with a word that the sheet prints itself."),
        ("grievances_fr", "attendu qu’il en est ainsi", "A line begins with a word that the sheet prints itself."),
        ("grievances_en", "Żegota was brave", "Letters that English and French do not have: ż."),
        ("grievances_en", "so " * 260, "more than 250 are hard to read"),
    ],
)
def test_what_a_person_must_judge_is_a_warning(house, field, text, complaint):
    setattr(house, field, text)
    found = warnings_about(house)
    assert len(found) == 1
    assert complaint in found[0]


@pytest.mark.parametrize("text", ["keep mustard free", "garder les sommets", "reorder the ships"])
def test_words_that_only_look_like_demands_pass(house, text):
    house.request_en = house.request_fr = text
    assert warnings_about(house) == []


def test_one_language_alone_is_a_warning(house):
    house.request_fr = house.grievances_fr = ""
    assert warnings_about(house) == ["There is no sheet in French."]
