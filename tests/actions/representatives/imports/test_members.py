from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from actions.representatives.imports.members import import_members, members_are_stale
from actions.representatives.imports.outcome import ImportFailed, ImportRefused
from actions.representatives.models import Representative, Riding
from actions.representatives.records import ImportRun
from tests.actions.representatives.imports.sources import FED_NUMS, Sources, house_csv, house_xml
from tests.factories.representatives import RidingFactory
from tests.stubs.represent import listing

pytestmark = pytest.mark.django_db


@pytest.fixture
def sources(tmp_path):
    Riding.objects.bulk_create(RidingFactory.build(fed_num=number) for number in FED_NUMS)
    return Sources(tmp_path)


@pytest.fixture
def imported(sources):
    import_members(**sources.write())
    return sources


def sitting(fed_num):
    return Representative.objects.get(riding_id=fed_num, is_current=True)


def seats():
    return dict(Representative.objects.filter(is_current=True).values_list("riding_id", "email"))


def test_a_first_import_seats_everybody_with_listed_addresses(sources):
    sources.house[0] |= {"PersonShortHonorific": "Hon."}
    sources.house[1] |= {"PersonShortHonorific": "Ms."}
    sources.contacts[0] |= {"extra": {"preferred_languages": ["French", "English"]}, "gender": "M"}
    report = import_members(**sources.write())
    assert (report.rows, len(seats())) == (343, 343)
    person = sitting(10001)
    assert (person.name, person.person_id, person.honorific) == ("Alex Sample10001", 110001, "Hon.")
    assert (person.email, person.languages, person.gender) == ("alex.sample10001@parl.example", ["fr", "en"], "M")
    assert (person.party_name_en, person.party_name_fr) == ("NDP", "NPD")
    assert person.hill_phone == "1 613 555-0100"
    assert (sitting(10002).honorific, sitting(10002).gender) == ("", "F")
    assert ImportRun.objects.get().outcome == "done"


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


@pytest.mark.parametrize("listed", ["not an address", "a@b", "x@parl.example\nBcc: y@z.example", None, 7])
def test_an_email_in_no_usable_form_stays_blank(sources, listed):
    sources.contacts[0]["email"] = listed
    import_members(**sources.write())
    assert sitting(10001).email == ""


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


def test_emails_that_appear_later_are_no_large_change(sources):
    for row in sources.contacts:
        row["email"] = ""
    import_members(**sources.write())
    import_members(
        house=str(sources.house_path), contact_list=Sources(sources.house_path.parent).write()["contact_list"]
    )
    assert all(seats().values())


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


def test_without_numbers_a_contact_needs_both_riding_and_name(sources):
    for row in sources.contacts:
        row["url"] = ""
    sources.contacts[0]["name"] = "Somebody Else"
    import_members(**sources.write())
    assert (sitting(10001).email, sitting(10002).email) == ("", "alex.sample10002@parl.example")


def test_without_ridings_nothing_is_imported(tmp_path):
    with pytest.raises(ImportRefused, match="import_ridings first"):
        import_members(**Sources(tmp_path).write())


def test_both_lists_are_fetched_over_http(sources, represent):
    represent.files["/house.xml"] = ("application/xml", house_xml(sources.house).encode())
    represent.lists["/representatives/house-of-commons/"] = listing(sources.contacts)
    import_members(house=f"{represent.url}/house.xml")
    assert len(seats()) == 343


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


def test_an_xml_bomb_is_refused(sources):
    paths = sources.write()
    sources.house_path.write_text('<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>')
    with pytest.raises(ImportFailed, match="not XML"):
        import_members(**paths)


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
