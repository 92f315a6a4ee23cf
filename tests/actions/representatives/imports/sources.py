"""Generated sources of 343 rows in the published formats; every person is invented."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from tests.stubs.represent import listing, member

SEATS = {
    10: 7, 11: 4, 12: 11, 13: 10, 24: 78, 35: 122, 46: 14, 47: 14, 48: 37, 59: 43, 60: 1, 61: 1, 62: 1,
}  # fmt: skip
FED_NUMS = [prefix * 1000 + seat for prefix, seats in SEATS.items() for seat in range(1, seats + 1)]


def riding_rows(count: int = 343, **renamed: str) -> list[dict[str, Any]]:
    """``renamed`` maps ``r<fed_num>`` to an English name."""
    return [
        {
            "FED_NUM": number,
            "ED_NAMEE": renamed.get(f"r{number}", f"Riding {number}"),
            "ED_NAMEF": f"Circonscription {number}",
            "REP_ORDER": "2023",
        }
        for number in FED_NUMS[:count]
    ]


def house_rows() -> list[dict[str, str]]:
    return [
        {
            "PersonId": str(100_000 + number),
            "PersonShortHonorific": "",
            "PersonOfficialFirstName": "Alex",
            "PersonOfficialLastName": f"Sample{number}",
            "ConstituencyName": f"Riding {number}",
            "ConstituencyProvinceTerritoryName": "Somewhere",
            "CaucusShortName": "NDP",
            "FromDateTime": "2025-04-28T00:00:00",
            "ToDateTime": "",
        }
        for number in FED_NUMS
    ]


def contact_rows() -> list[dict[str, Any]]:
    return [
        member(
            number,
            name=f"Alex Sample{number}",
            district_name=f"Riding {number}",
            email=f"alex.sample{number}@parl.example",
            url=f"https://www.ourcommons.ca/Members/en/alex-sample({100_000 + number})",
        )
        for number in FED_NUMS
    ]


def house_xml(rows: list[dict[str, str]]) -> str:
    def field(name: str, value: str) -> str:
        if name == "ToDateTime" and not value:
            return '<ToDateTime xsi:nil="true" />'
        return f"<{name}>{escape(value)}</{name}>" if value else f"<{name} />"

    members = "".join(
        f"<MemberOfParliament>{''.join(field(name, value) for name, value in row.items())}</MemberOfParliament>"
        for row in rows
    )
    schema = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    root = "ArrayOfMemberOfParliament"
    return f'<?xml version="1.0" encoding="utf-8"?><{root} {schema}>{members}</{root}>'


def house_csv(rows: list[dict[str, str]]) -> str:
    header = (
        "Internal Id,Honorific Title,First Name,Last Name,Constituency,Province / Territory,"
        "Political Affiliation,Start Date,End Date"
    )
    lines = [
        f"7,,{row['PersonOfficialFirstName']},{row['PersonOfficialLastName']},{row['ConstituencyName']},Somewhere,"
        f"{row['CaucusShortName']},2025-04-28 12:00:00 AM,"
        for row in rows
    ]
    return "\n".join([header, *lines]) + "\n"


class Sources:
    """The two sources of an import of members as files; change the rows, then call ``write()``."""

    def __init__(self, folder: Path) -> None:
        self.house, self.contacts = house_rows(), contact_rows()
        self.house_path, self.contacts_path = folder / "house.xml", folder / "contacts.json"

    def write(self) -> dict[str, str]:
        self.house_path.write_text(house_xml(self.house), encoding="utf-8")
        self.contacts_path.write_text(json.dumps(listing(self.contacts)), encoding="utf-8")
        return {"house": str(self.house_path), "contact_list": str(self.contacts_path)}
