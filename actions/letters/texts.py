"""Which of a campaign's texts fits whom: the main one, or the first "another text" whose attribute the person has."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import translation

from actions.campaigns.models import Campaign
from actions.letters.merge_fields import fill_in
from actions.representatives.models import Representative, Riding

ANOTHER_TEXT = "another_text"
ANOTHER_SCRIPT = "another_script"
MESSAGE = "message"


@dataclass(frozen=True)
class CampaignText:
    """One text of a letter campaign as editors wrote it; ``fits`` is the attribute, blank for the main text."""

    fits: str = ""
    subject_lines: tuple[str, ...] = ()
    body: str = ""

    def subjects(self, values: dict[str, str]) -> list[str]:
        return [fill_in(line, values) for line in self.subject_lines]

    def filled_body(self, values: dict[str, str]) -> str:
        return fill_in(self.body, values).strip()


def texts_in(content: Mapping[str, Any]) -> list[CampaignText]:
    """Return the texts in a wording's frozen content, the main one first, the others in the editors' order."""
    others = [block["value"] for block in content.get("variants", ()) if block["type"] == ANOTHER_TEXT]
    return [
        CampaignText("", lines_of(content["letter_subjects"]), content["letter_body"]),
        *(CampaignText(one["attribute"], lines_of(one["subjects"]), one["body"]) for one in others),
    ]


def text_for(attributes: Collection[str], content: Mapping[str, Any] | None) -> CampaignText:
    """Return the text that fits somebody with these attributes; an empty one where there is no wording."""
    if content is None:
        return CampaignText()
    main, *others = texts_in(content)
    return next((text for text in others if text.fits in attributes), main)


def text_fitting(fits: str, content: Mapping[str, Any] | None) -> CampaignText | None:
    """Return the text with exactly this attribute, None where the wording has none."""
    return next((text for text in texts_in(content) if text.fits == fits), None) if content is not None else None


def lines_of(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def merge_values(
    campaign: Campaign, *, riding: Riding | None, representative: Representative | None, language: str
) -> dict[str, str]:
    """Return the merge fields' values in a language; blank for what is not known."""
    with translation.override(language):
        return {
            "mp_name": representative.display_name if representative else "",
            "riding": riding.localized_name(language) if riding else "",
            "province": riding.get_province_display() if riding else "",
            "bill_number": campaign.bill_number,
            "bill_title": campaign.bill_title,
        }
