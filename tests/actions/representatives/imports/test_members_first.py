"""A first import of members: everybody is seated, with the addresses that are listed and in usable form."""

import pytest

from actions.representatives.imports.members import import_members
from actions.representatives.imports.outcome import ImportFailed, ImportRefused
from actions.representatives.records import ImportRun
from tests.actions.representatives.imports.seats import seats, sitting
from tests.actions.representatives.imports.sources import Sources, house_xml
from tests.stubs.represent import listing

pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize("listed", ["not an address", "a@b", "x@parl.example\nBcc: y@z.example", None, 7])
def test_an_email_in_no_usable_form_stays_blank(sources, listed):
    sources.contacts[0]["email"] = listed
    import_members(**sources.write())
    assert sitting(10001).email == ""


def test_emails_that_appear_later_are_no_large_change(sources):
    for row in sources.contacts:
        row["email"] = ""
    import_members(**sources.write())
    import_members(
        house=str(sources.house_path), contact_list=Sources(sources.house_path.parent).write()["contact_list"]
    )
    assert all(seats().values())


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


def test_an_xml_bomb_is_refused(sources):
    paths = sources.write()
    sources.house_path.write_text('<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>')
    with pytest.raises(ImportFailed, match="not XML"):
        import_members(**paths)
