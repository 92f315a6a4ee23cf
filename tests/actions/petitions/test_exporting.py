"""Signatures as rows that name nobody, and in which nobody can be found."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import pytest

from actions.petitions.exporting import SignaturesExport, SignaturesForm, Spot, told
from actions.petitions.models import Signature
from tests.factories.petitions import PetitionFactory, confirmed, signed
from tests.factories.postal import load_postal_codes
from tests.factories.representatives import RidingFactory

export = SignaturesExport()
HIDDEN = "not told: fewer than ten"


@pytest.fixture
def petition(db):
    RidingFactory(fed_num=35079, name_en="Ottawa Centre")
    load_postal_codes(("K1A0A6", 35079, 10))
    return PetitionFactory(paper_signatures=2)


def choice(petition, which="counted") -> dict:
    form = SignaturesForm(
        {"petition": petition.pk, "which": which, "file_format": "csv", "reason": "a long enough reason"}
    )
    assert form.is_valid(), form.errors
    return form.cleaned_data


def rows(petition, which="counted") -> Counter:
    chosen = choice(petition, which)
    extent = export.measure(chosen)
    found: Counter = Counter()
    for row in export.rows(chosen, extent):
        assert len(row.cells) + 1 == len(export.headings())
        found[row.cells] += row.times
    assert found.total() == extent.count
    return found


def many(petition, count: int, *, start: int = 0, **changes) -> None:
    for number in range(start, start + count):
        confirmed(petition, email=f"s{number}@signer.example", name="Canary Signer", **changes)
    Signature.objects.update(confirmed_at=datetime(2026, 5, 31, 23, 59, tzinfo=UTC))


def test_ten_of_a_riding_and_a_language_are_told_and_fewer_are_not(petition):
    many(petition, 10)
    many(petition, 3, start=10, language="fr")
    state = "confirmed and counted"
    assert rows(petition) == {
        ("2026-05", state, "Ontario", "Ottawa Centre", "English", "no"): 10,
        ("2026-05", state, HIDDEN, HIDDEN, HIDDEN, "no"): 3,
        ("", "", "", "", "", "yes"): 2,
    }


def test_nothing_in_it_is_personal_and_the_order_says_nothing(petition):
    many(petition, 12)
    text = str(list(export.rows(choice(petition), export.measure(choice(petition)))))
    assert "Canary" not in text
    assert "@" not in text
    assert "K1A" not in text
    assert not set(map(str, Signature.objects.values_list("pk", flat=True))) & set(text.split("'"))


def test_only_those_that_count_unless_all_are_asked_for(petition):
    many(petition, 1)
    signed(petition, email="waits@signer.example")
    assert rows(petition).total() == 3
    assert {cells[1] for cells in rows(petition, "all")} == {
        "confirmed and counted", "waiting for the signer's confirmation", "",
    }  # fmt: skip


def test_abroad_and_unknown_places_are_told_apart(petition):
    many(petition, 10, postal_code="")
    many(petition, 10, start=10, postal_code="V9Z9Z9")
    assert {cells[2:4] for cells in rows(petition)} == {("outside Canada", ""), ("not known", ""), ("", "")}


def test_what_is_left_of_a_riding_joins_its_like_first():
    spots = Counter(
        {
            Spot("ON", "A", "en"): 6,
            Spot("ON", "A", "fr"): 5,  # the riding's languages together are eleven
            Spot("ON", "B", "en"): 6,
            Spot("ON", "C", "en"): 4,  # two ridings of the province together are ten
            Spot("QC", "D", "fr"): 9,
            Spot("BC", "E", "zh"): 1,  # what is left anywhere
            Spot("BC", "F", "zh"): 300,
        }
    )
    assert dict(told(spots)) == {
        Spot("BC", "F", "zh"): 300,
        Spot("ON", "A", HIDDEN): 11,
        Spot("ON", HIDDEN, HIDDEN): 10,
        Spot(HIDDEN, HIDDEN, HIDDEN): 10,
    }


@pytest.mark.parametrize("count", [2, 25])
def test_two_queries_whatever_the_number(petition, count, django_assert_num_queries):
    many(petition, count)
    chosen = choice(petition)
    with django_assert_num_queries(2):
        assert sum(row.times for row in export.rows(chosen, export.measure)) == count + 2
