import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation

from actions.representatives.matching import fold
from actions.representatives.provinces import Province, province_of
from tests.factories.representatives import RepresentativeFactory, RidingFactory


@pytest.mark.django_db
def test_a_riding_has_one_current_representative_and_any_number_of_former_ones():
    riding = RidingFactory()
    RepresentativeFactory(riding=riding)
    RepresentativeFactory(riding=riding, former=True)
    RepresentativeFactory(riding=riding, former=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        RepresentativeFactory(riding=riding)


@pytest.mark.django_db
def test_an_editor_is_told_that_the_seat_is_taken():
    riding = RidingFactory()
    RepresentativeFactory(riding=riding)
    with pytest.raises(ValidationError, match="Another member sits"):
        RepresentativeFactory.build(riding=riding).validate_constraints()


def test_a_riding_falls_back_to_its_english_name():
    riding = RidingFactory.build(name_en="North", name_fr="", name_zh="")
    assert {riding.localized_name(language) for language in ("en", "fr", "zh-hant")} == {"North"}
    riding.name_fr, riding.name_zh = "Nord", "北"
    assert [riding.localized_name(language) for language in ("en", "fr", "zh-hant")] == ["North", "Nord", "北"]


def test_a_member_is_shown_with_rank_but_without_mr_or_ms():
    names = {"": "Jo Doe", "Ms.": "Jo Doe", "Hon.": "Hon. Jo Doe", "Right Hon.": "Right Hon. Jo Doe"}
    with translation.override("en"):
        for honorific, shown in names.items():
            person = RepresentativeFactory.build(riding=None, first_name="Jo", last_name="Doe", honorific=honorific)
            assert person.display_name == shown


def test_phones_come_from_the_right_office():
    person = RepresentativeFactory.build(riding=None)
    assert (person.hill_phone, person.riding_phone) == ("1 613 555-0100", "1 604 555-0100")
    person.offices = [{"postal": "only an address"}, {"type": "constituency (2)", "tel": "1 604 555-0199"}]
    assert (person.hill_phone, person.riding_phone) == ("", "1 604 555-0199")


def test_every_province_has_numbers_of_its_own():
    prefixes = [10, 11, 12, 13, 24, 35, 46, 47, 48, 59, 60, 61, 62]
    assert {province_of(prefix * 1000 + 1) for prefix in prefixes} == set(Province)
    assert [province_of(number) for number in (0, 35, 35000, 99001, -35001, 350010)] == [None] * 6


def test_names_are_compared_without_accents_dashes_and_apostrophes():
    assert fold("Saint-Léonard—Côte d’Or") == fold("SAINT LEONARD - COTE D'OR".replace("T L", "T-L"))
    assert fold("Montréal") != fold("Montmagny")
