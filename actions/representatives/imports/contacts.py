"""Published addresses of members, from Represent's list; an address that is not listed is never made up.

Shape: https://represent.opennorth.ca/api/#representativeset
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from actions.representatives import client
from actions.representatives.imports.outcome import ImportFailed, refuse_if_small
from actions.representatives.imports.reading import json_rows, read
from actions.representatives.matching import fold

_HOUSE = "/representative-sets/house-of-commons/"
_OFFICE_KEYS = ("type", "postal", "tel", "fax")
_LANGUAGES = {"english": "en", "anglais": "en", "french": "fr", "francais": "fr"}


@dataclass(frozen=True)
class Contact:
    email: str
    gender: str
    offices: list[dict[str, str]]
    languages: list[str]


class Contacts:
    """Contacts by the House's number of a person, else by riding and name together; never by the riding alone.

    Represent has listed former members for months, so that the address found for a riding may be someone else's.
    """

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        self._by_number: dict[int, Contact] = {}
        self._by_name: dict[tuple[str, str], Contact] = {}
        for row in rows:
            contact, number = _contact(row), _person_id(row)
            if number is not None:
                self._by_number[number] = contact
            else:
                self._by_name[fold(_text(row, "name")), fold(_text(row, "district_name"))] = contact

    def of(self, *, person_id: int | None, name: str, riding_names: list[str]) -> Contact | None:
        if person_id is not None and person_id in self._by_number:
            return self._by_number[person_id]
        found = (self._by_name.get((fold(name), fold(riding_name))) for riding_name in riding_names)
        return next((contact for contact in found if contact), None)


def contacts(source: str) -> Contacts:
    """Contacts of a path or an address; empty for Represent. Raises ImportFailed and ImportRefused."""
    if source:
        rows = json_rows(read(source))
    else:
        try:
            rows = client.member_list()
        except client.Unavailable as error:
            raise ImportFailed(f"Represent gave no list of members: {error}.") from error
    federal = [row for row in rows if _related(row).get("representative_set_url", _HOUSE) == _HOUSE]
    refuse_if_small(len(federal), "members with addresses")
    return Contacts(federal)


def _contact(row: dict[str, Any]) -> Contact:
    extra = row.get("extra")
    preferred = extra.get("preferred_languages") if isinstance(extra, dict) else None
    return Contact(
        email=_listed_email(_text(row, "email")),
        gender=_text(row, "gender") if _text(row, "gender") in ("F", "M") else "",
        offices=_offices(row.get("offices")),
        languages=_languages(preferred),
    )


def _listed_email(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError:
        return ""
    return text


def _offices(offices: Any) -> list[dict[str, str]]:
    rows = [office for office in offices if isinstance(office, dict)] if isinstance(offices, list) else []
    return [{key: str(row[key])[:500] for key in _OFFICE_KEYS if row.get(key)} for row in rows]


def _languages(preferred: Any) -> list[str]:
    names = [fold(str(name)) for name in preferred] if isinstance(preferred, list) else []
    return list(dict.fromkeys(_LANGUAGES[name] for name in names if name in _LANGUAGES))


def _person_id(row: dict[str, Any]) -> int | None:
    found = re.search(r"\(([0-9]{1,9})\)", _text(row, "url"))
    return int(found[1]) if found else None


def _text(row: dict[str, Any], key: str) -> str:
    value = row.get(key)
    return value.strip() if isinstance(value, str) else ""


def _related(row: dict[str, Any]) -> dict[str, Any]:
    related = row.get("related")
    return related if isinstance(related, dict) else {}
