"""The steps of writing a letter: where you live, your letter, check. Nothing is stored before the last POST.

What was typed travels in the forms themselves, so that a page that is reloaded, a browser without script and a second
tab all work, and an abandoned letter leaves no trace.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone, translation

from actions.letters.campaign_models import Availability, LetterCampaign, LetterTarget, LetterWording
from actions.letters.compose import LETTER_LANGUAGES, Addressee, LetterText, addressees, letter_text
from actions.letters.merge_fields import fill_in
from actions.letters.switches import current_switches
from actions.representatives.lookup import current_representative
from actions.representatives.models import Representative, Riding, letter_language
from actions.representatives.salutations import salutation
from actions.wordings.services import best_wording, current_version, versions_of

# What a visitor may have typed before the riding is known; kept through every step.
KEPT = ("own_words", "subject", "body", "name", "email", "street_address", "wants_copy", "letter_language")


def kept_fields(data: QueryDict) -> dict[str, str]:
    """Return what was typed so far, to be carried along as hidden fields."""
    return {name: str(data[name]) for name in KEPT if data.get(name)}


@dataclass
class Ask:
    """One letter campaign as a visitor with this page language sees it."""

    letter_campaign: LetterCampaign
    language: str

    @cached_property
    def wordings(self) -> list[LetterWording]:
        return list(self.letter_campaign.wordings.select_related("locale"))

    @cached_property
    def wording(self) -> LetterWording | None:
        return best_wording(self.wordings, self.language)

    @property
    def is_in_other_language(self) -> bool:
        return self.wording is not None and self.wording.language != self.language

    @cached_property
    def writes_to_own_mp(self) -> bool:
        return any(target.kind == LetterTarget.Kind.OWN_MP for target in self.letter_campaign.targets.all())

    @cached_property
    def availability(self) -> str:
        """An Availability, or ``dissolved`` when there are no MPs to write to."""
        switches = current_switches()
        if self.wording is None or switches.are_letters_stopped:
            return Availability.STOPPED
        if switches.is_parliament_dissolved and self.writes_to_own_mp:
            return "dissolved"
        return self.letter_campaign.availability(timezone.now())

    def letter_wording(self, language: str) -> LetterWording | None:
        """The live wording that holds the letter in English or French; the other one when it is missing."""
        sendable = [wording for wording in self.wordings if wording.language in LETTER_LANGUAGES]
        return best_wording(sendable, language)

    def reading_copy(self) -> LetterWording | None:
        """On Chinese pages, the Chinese text shown beside the letter."""
        chosen = self.wording
        return chosen if chosen and chosen.language == "zh-hant" else None

    def url(self, name: str = "letter") -> str:
        return reverse(f"actions:{name}", args=[self.letter_campaign.slug])

    def alternates(self) -> dict[str, str]:
        """The action's own page in each language, for the language picker on pages that only a POST reaches."""
        found = {}
        for code in ("en", "fr", "zh-hant"):
            with translation.override(code):
                found[code] = self.url()
        return found


@dataclass
class Draft:
    """The writer's riding and the letter in one language, filled in and ready to be shown in the form."""

    ask: Ask
    riding: Riding | None
    postal_code: str
    language: str
    kept: dict[str, str] = field(default_factory=dict)
    shown_version: str = ""

    @cached_property
    def representative(self) -> Representative | None:
        return current_representative(self.riding) if self.riding else None

    @cached_property
    def people(self) -> list[Addressee]:
        return addressees(letter_campaign=self.ask.letter_campaign, riding=self.riding, language=self.language)

    @property
    def has_addressee(self) -> bool:
        return any(not person.is_copy for person in self.people)

    @cached_property
    def wording(self) -> LetterWording | None:
        return self.ask.letter_wording(self.language)

    @cached_property
    def wording_version(self) -> Any:
        """The frozen text that the form was made from, else the newest one."""
        if self.wording is None:
            return None
        shown = (
            versions_of(self.wording).filter(pk=self.shown_version).first() if self.shown_version.isdecimal() else None
        )
        return shown or current_version(self.wording)

    @cached_property
    def values(self) -> dict[str, str]:
        return self.values_in(self.language)

    def values_in(self, language: str) -> dict[str, str]:
        """The merge fields' values in a language."""
        campaign = self.ask.letter_campaign.campaign
        with translation.override(language):
            return {
                "mp_name": self.representative.display_name if self.representative else "",
                "riding": self.riding.localized_name(language) if self.riding else "",
                "province": self.riding.get_province_display() if self.riding else "",
                "bill_number": campaign.bill_number,
                "bill_title": campaign.bill_title,
            }

    @cached_property
    def subjects(self) -> list[str]:
        return [fill_in(subject, self.values) for subject in self.wording.subjects] if self.wording else []

    @cached_property
    def body(self) -> str:
        return fill_in(self.wording.letter_body, self.values).strip() if self.wording else ""

    @property
    def reading_copy(self) -> str:
        wording = self.ask.reading_copy()
        return fill_in(wording.letter_body, self.values_in("zh-hant")).strip() if wording else ""

    @property
    def reading_greeting(self) -> str:
        return salutation(self.representative, language="zh-hant") if self.representative else ""

    def initial(self) -> dict[str, Any]:
        """What the form shows first: what was typed, else the campaign's text with one of its subjects."""
        fresh = {
            "subject": secrets.choice(self.subjects) if self.subjects else "",
            "body": self.body,
            "letter_language": self.language,
            "postal_code": self.postal_code,
            "riding": self.riding.pk if self.riding else None,
        }
        return {**fresh, **{name: value for name, value in self.kept.items() if name != "letter_language"}}

    def as_it_arrives(self, cleaned: dict[str, Any]) -> str:
        """Return the letter as the first addressee will read it."""
        first = self.people[0]
        return letter_text(
            text_of(cleaned),
            greeting=first.salutation,
            closing_line=first.closing,
            riding_name=self.riding.localized_name(self.language) if self.riding else "",
            language=self.language,
            copies=[person.name for person in self.people if person.is_copy],
        )


def text_of(cleaned: dict[str, Any]) -> LetterText:
    """Return the writer's text from a valid LetterForm."""
    return LetterText(
        name=cleaned["name"],
        postal_code=cleaned["postal_code"],
        street_address=cleaned.get("street_address", ""),
        own_words=cleaned["own_words"],
        body=cleaned["body"],
    )


def first_language(*, wanted: str, representative: Representative | None, page_language: str) -> str:
    """Return the letter's language: as chosen, else the MP's, else the page's, else English."""
    if wanted in LETTER_LANGUAGES:
        return wanted
    if representative is not None:
        return letter_language(representative)
    return page_language if page_language in LETTER_LANGUAGES else LETTER_LANGUAGES[0]
