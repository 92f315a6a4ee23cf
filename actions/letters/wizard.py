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
from django.utils import translation

from actions.letters.asks import Ask
from actions.letters.campaign_models import LetterWording
from actions.letters.compose import LETTER_LANGUAGES, Addressee, LetterText, Person, addressees, letter_text
from actions.letters.merge_fields import fill_in
from actions.letters.paper import paper_letters, people_on_paper
from actions.letters.pdf import PaperLetter
from actions.letters.phoning import PhoneAid, phone_aid
from actions.representatives.hill_address import hill_address
from actions.representatives.lookup import current_representative
from actions.representatives.models import Representative, Riding, letter_language
from actions.representatives.salutations import closing, salutation
from actions.wordings.services import current_version, versions_of

# What a visitor may have typed before the riding is known; kept through every step.
KEPT = (
    "own_words",
    "subject",
    "body",
    "name",
    "email",
    "street_address",
    "wants_copy",
    "letter_language",
    "text_of_riding",  # the riding for which subject and body were edited, while another one is chosen
)


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
        lines = self.wording_version.content["letter_subjects"].splitlines() if self.wording_version else []
        return [fill_in(line.strip(), self.values) for line in lines if line.strip()]

    @cached_property
    def body(self) -> str:
        text = self.wording_version.content["letter_body"] if self.wording_version else ""
        return fill_in(text, self.values).strip()

    def kept_for_another_riding(self) -> dict[str, str]:
        """What was typed, without a subject and a text that are still ours: they may name this riding and its MP."""
        ours = {"subject": [_in_one_line(one) for one in self.subjects], "body": [_in_one_line(self.body)]}
        kept = {name: text for name, text in self.kept.items() if _in_one_line(text) not in ours.get(name, ())}
        return {"text_of_riding": str(self.riding.pk) if self.riding else "", **kept}

    @property
    def may_name_others(self) -> bool:
        """Whether subject or text were edited for another riding than this one."""
        before = self.kept.get("text_of_riding", "")
        is_other = self.riding is not None and before not in ("", str(self.riding.pk))
        return is_other and ("subject" in self.kept or "body" in self.kept)

    @property
    def reading_copy(self) -> str:
        wording = self.ask.reading_copy()
        return fill_in(wording.letter_body, self.values_in("zh-hant")).strip() if wording else ""

    @property
    def own_greeting(self) -> str:
        """How the first letter on paper begins, for those who have no e-mail address."""
        return salutation(self.on_paper[0][0], language=self.language) if self.on_paper else ""

    @property
    def own_closing(self) -> str:
        return closing(self.on_paper[0][0], language=self.language) if self.on_paper else ""

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
        return {**fresh, **{name: value for name, value in self.kept.items() if name != "letter_language"}}

    def as_it_arrives(self, cleaned: dict[str, Any]) -> str:
        """Return the letter as the first addressee will read it."""
        return self._text_to(self.people[0], cleaned)

    def to_send_yourself(self, cleaned: dict[str, Any]) -> list[tuple[Addressee, str]]:
        """Return each addressee with the text for the writer's own mail program."""
        people = [person for person in self.people if not person.is_copy]
        return [(person, self._text_to(person, cleaned, is_sent_by_us=False)) for person in people]

    @cached_property
    def on_paper(self) -> list[tuple[Person, bool]]:
        """Who can be written to at Parliament Hill, with whether it is a copy."""
        return people_on_paper(
            letter_campaign=self.ask.letter_campaign, riding=self.riding, mailed=self.people, language=self.language
        )

    @property
    def envelopes(self) -> list[list[str]]:
        """The lines on each envelope."""
        return [hill_address(person, language=self.language) for person, _is_copy in self.on_paper]

    @cached_property
    def phone(self) -> PhoneAid | None:
        return phone_aid(self)

    def paper_letters(self, cleaned: dict[str, Any]) -> list[PaperLetter]:
        """The letters to print and post, one per person."""
        return paper_letters(
            self.on_paper,
            text=text_of(cleaned),
            subject=cleaned["subject"],
            riding_name=self.riding.localized_name(self.language) if self.riding else "",
            language=self.language,
        )

    def _text_to(self, person: Addressee, cleaned: dict[str, Any], *, is_sent_by_us: bool = True) -> str:
        return letter_text(
            text_of(cleaned),
            greeting=person.salutation,
            closing_line=person.closing,
            riding_name=self.riding.localized_name(self.language) if self.riding else "",
            language=self.language,
            copies=[copied.name for copied in self.people if copied.is_copy],
            is_sent_by_us=is_sent_by_us,
        )


def _in_one_line(text: str) -> str:
    """Browsers send other line breaks than they were given."""
    return " ".join(text.split())


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
