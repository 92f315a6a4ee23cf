"""A second import of members: what changed is carried over and told, what is kept by hand stays."""

import pytest

from actions.representatives.imports.members import import_members
from actions.representatives.models import Representative, Riding
from actions.representatives.records import ImportRun
from tests.actions.representatives.imports.seats import seats, sitting
from tests.actions.representatives.imports.sources import house_csv

pytestmark = pytest.mark.django_db


def test_a_second_import_changes_nothing(imported):
    before = list(Representative.objects.order_by("pk").values_list("pk", "riding_id", "email", "offices"))
    assert import_members(**imported.write()).lines == ["Nothing changed."]
    assert list(Representative.objects.order_by("pk").values_list("pk", "riding_id", "email", "offices")) == before


def test_who_leaves_stays_as_history_and_the_seat_is_vacant(imported):
    del imported.house[0]
    report = import_members(**imported.write())
    assert report.lines == ["Alex Sample10001 left Riding 10001."]
    former = Representative.objects.get(person_id=110001)
    assert (former.is_current, former.riding_id) == (False, 10001)
    assert 10001 not in seats()


def test_a_member_with_an_end_date_does_not_sit(imported):
    imported.house[0] |= {"ToDateTime": "2026-01-01T00:00:00"}
    import_members(**imported.write())
    assert 10001 not in seats()


def test_a_by_election_replaces_the_member_and_not_the_address(imported):
    """Represent still lists the former member for the riding: that address must not go to the new one."""
    imported.house[0] |= {"PersonId": "777", "PersonOfficialFirstName": "Newly", "PersonOfficialLastName": "Elected"}
    report = import_members(**imported.write())
    assert (sitting(10001).name, sitting(10001).email) == ("Newly Elected", "")
    assert "Newly Elected is new in Riding 10001." in report.lines
    assert "Newly Elected: no e-mail is listed." in report.lines
    assert "Alex Sample10001 left Riding 10001." in report.lines


def test_two_members_who_swap_seats_keep_their_rows(imported):
    first, second = sitting(10001).pk, sitting(10002).pk
    imported.house[0]["ConstituencyName"], imported.house[1]["ConstituencyName"] = "Riding 10002", "Riding 10001"
    report = import_members(**imported.write())
    assert (sitting(10001).pk, sitting(10002).pk) == (second, first)
    assert report.lines == ["Alex Sample10001 moved to Riding 10002.", "Alex Sample10002 moved to Riding 10001."]


def test_a_member_who_comes_back_gets_the_old_row(imported):
    pk, gone = sitting(10001).pk, imported.house.pop(0)
    import_members(**imported.write())
    imported.house.append(gone)
    import_members(**imported.write())
    assert sitting(10001).pk == pk


def test_a_changed_and_a_removed_email_are_told(imported):
    imported.contacts[0]["email"], imported.contacts[1]["email"] = "new@parl.example", ""
    report = import_members(**imported.write())
    assert (sitting(10001).email, sitting(10002).email) == ("new@parl.example", "")
    assert report.lines == [
        "Alex Sample10001: the e-mail is now new@parl.example (was alex.sample10001@parl.example).",
        "Alex Sample10002: the e-mail is now not listed (was alex.sample10002@parl.example).",
    ]


def test_a_row_kept_by_hand_is_never_touched(imported):
    Representative.objects.filter(person_id=110001).update(locked_by_editor=True, email="hand@parl.example")
    Representative.objects.filter(person_id=110002).update(locked_by_editor=True, email="left@parl.example")
    Representative.objects.filter(person_id=110003).update(locked_by_editor=True)
    locked = Representative.objects.filter(locked_by_editor=True).order_by("pk")
    before = list(locked.values())
    imported.contacts[0]["email"] = "other@parl.example"
    imported.house[1] |= {"PersonId": "778", "PersonOfficialLastName": "Other"}
    imported.house[2]["ToDateTime"] = "2026-01-01T00:00:00"
    report = import_members(**imported.write())
    assert list(locked.values()) == before
    assert "Riding 10002 is kept by hand for Alex Sample10002; the House lists Alex Other." in report.lines
    assert any("Alex Sample10003 is kept by hand, but the House does not list" in line for line in report.lines)


def test_a_row_kept_by_hand_in_a_seat_that_the_house_gave_away_does_not_move(imported):
    Representative.objects.filter(person_id=110001).update(locked_by_editor=True)
    imported.house[0]["ConstituencyName"], imported.house[1]["ConstituencyName"] = "Riding 10002", "Riding 10001"
    import_members(**imported.write())
    assert sitting(10001).person_id == 110001
    assert 10002 not in seats()


def test_a_riding_name_that_nobody_knows_is_reported_and_never_guessed(imported):
    imported.house[0]["ConstituencyName"] = "Brand New Name"
    imported.house[1] |= {"PersonId": "779", "ConstituencyName": "Riding 1000"}
    report = import_members(**imported.write())
    assert sitting(10001).person_id == 110001
    assert not Representative.objects.filter(person_id=779).exists()
    assert 10002 not in seats()
    assert sum("No riding is called" in line for line in report.lines) == 2


def test_an_alias_finds_the_renamed_riding_whatever_its_accents(imported):
    Riding.objects.filter(pk=10001).update(aliases=["Cap—d’Été"])
    imported.house[0] |= {"ConstituencyName": "CAP - D'ETE", "PersonId": "780"}
    import_members(**imported.write())
    assert sitting(10001).person_id == 780


def test_a_name_that_two_ridings_share_is_nobodys(imported):
    Riding.objects.filter(pk__in=[10001, 10002]).update(aliases=["Shared"])
    imported.house[0] |= {"ConstituencyName": "Shared", "PersonId": "781"}
    import_members(**imported.write())
    assert not Representative.objects.filter(person_id=781).exists()


def test_a_dry_run_writes_nothing(imported):
    before = seats()
    del imported.house[0]
    report = import_members(**imported.write(), is_dry_run=True)
    assert "Alex Sample10001 left Riding 10001." in report.lines
    assert seats() == before
    assert ImportRun.objects.count() == 1


def test_the_csv_is_read_by_its_headers_with_byte_order_mark_and_surplus_columns(imported):
    imported.write()
    imported.house_path.write_text(house_csv(imported.house), encoding="utf-8-sig")
    report = import_members(house=str(imported.house_path), contact_list=str(imported.contacts_path))
    assert (report.rows, report.lines) == (343, ["Nothing changed."])
