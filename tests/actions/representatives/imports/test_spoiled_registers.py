"""Registers that cannot be right: each is refused with a reason, and the last good table stays."""

import zipfile

import pytest

from actions.representatives import postal_table
from actions.representatives.imports.addresses import import_addresses
from actions.representatives.imports.outcome import ImportFailed, ImportRefused
from actions.representatives.records import ImportRun
from tests.actions.representatives.imports.register_edits import (
    POSTAL_CODE,
    SHARED,
    edit,
    half_of_a_small_province,
    part_is_missing,
    state,
    with_cell,
    zipped,
)

pytestmark = pytest.mark.django_db


def _cut_mid_row(source):
    path = next(source.rglob("Address_46.csv"))
    path.write_bytes(path.read_bytes()[:-40])


def _cut_in_the_last_cell(source):
    path = next(source.rglob("Address_46.csv"))
    path.write_bytes(path.read_bytes().rstrip(b"\r\n"))


def _cut_inside_quotes(source):
    path = next(source.rglob("Address_46.csv"))
    content = path.read_bytes()
    path.write_bytes(content[: content.rindex(b'"Ville') + 3] + b"\r\n")


def _column_renamed(source):
    edit(source, "Address_46.csv", lambda lines: [lines[0].replace("MAIL_POSTAL_CODE", "POSTCODE"), *lines[1:]])


def _older_map(source):
    edit(source, "Location_46.csv", lambda lines: [lines[0].replace("FED_", "FED_2021_"), *lines[1:]])


def _older_map_under_the_same_column(source):
    for path in source.rglob("Location_*.csv"):
        path.write_text(
            path.read_text("utf-8-sig").replace("Riding ", "Old riding ").replace("Circ", "Anc"), "utf-8-sig"
        )


def _riding_that_we_do_not_have(source):
    edit(source, "Location_46.csv", lambda lines: [line.replace("46003", "46099") for line in lines])


def _location_in_two_ridings(source):
    edit(source, "Location_46.csv", lambda lines: [*lines, lines[1].replace("46001", "46002")])


def _empty(source):
    next(source.rglob("Address_46.csv")).write_bytes(b"")


def _headers_only(source):
    for path in source.rglob("Address_*.csv"):
        edit(source, path.name, lambda lines: lines[:1])


def _files_renamed(source):
    for path in source.rglob("Address_*.csv"):
        path.rename(path.with_name(path.name.replace("Address", "Adresses")))


def _half_of_the_addresses(source):
    for path in source.rglob("Address_*.csv"):
        edit(source, path.name, lambda lines: [lines[0], *lines[1::4], *lines[2::4]])


def _every_second_location(source):
    for path in source.rglob("Location_*.csv"):
        edit(source, path.name, lambda lines: [lines[0], *lines[1::2]])


def _a_province_is_missing(source):
    for path in source.rglob("*_35_part_*.csv"):
        path.unlink()


def _doubled(source):
    path = next(source.rglob("Address_35_part_1.csv"))
    path.with_name("Address_35_part_3.csv").write_bytes(path.read_bytes())


def _two_releases(source):
    other = source / "202412"
    other.mkdir()
    path = next(source.rglob("Address_35_part_1.csv"))
    (other / path.name).write_bytes(path.read_bytes())


def _nul(source):
    edit(source, "Address_46.csv", with_cell("LOC_GUID", 5, "a\0b"))


def _giant_field(source):
    edit(source, "Address_46.csv", with_cell("CIVIC_NO", 5, "9" * 300_000))


def _giant_quoted_field(source):
    edit(source, "Address_46.csv", lambda lines: [*lines[:5], '"', *["x\r\n"] * 100_000, *lines[5:]])


def _absurd_number(source):
    edit(
        source,
        "Address_46.csv",
        lambda lines: [lines[0], *(line.replace(",1,,", ",999999999999,,", 1) for line in lines[1:])],
    )


def _absurd_riding(source):
    edit(source, "Location_46.csv", with_cell("FED_CODE", 5, "9" * 5_000))


def _codes_are_something_else(source):
    for path in source.rglob("Address_*.csv"):
        edit(source, path.name, lambda lines: [POSTAL_CODE.sub(",12345,", line) for line in lines])


def _codes_are_gone(source):
    for path in source.rglob("Address_35*.csv"):
        edit(source, path.name, lambda lines: [POSTAL_CODE.sub(",,", line) for line in lines])


def _utf_16(source):
    path = next(source.rglob("Address_46.csv"))
    path.write_text(path.read_text("utf-8-sig"), encoding="utf-16")


def _broken_utf_8(source):
    path = next(source.rglob("Address_46.csv"))
    path.write_bytes(path.read_bytes()[:-40] + b"\xff\xff" + path.read_bytes()[-40:])


SPOILS = [
    (_cut_mid_row, r"Address_46.csv, line \d+, has \d+ columns instead of 29: the file looks cut off"),
    (_cut_in_the_last_cell, "Address_46.csv does not end with a line break"),
    (_cut_inside_quotes, "Address_46.csv cannot be read to its end: unexpected end of data"),
    (_column_renamed, "Address_46.csv lacks the columns MAIL_POSTAL_CODE"),
    (_older_map, r"Location_46.csv has the ridings of an older electoral map \(column FED_2021_CODE\)"),
    (_older_map_under_the_same_column, "343 of 343 ridings have another name than ours, such as 10001"),
    (_riding_that_we_do_not_have, "Location_46.csv names the riding “46099”, which we do not have"),
    (_location_in_two_ridings, "puts 1 locations into two ridings"),
    (_empty, "Address_46.csv lacks the columns"),
    (_headers_only, "Only 0 ridings with addresses"),
    (_files_renamed, "0 and 15 of them were found"),
    (_half_of_the_addresses, "locations have no address"),
    (_every_second_location, "at locations that the source does not list"),
    (_a_province_is_missing, "Only 221 ridings with addresses"),
    (part_is_missing, "homes in QC 3,120 → 1,560"),
    (half_of_a_small_province, "homes in MB 560 → 279"),
    (_doubled, "homes in ON 4,880 → 7,320"),
    (_two_releases, "address_35_part_1.csv twice"),
    (_nul, "Address_46.csv holds NUL characters"),
    (_giant_field, "Address_46.csv holds a line of more than 100000 characters"),
    (_giant_quoted_field, "Address_46.csv cannot be read to its end: field larger than field limit"),
    (_absurd_number, "addresses make no sense, first in Address_46.csv, row 2"),
    (_absurd_riding, "Location_46.csv names the riding “99999999999999999999”"),
    (_codes_are_something_else, r"13,720 of 13,720 addresses make no sense"),
    (_codes_are_gone, "4,880 of 13,720 addresses have no postal code"),
    (_utf_16, r"Address_46.csv (holds NUL|lacks the columns)"),
    (_broken_utf_8, "Address_46.csv cannot be read to its end"),
]


@pytest.mark.parametrize(("spoil", "reason"), SPOILS, ids=[spoil.__name__ for spoil, _reason in SPOILS])
def test_a_spoiled_source_changes_nothing_and_says_why(loaded, spoil, reason):
    before = state()
    spoil(loaded)
    with pytest.raises(ImportFailed, match=reason):
        import_addresses([str(loaded)])
    postal_table.forget()
    assert state() == before
    assert postal_table.ridings_of(SHARED) == {35001: 10, 35002: 10}
    assert ImportRun.objects.order_by("pk").last().outcome in ("refused", "failed")
    assert ImportRun.objects.order_by("pk").last().summary[-1]


@pytest.mark.parametrize(
    "spoil", [_cut_mid_row, _older_map_under_the_same_column, _half_of_the_addresses, _every_second_location, _nul]
)
def test_a_spoiled_source_is_no_first_table_either(source, spoil):
    spoil(source)
    with pytest.raises(ImportFailed):
        import_addresses([str(source)])
    assert state() == ([], 0)


@pytest.mark.parametrize("keep", [0.3, 0.9, 0.999])
def test_a_truncated_archive_is_refused(loaded, keep):
    path, before = zipped(loaded), state()
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * keep)])
    with pytest.raises(ImportFailed, match="no whole zip archive"):
        import_addresses([str(path)])
    assert state() == before


def test_an_archive_with_a_flipped_byte_is_refused(loaded):
    path, before = zipped(loaded), state()
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo("Addresses/Address_35_part_1.csv")
    content = bytearray(path.read_bytes())
    content[info.header_offset + 200 + info.compress_size // 2] ^= 0xFF
    path.write_bytes(content)
    with pytest.raises(ImportFailed, match=r"Address_35_part_1\.csv"):
        import_addresses([str(path)])
    assert state() == before


def test_an_encrypted_archive_and_an_unknown_compression_are_refused(loaded):
    path = zipped(loaded)
    content = bytearray(path.read_bytes())
    for at in (i for i in range(len(content)) if content[i : i + 4] == b"PK\x01\x02"):
        content[at + 8] |= 1
    path.write_bytes(content)
    with pytest.raises(ImportFailed, match="encrypted"):
        import_addresses([str(path)])


@pytest.mark.parametrize("content", [b"", b"PK", b"LOC_GUID,FED_CODE\r\n", b"\0" * 1000])
def test_a_source_that_is_something_else_is_refused(ridings, tmp_path, content):
    path = tmp_path / "register.zip"
    path.write_bytes(content)
    for source in (path, tmp_path / "missing.zip", tmp_path / "a\0b\udcff", tmp_path):
        with pytest.raises(ImportFailed):
            import_addresses([str(source)], release="2025-07")
    assert ImportRun.objects.filter(outcome__in=["failed", "refused"]).count() == 4


def test_without_ridings_nothing_is_imported(db, tmp_path):
    with pytest.raises(ImportRefused, match="import_ridings first"):
        import_addresses([str(tmp_path)])
