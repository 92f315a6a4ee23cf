import logging
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from actions.representatives.lookup import (
    LookupStatus,
    current_representative,
    find_ridings,
    forget_old_answers,
    ridings_of_province,
)
from actions.representatives.records import PostalCache
from tests.factories.postal import load_postal_codes
from tests.factories.representatives import RepresentativeFactory, RidingFactory
from tests.stubs.represent import NAMES

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ridings():
    return {number: RidingFactory(fed_num=number, name_en=name) for number, name in NAMES.items()}


def test_one_riding_by_centroid_with_the_member_of_our_own_table(represent, ridings):
    ours = RepresentativeFactory(riding=ridings[35079], first_name="Ours")
    result = find_ridings("k1a 0a6")
    assert (result.status, result.code, result.source) == (LookupStatus.FOUND_ONE, "K1A0A6", "represent")
    assert [match.representative for match in result.matches] == [ours]
    assert result.matches[0].has_email


def test_a_code_in_two_ridings_lists_both_and_leaves_the_choice(represent):
    result = find_ridings("K1A0A1")
    assert result.status == LookupStatus.FOUND_MANY
    assert [match.riding.fed_num for match in result.matches] == [35079, 35081]


def test_one_riding_by_concordance(represent):
    assert [match.riding.fed_num for match in find_ridings("V6X1A1").matches] == [59029]


@pytest.mark.parametrize("code", ["V7A5J9", "H4L1A1", "T5J0N3"])
def test_a_riding_without_a_member_is_found_and_vacant(represent, code):
    match = find_ridings(code).matches[0]
    assert match.representative is None
    assert not match.has_email


def test_a_member_known_only_to_represent_is_not_taken(represent):
    assert find_ridings("K1A0A6").matches[0].representative is None


def test_a_former_member_is_not_shown(represent, ridings):
    RepresentativeFactory(riding=ridings[35079], former=True)
    assert find_ridings("K1A0A6").matches[0].representative is None


def test_a_member_without_an_email_is_shown_but_cannot_be_mailed(represent, ridings):
    RepresentativeFactory(riding=ridings[35110], without_email=True)
    match = find_ridings("M5V2T6").matches[0]
    assert match.representative is not None
    assert not match.has_email


@pytest.mark.parametrize("code", ["H0H0H0", "X0A0H0"])
def test_an_unknown_code_and_one_without_ridings_are_not_found(represent, code):
    result = find_ridings(code)
    assert (result.status, result.matches) == (LookupStatus.NOT_FOUND, [])


def test_the_federal_set_of_2023_is_always_asked_for(represent):
    find_ridings("K1A0A6")
    assert represent.requests == ["/postcodes/K1A0A6/?sets=federal-electoral-districts-2023-representation-order"]


def test_an_older_electoral_map_is_ignored(represent):
    represent.mode = "wrong-set"
    assert find_ridings("K1A0A6").status == LookupStatus.NOT_FOUND


def test_no_canadian_code_asks_nobody(represent):
    with pytest.raises(ValidationError):
        find_ridings("90210")
    assert represent.requests == []


def test_an_answer_is_remembered_for_thirty_days_and_an_unknown_code_for_one(represent):
    assert find_ridings("K1A0A6").source == "represent"
    assert find_ridings("K1A 0A6").source == "cache"
    find_ridings("H0H0H0")
    assert find_ridings("H0H0H0").source == "cache"
    assert len(represent.requests) == 2
    PostalCache.objects.update(fetched_at=timezone.now() - timedelta(days=2))
    assert find_ridings("K1A0A6").source == "cache"
    assert find_ridings("H0H0H0").source == "represent"
    PostalCache.objects.update(fetched_at=timezone.now() - timedelta(days=30))
    assert find_ridings("K1A0A6").source == "represent"


def test_the_cache_does_not_tell_which_codes_were_asked_for(represent):
    find_ridings("K1A0A6")
    assert "K1A" not in PostalCache.objects.get().code_key.upper()


def test_an_outage_is_not_remembered(represent):
    represent.mode = "503"
    assert find_ridings("K1A0A6").status == LookupStatus.UNAVAILABLE
    represent.mode = ""
    assert find_ridings("K1A0A6").status == LookupStatus.FOUND_ONE


def test_old_answers_are_forgotten(represent):
    find_ridings("K1A0A6")
    find_ridings("H0H0H0")
    forget_old_answers(timezone.now() + timedelta(days=2))
    assert [row.fed_nums for row in PostalCache.objects.all()] == [[35079]]
    forget_old_answers(timezone.now() + timedelta(days=31))
    assert not PostalCache.objects.exists()


def test_the_local_table_comes_first_and_sorts_by_addresses(represent, ridings):
    load_postal_codes(("K1A0A6", 35079, 3), ("K1A0A6", 35081, 90))
    result = find_ridings("K1A0A6")
    assert (result.status, result.source) == (LookupStatus.FOUND_MANY, "table")
    assert [(match.riding.fed_num, match.addresses) for match in result.matches] == [(35081, 90), (35079, 3)]
    assert represent.requests == []


def test_one_of_two_ridings_missing_from_our_table_never_looks_like_the_only_one(represent, ridings):
    ridings[35081].delete()
    result = find_ridings("K1A0A1")
    assert (result.status, len(result.matches)) == (LookupStatus.FOUND_MANY, 1)


def test_a_riding_that_we_do_not_have_leads_to_the_manual_way(represent, ridings):
    ridings[59029].delete()
    assert find_ridings("V6X1A1").status == LookupStatus.UNAVAILABLE


def test_without_an_address_nobody_is_asked(settings):
    settings.REPRESENT_API_URL = ""
    assert find_ridings("K1A0A6").status == LookupStatus.NOT_FOUND


@pytest.mark.parametrize("mode", ["", "503", "html", "huge", "cut", "redirect"])
def test_no_log_record_holds_the_postal_code(represent, caplog, mode):
    caplog.set_level(logging.DEBUG)
    represent.mode = mode
    find_ridings("K1A0A6")
    assert "K1A" not in "".join(f"{record.getMessage()} {record.exc_text}" for record in caplog.records).upper()


def test_a_look_up_takes_few_queries(represent, ridings, django_assert_max_num_queries):
    find_ridings("K1A0A1")
    with django_assert_max_num_queries(4):
        find_ridings("K1A0A1")


def test_ridings_of_a_province_are_in_the_order_of_the_reader_s_language():
    RidingFactory(fed_num=24001, name_en="Zebra", name_fr="Érable")
    RidingFactory(fed_num=24002, name_en="Apple", name_fr="Pomme")
    assert [riding.fed_num for riding in ridings_of_province("QC", "en")] == [24002, 24043, 24001]
    assert [riding.name_fr for riding in ridings_of_province("QC", "fr")][1:] == ["Érable", "Pomme"]
    assert ridings_of_province("XX", "en") == []


def test_the_current_representative_is_never_a_former_one(ridings):
    RepresentativeFactory(riding=ridings[35079], former=True)
    assert current_representative(ridings[35079]) is None
    now = RepresentativeFactory(riding=ridings[35079])
    assert current_representative(ridings[35079]) == now
