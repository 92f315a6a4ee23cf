import logging
import threading

import pytest

from actions.representatives import postal_table
from actions.representatives.lookup import LookupStatus, find_ridings
from actions.representatives.postal_format import CompactTable, CorruptTable, code_number, key_of
from actions.representatives.postal_sets import replace_table
from actions.representatives.records import PostalTable
from tests.factories.postal import load_postal_codes
from tests.factories.representatives import RidingFactory

CODES = [("A0A0A0", 10001, 4), ("K1A0A1", 35079, 12), ("K1A0A1", 35081, 5), ("Y9Z9Z9", 60001, 70_000)]


@pytest.fixture
def clock(monkeypatch):
    now = [1_000.0]
    monkeypatch.setattr(postal_table.time, "monotonic", lambda: now[0])
    return now


def test_the_format_keeps_every_row_and_knows_no_other_code():
    table = CompactTable.from_blob(*CompactTable.from_rows(CODES).to_blob())
    assert (len(table), table.codes()) == (4, 3)
    assert table.ridings_of("K1A0A1") == {35079: 12, 35081: 5}
    assert table.ridings_of("A0A0A0") == {10001: 4}
    assert table.ridings_of("Y9Z9Z9") == {60001: 70_000}
    for code in ("K1A0A0", "K1A0A2", "A0A0A1", "Y9Z9Z8", "K1A 0A1", "k1a0a1", "", "K1A0A", "W0A0A0", "K²A0A1"):
        assert table.ridings_of(code) == {}
    assert table.addresses_by_riding() == {10001: 4, 35079: 12, 35081: 5, 60001: 70_000}


def test_every_code_has_a_number_of_its_own():
    firsts, letters, digits = "ABCEGHJKLMNPRSTVXY", "ABCEGHJKLMNPRSTVWXYZ", "0123456789"
    numbers = [code_number(f"{a}{b}{c}0A0") for a in firsts for b in digits for c in letters]
    assert numbers == [place * 2_000 for place in range(3_600)]
    assert [code_number(f"A0A{d}{e}{f}") for d in digits for e in letters for f in digits] == list(range(2_000))


def test_a_table_of_a_country_takes_less_than_25_mib():
    ridings = list(range(10_001, 10_344))
    counts = {key_of(number * 8, number % 343): 20 for number in range(900_000)}
    table = CompactTable(ridings, counts)
    size = sum(array.itemsize * len(array) for array in (table._keys, table._addresses))
    assert len(table) == 900_000
    assert size == 7_200_000


def spoiled(blob):
    yield blob[:-1]
    yield blob[: len(blob) // 2]
    yield b""
    yield b"something else"
    yield blob + b"x"
    yield bytes([*blob[:30], blob[30] ^ 1, *blob[31:]])


def test_a_damaged_blob_is_noticed():
    blob, sha256 = CompactTable.from_rows(CODES).to_blob()
    for damaged in spoiled(blob):
        with pytest.raises(CorruptTable):
            CompactTable.from_blob(damaged, sha256)
    with pytest.raises(CorruptTable, match="hash"):
        CompactTable.from_blob(CompactTable.from_rows(CODES[:2]).to_blob()[0], sha256)


@pytest.mark.django_db
def test_without_a_table_nothing_is_known():
    assert not postal_table.is_loaded()
    assert postal_table.ridings_of("K1A0A1") == {}
    assert postal_table.current_set() is None


@pytest.mark.django_db
def test_a_damaged_table_is_reported_and_like_none(caplog, settings):
    settings.REPRESENT_API_URL = ""
    RidingFactory(fed_num=35079)
    stored = load_postal_codes(("K1A0A6", 35079, 9))
    good = bytes(stored.content)
    PostalTable.objects.update(content=good[:-3])
    postal_table.forget()
    assert find_ridings("K1A0A6").status == LookupStatus.NOT_FOUND
    assert not postal_table.is_loaded()
    assert postal_table.current_set() is None
    [record] = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert "cannot be read" in record.getMessage()
    PostalTable.objects.update(content=good)
    postal_table.forget()
    assert find_ridings("K1A0A6").status == LookupStatus.FOUND_ONE


@pytest.mark.django_db
def test_a_mended_table_is_read_again_after_a_minute(clock):
    stored = load_postal_codes(("K1A0A6", 35079, 9))
    PostalTable.objects.update(content=b"damaged")
    postal_table.forget()
    assert not postal_table.is_loaded()
    PostalTable.objects.update(content=bytes(stored.content))
    clock[0] += postal_table.CHECK_EVERY_SECONDS
    assert postal_table.ridings_of("K1A0A6") == {35079: 9}


@pytest.mark.django_db
def test_the_database_is_asked_once_a_minute_at_most(clock, django_assert_num_queries):
    load_postal_codes(("K1A0A6", 35079, 9))
    with django_assert_num_queries(2):
        for _ in range(100):
            assert postal_table.ridings_of("K1A0A6") == {35079: 9}
    clock[0] += postal_table.CHECK_EVERY_SECONDS - 1
    with django_assert_num_queries(0):
        postal_table.ridings_of("K1A0A6")
    clock[0] += 1
    with django_assert_num_queries(1):
        postal_table.ridings_of("K1A0A6")


@pytest.mark.django_db
def test_another_process_goes_over_to_a_newer_table_within_a_minute(clock):
    load_postal_codes(("K1A0A6", 35079, 9))
    assert postal_table.ridings_of("K1A0A6") == {35079: 9}
    replace_table(CompactTable.from_rows([("K1A0A6", 35081, 2)]))  # as if elsewhere: this process is not told
    assert postal_table.ridings_of("K1A0A6") == {35079: 9}
    clock[0] += postal_table.CHECK_EVERY_SECONDS
    assert postal_table.ridings_of("K1A0A6") == {35081: 2}
    PostalTable.objects.all().delete()
    clock[0] += postal_table.CHECK_EVERY_SECONDS
    assert not postal_table.is_loaded()


@pytest.mark.django_db
def test_a_table_that_is_not_whole_yet_does_not_answer(clock):
    load_postal_codes(("K1A0A6", 35079, 9))
    content, sha256 = CompactTable.from_rows([("K1A0A6", 35081, 2)]).to_blob()
    PostalTable.objects.create(content=content, sha256=sha256, codes=1, addresses=2)
    assert postal_table.ridings_of("K1A0A6") == {35079: 9}


@pytest.mark.django_db
def test_one_thread_reads_a_new_table_while_the_others_go_on_with_the_old_one(clock, monkeypatch):
    load_postal_codes(("K1A0A6", 35079, 9))
    postal_table.ridings_of("K1A0A6")
    replace_table(CompactTable.from_rows([("K1A0A6", 35081, 2)]))
    clock[0] += postal_table.CHECK_EVERY_SECONDS
    read, seen = postal_table._read, []

    def slowly(pk, sha256):
        other = threading.Thread(target=lambda: seen.append(postal_table.ridings_of("K1A0A6")))
        other.start()
        other.join(timeout=5)
        return read(pk, sha256)

    monkeypatch.setattr(postal_table, "_read", slowly)
    assert postal_table.ridings_of("K1A0A6") == {35081: 2}
    assert seen == [{35079: 9}]


@pytest.mark.django_db
def test_a_riding_with_under_a_hundredth_of_the_homes_comes_last_and_is_never_hidden():
    """One home in two hundred is still somebody's: whoever lives there is asked like the others."""
    RidingFactory(fed_num=35079)
    RidingFactory(fed_num=35081)
    load_postal_codes(("K1A0A6", 35079, 1), ("K1A0A6", 35081, 199))
    result = find_ridings("K1A0A6")
    assert result.status == LookupStatus.FOUND_MANY
    assert [match.riding.fed_num for match in result.matches] == [35081, 35079]
