import csv
import json

import pytest
from django.core.management import CommandError, call_command

from actions.representatives.imports.outcome import ImportFailed, ImportRefused
from actions.representatives.imports.ridings import import_ridings
from actions.representatives.models import Riding
from actions.representatives.records import ImportRun
from tests.actions.representatives.imports.sources import FED_NUMS, riding_rows
from tests.factories.representatives import RidingFactory
from tests.stubs.represent import FEDERAL_SET, boundary, listing

pytestmark = pytest.mark.django_db


@pytest.fixture
def load(tmp_path):
    def run(rows, **options):
        path = tmp_path / "ridings.json"
        path.write_text(json.dumps(rows), encoding="utf-8")
        return import_ridings(source=str(path), **options)

    return run


def test_a_first_import_makes_all_ridings_with_their_province(load):
    report = load(riding_rows())
    assert (report.rows, Riding.objects.count()) == (343, 343)
    riding = Riding.objects.get(pk=24001)
    assert (riding.name_en, riding.name_fr, riding.province) == ("Riding 24001", "Circonscription 24001", "QC")
    assert riding.fetched_at is not None
    run = ImportRun.objects.get()
    assert (run.source, run.outcome, run.rows) == ("ridings", "done", 343)


def test_a_second_import_changes_nothing(load):
    load(riding_rows())
    assert load(riding_rows()).lines == ["Nothing changed."]


def test_a_renamed_riding_keeps_its_former_name_as_an_alias(load):
    load(riding_rows())
    report = load(riding_rows(r35001="New Name"))
    riding = Riding.objects.get(pk=35001)
    assert (riding.name_en, riding.aliases) == ("New Name", ["Riding 35001"])
    assert report.lines == ["Riding 35001 (35001) is now called New Name."]
    load(riding_rows())
    assert Riding.objects.get(pk=35001).aliases == ["Riding 35001", "New Name"]


def test_what_editors_added_stays(load):
    load(riding_rows())
    Riding.objects.filter(pk=35001).update(name_zh="選區", aliases=["Old"])
    load(riding_rows(r35001="New Name"))
    riding = Riding.objects.get(pk=35001)
    assert (riding.name_zh, riding.aliases) == ("選區", ["Old", "Riding 35001"])


def test_a_set_that_is_cut_off_is_refused_and_the_good_one_kept(load):
    load(riding_rows())
    with pytest.raises(ImportRefused, match="Only 299"):
        load(riding_rows(299))
    assert Riding.objects.count() == 343
    assert ImportRun.objects.filter(outcome="refused").count() == 1


def test_a_set_that_changes_over_a_tenth_is_refused_unless_somebody_accepts_it(load):
    load(riding_rows())
    renamed = riding_rows(**{f"r{number}": f"Other {number}" for number in FED_NUMS[:35]})
    with pytest.raises(ImportRefused, match="35 of 343") as refusal:
        load(renamed)
    assert len(refusal.value.lines) == 35
    assert not Riding.objects.filter(name_en__startswith="Other").exists()
    load(renamed, accept_large_change=True)
    assert Riding.objects.filter(name_en__startswith="Other").count() == 35


def test_a_riding_that_vanishes_is_kept_and_reported(load):
    load(riding_rows())
    report = load(riding_rows(340))
    assert Riding.objects.count() == 343
    assert report.lines[0] == "Riding 60001 (60001) is not in the source; it was kept."


@pytest.mark.parametrize(
    "broken",
    [
        {"FED_NUM": 99001},
        {"FED_NUM": "x"},
        {"FED_NUM": "9" * 5000},
        {"FED_NUM": ""},
        {"ED_NAMEE": " "},
        {"REP_ORDER": "2013"},
        {"FED_NUM": 10002},
    ],
)
def test_a_row_that_makes_no_sense_refuses_the_whole_set(load, broken):
    rows = riding_rows()
    rows[0] |= broken
    with pytest.raises(ImportRefused):
        load(rows)
    assert not Riding.objects.exists()


def test_a_table_is_read_by_its_headers_with_a_byte_order_mark_and_surplus_columns(tmp_path):
    path = tmp_path / "ridings.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, ["ED_NAMEF", "SHAPE_AREA", "FED_NUM", "ED_NAMEE", "REP_ORDER"], restval="1.5")
        writer.writeheader()
        writer.writerows(riding_rows())
    import_ridings(source=str(path))
    assert Riding.objects.get(pk=62001).name_fr == "Circonscription 62001"


def test_geojson_properties_are_rows(load):
    load({"type": "FeatureCollection", "features": [{"type": "Feature", "properties": row} for row in riding_rows()]})
    assert Riding.objects.count() == 343


@pytest.mark.parametrize("content", [b"", b"{", b"{}", b"[1]", b"\xff\xfe", b"<html></html>"])
def test_a_file_that_is_something_else_is_refused(tmp_path, content):
    path = tmp_path / "ridings.json"
    path.write_bytes(content)
    with pytest.raises(ImportFailed):
        import_ridings(source=str(path))
    assert ImportRun.objects.get().outcome in ("failed", "refused")


def _table(rows):
    names = ["FED_NUM", "ED_NAMEE", "ED_NAMEF", "REP_ORDER"]
    return "\r\n".join([",".join(names), *(",".join(str(row[name]) for name in names) for row in rows)]) + "\r\n"


def _renamed(content):
    return content.replace("FED_NUM", "DISTRICT")


def _names_renamed(content):
    return content.replace("ED_NAMEE", "NAME_OF_DISTRICT")


def _cut_mid_row(content):
    return content[: content.rindex("Riding 62001") + 6]


def _half(content):
    return content[: len(content) // 2]


@pytest.mark.parametrize("kind", ["json", "csv"])
@pytest.mark.parametrize("spoil", [_renamed, _names_renamed, _cut_mid_row, _half])
def test_a_truncated_renamed_or_half_empty_file_changes_nothing_and_says_so(load, tmp_path, kind, spoil):
    load(riding_rows())
    before = list(Riding.objects.order_by("pk").values())
    content = json.dumps(riding_rows()) if kind == "json" else _table(riding_rows())
    path = tmp_path / f"spoiled.{kind}"
    path.write_text(spoil(content), encoding="utf-8")
    with pytest.raises(ImportFailed):
        import_ridings(source=str(path))
    assert list(Riding.objects.order_by("pk").values()) == before
    run = ImportRun.objects.order_by("pk").last()
    assert run.outcome in ("refused", "failed")
    assert run.summary[-1]


def test_a_dry_run_says_what_would_change_and_writes_nothing(load):
    report = load(riding_rows(), is_dry_run=True)
    assert "Riding 10001 (10001) is new." in report.lines
    assert not Riding.objects.exists()
    assert not ImportRun.objects.exists()


def test_represent_gives_the_list_and_one_answer_per_missing_french_name(represent):
    for number in FED_NUMS[:-1]:
        RidingFactory(fed_num=number)
    represent.lists[f"/boundaries/{FEDERAL_SET}/"] = listing([boundary(number) for number in FED_NUMS])
    details = {**boundary(62001), "metadata": {"FED_NUM": 62001, "ED_NAMEF": "Le Grand Nord", "REP_ORDER": "2023"}}
    represent.lists[f"/boundaries/{FEDERAL_SET}/62001/"] = details
    pauses = []
    import_ridings(pause=pauses.append, accept_large_change=True)
    assert Riding.objects.get(pk=62001).name_fr == "Le Grand Nord"
    assert len(represent.requests) == 2
    assert pauses == [1.5]


@pytest.mark.parametrize("mode", ["503", "html", "cut", "redirect"])
def test_a_failing_represent_fails_the_import_and_keeps_the_last_good_set(load, represent, mode):
    load(riding_rows())
    represent.mode = mode
    with pytest.raises(ImportFailed):
        import_ridings()
    assert Riding.objects.count() == 343
    assert ImportRun.objects.order_by("pk").last().outcome == "failed"


def test_the_command_ends_with_an_error_and_names_what_was_kept(tmp_path, capsys):
    path = tmp_path / "ridings.json"
    path.write_text(json.dumps(riding_rows(10)))
    with pytest.raises(CommandError, match=r"Only 10 ridings .* were kept"):
        call_command("import_ridings", file=str(path))
    path.write_text(json.dumps(riding_rows()))
    call_command("import_ridings", file=str(path))
    assert "343 ridings read." in capsys.readouterr().out


def test_an_address_elsewhere_is_not_fetched():
    with pytest.raises(ImportFailed, match="host not allowed"):
        import_ridings(source="http://169.254.169.254/latest/meta-data/")
