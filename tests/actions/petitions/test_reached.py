"""The drawing of ridings tells what public numbers tell and not a signature more, cheaply, in three languages."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.utils import translation

from actions.petitions.models import Petition, RidingTally, Tally
from actions.petitions.reached import ridings_reached
from actions.representatives.models import Riding
from tests.actions.petitions.reading import URL
from tests.factories.petitions import PetitionFactory
from tests.factories.representatives import RidingFactory

pytestmark = pytest.mark.django_db
BANFF, CALGARY, EDMONTON, MALPEQUE = 48001, 48002, 48003, 11001


@pytest.fixture(autouse=True)
def _nothing_kept():
    cache.clear()


@pytest.fixture
def counted(petition):
    """Set the petition's numbers by riding; return it as the view reads it."""
    for number, name in ((BANFF, "Banff"), (CALGARY, "Calgary Centre"), (EDMONTON, "Edmonton"), (MALPEQUE, "Malpeque")):
        RidingFactory(fed_num=number, name_en=name, name_fr=f"{name}-F", name_zh="")

    def count(by_riding: dict[int, int], *, confirmed: int = 500) -> Petition:
        cache.clear()
        RidingTally.objects.all().delete()
        Tally.objects.update_or_create(petition=petition, defaults={"confirmed": confirmed})
        RidingTally.objects.bulk_create(
            RidingTally(petition=petition, riding_id=riding, confirmed=number) for riding, number in by_riding.items()
        )
        return Petition.objects.select_related("tally").get(pk=petition.pk)

    return count


def drawn(petition: Petition) -> str:
    found = ridings_reached(petition, "en")
    return repr(found and ([(p.name, p.at_least, p.ridings, p.drawing) for p in found.provinces], found.legend))


def test_ridings_of_ten_and_more_are_named_in_tens(counted):
    found = ridings_reached(counted({CALGARY: 88, BANFF: 10, EDMONTON: 9}), "en")
    told = {province.name: (province.at_least, province.ridings) for province in found.told}
    assert told == {"Alberta": (100, [("Banff", 10), ("Calgary Centre", 80)])}
    assert [province.name for province in found.provinces] == ["Alberta", "Ontario", "Prince Edward Island"]
    alberta = found.provinces[0].drawing
    assert "<title>Calgary Centre: at least 80</title>" in alberta
    assert "<title>Edmonton</title>" in alberta
    assert "2 of 3 have ten signatures or more" in alberta


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({CALGARY: 88, EDMONTON: 9}, {CALGARY: 88, BANFF: 9}),
        ({CALGARY: 88, EDMONTON: 9, MALPEQUE: 1}, {CALGARY: 88, EDMONTON: 5, BANFF: 4, MALPEQUE: 9}),
        ({CALGARY: 88, EDMONTON: 1}, {CALGARY: 81}),
    ],
)
def test_two_petitions_that_differ_in_small_ridings_look_the_same(counted, one, other):
    """Who compares the pictures, or subtracts ridings from provinces, does not learn where the few have signed."""
    assert drawn(counted(one)) == drawn(counted(other))


def test_the_control_sees_a_difference_of_ten(counted):
    assert drawn(counted({CALGARY: 80})) != drawn(counted({CALGARY: 90}))


@pytest.mark.parametrize(("numbers", "confirmed"), [({}, 500), ({CALGARY: 9, BANFF: 9}, 500), ({CALGARY: 60}, 99)])
def test_where_no_riding_may_be_told_there_is_no_drawing(client, counted, numbers, confirmed):
    assert ridings_reached(counted(numbers, confirmed=confirmed), "en") is None
    page = client.get(URL).content.decode()
    assert "Ridings reached" not in page
    assert "charts.css" not in page


@pytest.mark.parametrize("code", ["en", "fr", "zh-hant"])
def test_the_page_shows_it_with_a_table_in_its_language(client, counted, code):
    counted({CALGARY: 1_288})
    page = client.get(URL.replace("/en/", f"/{code}/")).content.decode()
    name = "Calgary Centre-F" if code == "fr" else "Calgary Centre"
    number = {"en": "1,280", "fr": "1\u00a0280", "zh-hant": "1,280"}[code]
    assert f"<td>{name}</td><td>{number}</td>" in page
    assert 'class="chart-tiles" role="img"' in page
    assert "charts.css" in page
    assert "style=" not in page


def test_it_costs_two_queries_once_a_minute(client, counted, django_assert_num_queries):
    petition = counted({CALGARY: 88})
    with django_assert_num_queries(2):
        ridings_reached(petition, "en")
    with django_assert_num_queries(0):
        ridings_reached(petition, "en")
    client.get(URL)
    with django_assert_num_queries(5):
        client.get(URL)


def test_all_ridings_of_canada_stay_a_small_page(counted):
    Riding.objects.bulk_create(
        Riding(fed_num=35_100 + number, name_en=f"Somewhere—Elsewhere {number}", province="ON") for number in range(340)
    )
    petition = counted({35_100 + number: 10 + 37 * number for number in range(170)}, confirmed=600_000)
    found = ridings_reached(petition, "en")
    assert sum(len(province.drawing) for province in found.provinces) < 50_000


def test_a_name_is_never_markup(counted):
    petition = counted({CALGARY: 88})
    Riding.objects.filter(pk=CALGARY).update(name_en="<script>alert(1)</script>")
    with translation.override("en"):
        assert "<script" not in "".join(one.drawing for one in ridings_reached(petition, "en").provinces)


def test_each_petition_has_its_own(counted):
    counted({CALGARY: 88})
    assert ridings_reached(Petition.objects.select_related("tally").get(pk=PetitionFactory().pk), "en") is None
