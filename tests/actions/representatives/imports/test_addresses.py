"""The address register's import: what it keeps, and what becomes of the last good table."""

import subprocess
import sys
import zipfile

import pytest
from django.core.management import CommandError, call_command

from actions.representatives import postal_table
from actions.representatives.imports.addresses import import_addresses, release_of
from actions.representatives.imports.outcome import ImportFailed, ImportRefused
from actions.representatives.models import Riding
from actions.representatives.records import ImportRun, PostalStreets, PostalTable
from actions.representatives.streets import settle
from tests.actions.representatives.imports.register_edits import (
    OWN,
    SHARED,
    edit,
    half_of_a_small_province,
    part_is_missing,
    state,
    zipped,
)
from tests.actions.representatives.imports.register_source import RegisterSource, code_of

pytestmark = pytest.mark.django_db


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
    part_is_missing(loaded)
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
    half_of_a_small_province(loaded)
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
