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

from actions.letters.asks import Ask
from actions.letters.attributes import attributes_of, position_of
from actions.letters.compose import LETTER_LANGUAGES, Addressee, addressee
from actions.letters.exclusions import Exclusion, exclusion_for
from actions.letters.paper import people_on_paper
from actions.letters.phoning import PhoneAid, phone_aid
from actions.letters.switches import current_switches
from actions.letters.texts import CampaignText, merge_values, text_fitting, text_for
from actions.letters.whom import Meant, Whom, whom
from actions.letters.wording_models import LetterWording
from actions.representatives.hill_address import hill_address
from actions.representatives.lookup import current_representative
from actions.representatives.models import Representative, Riding, letter_language
from actions.representatives.salutations import closing, envelope_name, salutation
from actions.wordings.services import newer_text, version_shown

# What a visitor may have typed before the riding is known; kept through every step.
KEPT = (
    "own_words",
    "subject",
    "body",
    "name",
    "email",
    "street_address",
    "wants_copy",
    "wants_updates",
    "letter_language",
    "text_of_riding",  # the riding for which subject and body were edited, while another one is chosen
    "text_fits",  # the attribute of the text that was edited; blank for the main text
)
OURS = ("subject", "body", "text_of_riding", "text_fits")  # about the campaign's text, not about the writer


def kept_fields(data: QueryDict) -> dict[str, str]:
    """Return what was typed so far, to be carried along as hidden fields."""
    return {name: str(data[name]) for name in KEPT if data.get(name)}


@dataclass
class Draft:
    """The writer's riding and the letter in one language, filled in and ready to be shown in the form.

    ``language`` is the wished one until the draft is made, and then the wording's own: greeting and text agree.
    """

    ask: Ask
    riding: Riding | None
    postal_code: str
    language: str
    kept: dict[str, str] = field(default_factory=dict)
    shown_version: str = ""

    def __post_init__(self) -> None:
        if self.wording is not None:
            self.language = self.wording.language

    @property
    def other_language(self) -> str:
        """The letter's other language, when it can be written in that one too."""
        return next((code for code in self.ask.letter_languages if code != self.language), "")

    @cached_property
    def representative(self) -> Representative | None:
        """Who sits for the riding; while Parliament is dissolved nobody does."""
        if self.riding is None or current_switches().is_parliament_dissolved:
            return None
        return current_representative(self.riding)

    @cached_property
    def whom(self) -> Whom:
        return whom(self.ask.letter_campaign, self.riding)

    @cached_property
    def people(self) -> list[Addressee]:
        """Everybody who gets the letter, each with the number of their text. A copy is one of the first text."""
        numbers = {self.text.fits: 0}
        found = []
        for meant in self.whom.people:
            fits = self.text.fits if meant.is_copy else text_for(meant.attributes, self.content).fits
            number = numbers.setdefault(fits, len(numbers))
            found.append(addressee(meant, language=self.language, text=number))
        return found

    @property
    def has_addressee(self) -> bool:
        return bool(self.whom.addressees)

    @property
    def step(self) -> str:
        """What there is to show once the riding is known."""
        if self.has_addressee:
            return "write"
        return "excluded" if self.exclusion else "unreachable"

    @cached_property
    def exclusion(self) -> Exclusion | None:
        return exclusion_for(self.ask, self.whom)

    @property
    def bill_position(self) -> Any:
        """What is noted about the MP and the bill, shown for members of all parties alike."""
        return position_of(self.representative, self._campaign) if self.representative else None

    @property
    def _campaign(self) -> Any:
        return self.ask.letter_campaign.campaign

    @cached_property
    def content(self) -> Any:
        return self.wording_version.content if self.wording_version else None

    @cached_property
    def text(self) -> CampaignText:
        """The text to be edited: it fits the writer's own MP, else the first addressee, by mail or on paper."""
        first = next(iter(self.whom.addressees), None)
        first = first or next(iter(self.on_paper), None)
        if first is not None:
            return text_for(first.attributes, self.content)
        mp = self.representative
        return text_for(attributes_of(mp, self._campaign) if mp else (), self.content)

    @cached_property
    def wording(self) -> LetterWording | None:
        return self.ask.letter_wording(self.language)

    @property
    def is_behind(self) -> bool:
        """Whether the letter, or its reading copy, follows a former text of another language."""
        texts = [text for text in (self.wording, self.ask.reading_copy()) if text]
        return any(newer_text(text, self.ask.wordings) for text in texts)

    @cached_property
    def wording_version(self) -> Any:
        """The frozen text that the form was made from, else the newest one."""
        if self.wording is None:
            return None
        return version_shown(self.wording, self.shown_version)

    @cached_property
    def values(self) -> dict[str, str]:
        return self.values_in(self.language)

    def values_in(self, language: str) -> dict[str, str]:
        """The merge fields' values in a language."""
        return merge_values(self._campaign, riding=self.riding, representative=self.representative, language=language)

    @cached_property
    def subjects(self) -> list[str]:
        return self.text.subjects(self.values)

    @cached_property
    def body(self) -> str:
        return self.text.filled_body(self.values)

    @property
    def fits(self) -> str:
        return self.kept.get("text_fits", "")

    @property
    def fits_somebody_else(self) -> bool:
        """Whether what was typed began as another text than the one for whom the letter goes to now."""
        return self.wording is not None and self.fits != self.text.fits

    @cached_property
    def left_behind(self) -> dict[str, str]:
        """Subject and text that the writer had edited and that do not fit any more; shown, but not in the letter."""
        return self._without_ours(("subject", "body")) if self.fits_somebody_else else {}

    def _without_ours(self, names: tuple[str, ...]) -> dict[str, str]:
        """What was typed in these fields, without a subject and a text that are still the campaign's."""
        text = text_fitting(self.fits, self.content) or self.text
        ours = {"subject": text.subjects(self.values), "body": [text.filled_body(self.values)]}
        same = {name: {_in_one_line(one) for one in texts} for name, texts in ours.items()}
        kept = {name: self.kept[name] for name in names if name in self.kept}
        return {name: typed for name, typed in kept.items() if _in_one_line(typed) not in same.get(name, ())}

    def kept_for_another_riding(self) -> dict[str, str]:
        """What was typed, without a subject and a text that are still ours: they may name this riding and its MP."""
        kept = self._without_ours(tuple(self.kept))
        return {"text_of_riding": str(self.riding.pk) if self.riding else "", **kept}

    def kept_for_another_campaign(self) -> dict[str, str]:
        return {name: typed for name, typed in self.kept.items() if name not in OURS}

    @property
    def may_name_others(self) -> bool:
        """Whether subject or text were edited for another riding than this one."""
        before = self.kept.get("text_of_riding", "")
        is_other = self.riding is not None and before not in ("", str(self.riding.pk))
        return is_other and not self.fits_somebody_else and ("subject" in self.kept or "body" in self.kept)

    @property
    def reading_copy(self) -> str:
        """The Chinese text of the letter that is to be edited; blank where there is none of just this one."""
        wording = self.ask.reading_copy()
        text = text_fitting(self.text.fits, wording.frozen_content()) if wording else None
        return text.filled_body(self.values_in("zh-hant")) if text else ""

    @property
    def own_greeting(self) -> str:
        """How the first letter on paper begins, for those who have no e-mail address."""
        return salutation(self.on_paper[0].person, language=self.language) if self.on_paper else ""

    @property
    def own_closing(self) -> str:
        return closing(self.on_paper[0].person, language=self.language) if self.on_paper else ""

    @property
    def is_in_the_mps_language(self) -> bool:
        """Whether the letter is in another language than the page because the MP prefers it."""
        is_preferred = self.representative is not None and letter_language(self.representative) == self.language
        return is_preferred and self.language != self.ask.language

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
        dropped = ("letter_language", *(OURS if self.fits_somebody_else else ()))
        return {**fresh, **{name: value for name, value in self.kept.items() if name not in dropped}}

    @cached_property
    def on_paper(self) -> list[Meant]:
        """Who can be written to at Parliament Hill."""
        return people_on_paper(self.whom, language=self.language)

    @property
    def only_on_paper(self) -> list[str]:
        """The names of those whom no mail reaches; their letters are in the PDF alone."""
        mailed = {meant.key for meant in self.whom.people}
        found = [meant.person for meant in self.on_paper if meant.key not in mailed]
        return [envelope_name(person, language=self.language) for person in found]

    @property
    def envelopes(self) -> list[list[str]]:
        """The lines on each envelope."""
        return [hill_address(meant.person, language=self.language) for meant in self.on_paper]

    @cached_property
    def phone(self) -> PhoneAid | None:
        return phone_aid(self)


def _in_one_line(text: str) -> str:
    """Browsers send other line breaks than they were given."""
    return " ".join(text.split())


def first_language(*, wanted: str, representative: Representative | None, page_language: str) -> str:
    """Return the letter's language: as chosen, else the MP's, else the page's, else English."""
    if wanted in LETTER_LANGUAGES:
        return wanted
    if representative is not None:
        return letter_language(representative)
    return page_language if page_language in LETTER_LANGUAGES else LETTER_LANGUAGES[0]
