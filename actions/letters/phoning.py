"""Calling the MP's office instead: its numbers, and what to say in half a minute."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from actions.letters.merge_fields import fill_in
from actions.representatives.models import Representative
from actions.representatives.phone import tel_href

if TYPE_CHECKING:
    from actions.letters.wizard import Draft


@dataclass(frozen=True)
class Office:
    """``href`` is empty when the published number cannot be dialled as it stands."""

    label: str
    number: str
    href: str


@dataclass(frozen=True)
class PhoneAid:
    """``script`` is in ``language`` (``en`` or ``fr``); ``reading_script`` stands beside it on Chinese pages."""

    offices: list[Office]
    language: str
    script: str = ""
    reading_script: str = ""


def offices_of(member: Representative) -> list[Office]:
    """Return the member's published numbers, labelled in the active language."""
    numbers = ((_("Parliament Hill"), member.hill_phone), (_("Riding office"), member.riding_phone))
    return [Office(label, number, tel_href(number)) for label, number in numbers if number.strip()]


def phone_aid(draft: Draft) -> PhoneAid | None:
    """Return how to call the writer's own MP; None when the letter is not to them or no number is published."""
    member = draft.representative if draft.ask.writes_to_own_mp else None
    offices = offices_of(member) if member else []
    if not offices:
        return None
    script = draft.wording.phone_script if draft.wording else ""
    reading = draft.ask.reading_copy()
    return PhoneAid(
        offices=offices,
        language=draft.language,
        script=fill_in(script, draft.values).strip(),
        reading_script=fill_in(reading.phone_script, draft.values_in("zh-hant")).strip() if reading else "",
    )
