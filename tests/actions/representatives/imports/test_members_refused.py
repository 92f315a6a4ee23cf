"""A set of members that cannot be right, or did not arrive whole, changes nothing; the last good one stays."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from actions.representatives.imports.members import import_members, members_are_stale
from actions.representatives.imports.outcome import ImportFailed, ImportRefused
from actions.representatives.models import Representative, Riding
from actions.representatives.records import ImportRun
from tests.actions.representatives.imports.seats import seats, sitting
from tests.actions.representatives.imports.sources import house_csv, house_xml

pytestmark = pytest.mark.django_db


def _cut_off(sources):
    del sources.house[290:]


def _contacts_cut_off(sources):
    del sources.contacts[290:]


def _member_twice(sources):
    sources.house[0]["PersonId"] = sources.house[1]["PersonId"]


def _riding_twice(sources):
    sources.house[0]["ConstituencyName"] = "RIDING 10002"


def _riding_twice_by_alias(sources):
    Riding.objects.filter(pk=10002).update(aliases=["Also"])
    sources.house[0]["ConstituencyName"] = "Also"


def _no_names(sources):
    sources.house[5]["PersonOfficialLastName"] = ""


def _half_without_email(sources):
    for row in sources.contacts[::2]:
        row["email"] = ""


def _an_election(sources):
    for row in sources.house[:35]:
        row["PersonId"] = str(500_000 + int(row["PersonId"]))


def _no_party(sources):
    for row in sources.house:
        row["CaucusShortName"] = ""


def _renamed_ridings(sources):
    for row in sources.house[:50]:
        row["ConstituencyName"] = "Renamed " + row["ConstituencyName"]


@pytest.mark.parametrize(
    "spoil",
    [
        _cut_off,
        _contacts_cut_off,
        _member_twice,
        _riding_twice,
        _riding_twice_by_alias,
        _no_names,
        _half_without_email,
        _an_election,
        _no_party,
        _renamed_ridings,
    ],
)
def test_a_set_that_cannot_be_right_is_refused_and_the_last_good_one_kept(imported, spoil):
    before = seats()
    spoil(imported)
    with pytest.raises(ImportRefused):
        import_members(**imported.write())
    assert seats() == before
    assert ImportRun.objects.order_by("pk").last().outcome == "refused"


def test_an_election_is_taken_when_somebody_accepts_it(imported):
    _an_election(imported)
    import_members(**imported.write(), accept_large_change=True)
    assert sitting(10001).person_id == 610_001
    assert Representative.objects.filter(is_current=False).count() == 35


@pytest.mark.parametrize("mode", ["503", "html", "cut", "redirect"])
def test_a_broken_download_keeps_the_last_good_set(imported, represent, mode):
    imported.write()
    represent.mode, before = mode, seats()
    with pytest.raises(ImportFailed):
        import_members(house=str(imported.house_path))
    with pytest.raises(ImportFailed):
        import_members(house=f"{represent.url}/house.xml", contact_list=str(imported.contacts_path))
    assert seats() == before


def _half(content):
    return content[: len(content) // 2]


def _cut_mid_row(content):
    return content[: content.rindex("Sample62001") + 4]


def _names_renamed(content):
    return content.replace("PersonOfficialLastName", "LastName").replace("Last Name", "Surname")


def _ridings_renamed(content):
    return content.replace("ConstituencyName", "Riding").replace("Constituency,", "Riding,")


@pytest.mark.parametrize("write", [house_xml, house_csv])
@pytest.mark.parametrize("spoil", [_half, _cut_mid_row, _names_renamed, _ridings_renamed])
def test_a_truncated_renamed_or_half_empty_list_changes_nothing_and_says_so(imported, write, spoil):
    before, paths = seats(), imported.write()
    imported.house_path.write_text(spoil(write(imported.house)), encoding="utf-8")
    with pytest.raises(ImportFailed):
        import_members(**paths)
    assert seats() == before
    run = ImportRun.objects.order_by("pk").last()
    assert run.outcome in ("refused", "failed")
    assert run.summary[-1]


@pytest.mark.parametrize("spoil", [_half, lambda content: content.replace('"email"', '"mail"')])
def test_truncated_or_renamed_addresses_change_nothing(imported, spoil):
    before, paths = seats(), imported.write()
    imported.contacts_path.write_text(spoil(imported.contacts_path.read_text()), encoding="utf-8")
    with pytest.raises(ImportFailed):
        import_members(**paths)
    assert seats() == before


def test_the_command_says_what_changed_and_fails_on_a_refusal(imported, capsys):
    del imported.house[0]
    paths = imported.write()
    call_command("import_members", file=paths["house"], contacts=paths["contact_list"])
    said = capsys.readouterr().out
    assert "Alex Sample10001 left Riding 10001." in said
    assert "342 members placed." in said
    _cut_off(imported)
    imported.write()
    with pytest.raises(CommandError, match="kept"):
        call_command("import_members", file=paths["house"], contacts=paths["contact_list"])


def test_members_are_stale_a_week_after_the_last_good_import(imported):
    now = timezone.now()
    assert not members_are_stale(now)
    assert members_are_stale(now + timedelta(days=8))
    _cut_off(imported)
    with pytest.raises(ImportRefused):
        import_members(**imported.write())
    ImportRun.objects.filter(outcome="done").delete()
    assert members_are_stale(now)
