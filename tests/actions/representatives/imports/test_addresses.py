"""The address register's import: what it keeps, and what it refuses without touching the last good table."""

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from actions.representatives import postal_table
from actions.representatives.imports.addresses import import_addresses, release_of
from actions.representatives.imports.outcome import ImportFailed, ImportRefused
from actions.representatives.models import Riding
from actions.representatives.records import ImportRun, PostalStreets, PostalTable
from actions.representatives.streets import settle
from tests.actions.representatives.imports.register_source import RegisterSource, code_of
from tests.actions.representatives.imports.sources import FED_NUMS
from tests.factories.representatives import RidingFactory

pytestmark = pytest.mark.django_db
POSTAL_CODE = re.compile(",[A-Z][0-9][A-Z][0-9][A-Z][0-9],")
SHARED, OWN = code_of(35, 0), code_of(35, 1)


@pytest.fixture
def ridings(db):
    Riding.objects.bulk_create(RidingFactory.build(fed_num=number) for number in FED_NUMS)


@pytest.fixture
def source(ridings, tmp_path) -> Path:
    """A folder with a small register: two codes in each riding, the first of them shared with the next riding."""
    return RegisterSource(homes=13_720).write(tmp_path / "202507")


@pytest.fixture
def loaded(source) -> Path:
    import_addresses([str(source)])
    postal_table.forget()
    return source


def edit(source: Path, name: str, change) -> None:
    """Change one file's lines; ``change`` takes the list of them, with their line breaks."""
    path = next(source.rglob(name))
    lines = path.read_text("utf-8-sig").splitlines(keepends=True)
    path.write_text("".join(change(lines)), encoding="utf-8-sig", newline="")


def with_cell(name: str, row: int, value: str):
    def change(lines):
        place = lines[0].rstrip().split(",").index(name)
        cells = lines[row].split(",")
        cells[place] = value
        return [*lines[:row], ",".join(cells), *lines[row + 1 :]]

    return change


def zipped(source: Path) -> Path:
    path = source.parent / "register-202507.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(source.rglob("*.csv")):
            archive.write(file, file.relative_to(source))
    return path


def state():
    return list(PostalTable.objects.values_list("pk", "sha256", "is_current")), PostalStreets.objects.count()


def test_every_riding_and_every_code_is_counted(loaded):
    table = PostalTable.objects.get()
    assert (table.addresses, table.codes, len(table.ridings), table.release) == (13_720, 686, 343, "2025-07")
    assert postal_table.ridings_of(SHARED) == {35001: 10, 35002: 10}
    assert postal_table.ridings_of(OWN) == {35001: 20}
    assert postal_table.ridings_of("K9Z9Z9") == {}
    run = ImportRun.objects.get()
    assert (run.source, run.outcome, run.rows) == ("addresses", "done", 13_720)
    assert "There was no table before." in run.summary


def test_streets_are_kept_for_codes_in_several_ridings_only(loaded):
    assert set(PostalStreets.objects.filter(code__in=[SHARED, OWN]).values_list("code", flat=True)) == {SHARED}
    assert settle(SHARED, "3 Maple Street") == 35001
    assert settle(SHARED, "12-8 maple st") == 35002
    assert settle(OWN, "3 King St W") is None


@pytest.mark.parametrize(
    "options", [{"encoding": "latin-1"}, {"encoding": "utf-8"}, {"is_reversed": True}, {"encoding": "utf-8-sig"}]
)
def test_older_encodings_and_another_order_of_columns_give_the_same_table(loaded, tmp_path, options):
    before = PostalTable.objects.get().sha256
    other = RegisterSource(homes=13_720, **options).write(tmp_path / "other-2025-07")
    import_addresses([str(other)])
    assert PostalTable.objects.get().sha256 == before


def test_accents_survive_latin_1(ridings, tmp_path):
    import_addresses([str(RegisterSource(homes=13_720, encoding="latin-1").write(tmp_path / "old-2025-07"))])
    stored = PostalStreets.objects.filter(code__startswith="G").values_list("streets", flat=True)
    assert any(street[0] == "principale" for streets in stored for street in streets)
    edit_code = PostalStreets.objects.filter(code=code_of(24, 0)).get()
    assert settle(edit_code.code, "２, rue Principale, app. 7") == 24001


def test_an_archive_and_several_archives_give_the_same_table(loaded, tmp_path):
    before = PostalTable.objects.get().sha256
    import_addresses([str(zipped(loaded))])
    assert PostalTable.objects.get().sha256 == before
    halves = [tmp_path / "202507-one.zip", tmp_path / "202507-two.zip"]
    files = sorted(loaded.rglob("*.csv"))
    for half, some in zip(halves, (files[::2], files[1::2]), strict=True):
        with zipfile.ZipFile(half, "w") as archive:
            for file in some:
                archive.write(file, file.name)
    import_addresses([str(half) for half in halves])
    assert PostalTable.objects.get().sha256 == before


def test_what_is_no_home_does_not_count(source):
    edit(source, "Address_60.csv", lambda lines: [line.replace(",1\n", ",3\n") for line in lines[:-1]] + lines[-1:])
    report = import_addresses([str(source)])
    postal_table.forget()
    assert postal_table.ridings_of(code_of(60, 1)) == {60001: 1}
    assert "39 addresses with another use than a home were left out." in report.lines


def test_addresses_without_a_code_and_locations_without_a_riding_are_left_out_and_told(source):
    code = code_of(60, 1)
    edit(source, "Address_60.csv", lambda lines: [line.replace(f",{code},", ",,") for line in lines])
    edit(
        source,
        "Location_61.csv",
        lambda lines: [
            lines[0],
            *(line.replace("61001,Riding 61001,Circonscription 61001", ",,") for line in lines[1:]),
        ],
    )
    report = import_addresses([str(source)])
    assert "20 addresses without a postal code were left out." in report.lines
    assert "40 addresses without a riding were left out." in report.lines
    assert "Ridings without homes in the source (1): Riding 61001 (61001)." in report.lines


def test_a_dry_run_says_everything_and_writes_nothing(source):
    report = import_addresses([str(source)], is_dry_run=True)
    assert "13,720 homes in 686 postal codes and 343 ridings." in report.lines
    assert state() == ([], 0)
    assert not ImportRun.objects.exists()


def test_the_next_release_takes_the_place_of_the_last_and_says_what_changed(loaded):
    edit(loaded, "Address_60.csv", lambda lines: lines[:-2])
    edit(loaded, "Address_59.csv", lambda lines: lines[:-4])
    report = import_addresses([str(loaded)], accept_large_change=True)
    postal_table.forget()
    assert PostalTable.objects.get().addresses == 13_714
    assert "Homes: 13,714, before 13,720." in report.lines
    assert not PostalStreets.objects.exclude(table=PostalTable.objects.get()).exists()
    assert sum(postal_table.ridings_of(code_of(60, 1)).values()) == 18


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


def _part_is_missing(source):
    next(source.rglob("Address_24_part_2.csv")).unlink()


def _half_of_a_small_province(source):
    edit(source, "Address_46.csv", lambda lines: lines[: len(lines) // 2])


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
    (_part_is_missing, "homes in QC 3,120 → 1,560"),
    (_half_of_a_small_province, "homes in MB 560 → 279"),
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


def test_a_table_that_cannot_be_written_leaves_the_last_one(loaded, monkeypatch):
    before = state()

    def fail(self):
        yield SHARED, []
        raise ImportFailed("the disk is full")

    monkeypatch.setattr("actions.representatives.imports.register.streets.StreetNumbers.by_code", fail)
    with pytest.raises(ImportFailed, match="disk is full"):
        import_addresses([str(loaded)])
    assert state() == before


def test_a_large_change_is_taken_when_somebody_accepts_it(loaded):
    _part_is_missing(loaded)
    import_addresses([str(loaded)], accept_large_change=True)
    assert PostalTable.objects.get().addresses == 12_160


def test_a_renamed_riding_is_told_and_no_reason_to_refuse(source):
    Riding.objects.filter(pk=35001).update(name_en="New name", name_fr="Nouveau nom")
    assert "Ridings with another name than ours: 35001." in import_addresses([str(source)]).lines


def test_the_release_is_read_off_the_name_of_the_source():
    assert [release_of([name]) for name in ("/x/202507.zip", "NAR-2025-07/", "2024.zip", "202513.zip")] == [
        "2025-07", "2025-07", "", "",
    ]  # fmt: skip


def test_a_source_without_a_date_is_refused_because_the_licence_wants_it_named(source):
    renamed = source.rename(source.with_name("register"))
    with pytest.raises(ImportRefused, match="add --release YYYY-MM"):
        import_addresses([str(renamed)])
    import_addresses([str(renamed)], release="2025-07")
    assert PostalTable.objects.get().release == "2025-07"


def test_the_command_says_how_far_it_is_and_fails_on_a_refusal(loaded, capsys):
    call_command("import_addresses", str(loaded), release="2026-01")
    said = capsys.readouterr().out
    assert "Address_10.csv: 280 addresses" in said
    assert "Homes: 13,720, before 13,720." in said
    assert PostalTable.objects.get().release == "2026-01"
    _half_of_a_small_province(loaded)
    with pytest.raises(CommandError, match=r"homes in MB .* were kept"):
        call_command("import_addresses", str(loaded))
    with pytest.raises(CommandError, match="YYYY-MM"):
        call_command("import_addresses", str(loaded), "--release", "July")


READING = """
import os, resource, sys
import django
django.setup()
from actions.representatives.imports.register.addresses import count_addresses
from actions.representatives.imports.register.files import register_files, rows
from actions.representatives.imports.register.places import Places
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
files, places = register_files([sys.argv[1]]), Places()
for file in files.locations:
    for location, _riding in rows(file, ("LOC_GUID", "FED_CODE")):
        places.add(location, 1)
places.seal()
counts = count_addresses(files.addresses, places, print)
assert counts.rows == 48_020, counts.rows
print("MiB:", (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)
"""


def test_the_source_is_read_as_a_stream(tmp_path):
    """Eleven MiB of text may take a few MiB of memory; a million addresses stay under 200 MB in the same way."""
    path = RegisterSource(homes=50_000).write_zip(tmp_path / "register.zip")
    done = subprocess.run([sys.executable, "-c", READING, str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert float(done.stdout.rpartition("MiB:")[2]) < 10
