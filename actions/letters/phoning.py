"""Calling the MP's office instead: its numbers, and what to say in half a minute."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from actions.letters.attributes import attributes_of
from actions.letters.merge_fields import fill_in
from actions.letters.texts import ANOTHER_SCRIPT
from actions.representatives.models import Representative
from actions.representatives.phone import tel_href

if TYPE_CHECKING:
    from actions.letters.wizard import Draft
    from actions.letters.wording_models import LetterWording


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
    """Return how to call the writer's own MP; None when the letter is not to them or no number is published.

    An MP for whom editors wrote another script, such as one who supports the bill already, is called with that one.
    """
    member = draft.representative if draft.ask.writes_to_own_mp else None
    offices = offices_of(member) if member else []
    if not offices:
        return None
    attributes = attributes_of(member, draft.ask.letter_campaign.campaign) if member else frozenset()
    scripts = scripts_in(draft.wording)
    fits = next((fits for fits in scripts if fits in attributes), "")
    reading = scripts_in(draft.ask.reading_copy()).get(fits, "")
    return PhoneAid(
        offices=offices,
        language=draft.language,
        script=fill_in(scripts.get(fits, ""), draft.values).strip(),
        reading_script=fill_in(reading, draft.values_in("zh-hant")).strip(),
    )


def scripts_in(wording: LetterWording | None) -> dict[str, str]:
    """Return the wording's scripts by whom they fit, in the editors' order; the main one has a blank key."""
    if wording is None:
        return {}
    others = [block.value for block in wording.variants if block.block_type == ANOTHER_SCRIPT]
    return {"": wording.phone_script, **{one["attribute"]: one["script"] for one in others}}
