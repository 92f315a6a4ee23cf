"""The House of Commons' list of members: who sits where. It has no e-mail and no riding number.

XML and CSV of https://www.ourcommons.ca/Members/en/search ; both are read by name, and surplus fields are ignored.
"""

from __future__ import annotations

from dataclasses import dataclass

from actions.representatives.imports.outcome import ImportRefused
from actions.representatives.imports.reading import csv_rows, read, xml_rows
from actions.representatives.matching import fold

MEMBERS_URL = "https://www.ourcommons.ca/Members/en/search/XML"
# Titles that say nothing about rank; the House gives them to some members only.
_PLAIN_TITLES = {"Mr.": "M", "Ms.": "F", "Mrs.": "F"}


@dataclass(frozen=True)
class HouseMember:
    """``person_id`` is None in the CSV, which has no numbers; ``gender`` only where a Mr. or Ms. is listed."""

    person_id: int | None
    honorific: str
    gender: str
    first_name: str
    last_name: str
    riding_name: str
    party: str

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"


def house_members(source: str) -> list[HouseMember]:
    """The members who sit now. Raises ImportFailed, and ImportRefused for a row without a name and for duplicates."""
    text = read(source)
    members = _from_xml(text) if text.lstrip().startswith("<") else _from_csv(text)
    for member in members:
        if not (member.first_name and member.last_name and member.riding_name):
            raise ImportRefused(f"A row lacks a name or a riding: “{member.name}”, “{member.riding_name}”.")
    _refuse_twice("riding", [fold(member.riding_name) for member in members])
    _refuse_twice("member", [str(member.person_id) for member in members if member.person_id])
    return members


def _from_xml(text: str) -> list[HouseMember]:
    return [
        _member(
            number=row.get("PersonId", ""),
            honorific=row.get("PersonShortHonorific", ""),
            first_name=row.get("PersonOfficialFirstName", ""),
            last_name=row.get("PersonOfficialLastName", ""),
            riding_name=row.get("ConstituencyName", ""),
            party=row.get("CaucusShortName", ""),
        )
        for row in xml_rows(text, "MemberOfParliament")
        if not row.get("ToDateTime")
    ]


def _from_csv(text: str) -> list[HouseMember]:
    return [
        _member(
            number=row.get("PersonId", ""),
            honorific=row.get("Honorific Title", ""),
            first_name=row.get("First Name", ""),
            last_name=row.get("Last Name", ""),
            riding_name=row.get("Constituency", ""),
            party=row.get("Political Affiliation", ""),
        )
        for row in csv_rows(text)
        if not row.get("End Date")
    ]


def _member(*, number: str, honorific: str, **names: str) -> HouseMember:
    is_number = number.isascii() and number.isdigit() and len(number) < 10
    return HouseMember(
        person_id=int(number) if is_number else None,
        honorific="" if honorific in _PLAIN_TITLES else honorific,
        gender=_PLAIN_TITLES.get(honorific, ""),
        **names,
    )


def _refuse_twice(what: str, keys: list[str]) -> None:
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise ImportRefused(f"The source lists a {what} twice: {', '.join(twice[:5])}.")
