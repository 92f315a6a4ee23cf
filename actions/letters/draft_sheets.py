"""The letter as each of its recipients will read it, before anything is stored."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from actions.letters.compose import Addressee, LetterText, letter_text
from actions.letters.paper import OnPaper, paper_letters
from actions.letters.pdf import PaperLetter
from actions.letters.rendering import Sheet
from actions.letters.texts import CampaignText, text_for
from actions.letters.whom import Meant
from actions.letters.wizard import Draft

Texts = dict[str, dict[str, str]]


def text_of(cleaned: dict[str, Any]) -> LetterText:
    """Return the writer's text from a valid LetterForm."""
    return LetterText(
        name=cleaned["name"],
        postal_code=cleaned["postal_code"],
        street_address=cleaned.get("street_address", ""),
        own_words=cleaned["own_words"],
        body=cleaned["body"],
    )


def further_texts(draft: Draft, cleaned: dict[str, Any]) -> Texts:
    """Return subject and body, filled in, of the texts for addressees whom the writer's does not fit, by number."""
    found: Texts = {}
    for meant, person in zip(draft.whom.people, draft.people, strict=True):
        if person.text and str(person.text) not in found:
            text = text_for(meant.attributes, draft.content)
            subject = _subject_beside(draft, cleaned["subject"], text)
            found[str(person.text)] = {"subject": subject, "body": text.filled_body(draft.values)}
    return found


def _subject_beside(draft: Draft, chosen: str, text: CampaignText) -> str:
    """The line at the same place as the writer's, so that the check step and the stored letter have the same one."""
    place = draft.subjects.index(chosen) if chosen in draft.subjects else 0
    subjects = text.subjects(draft.values)
    return subjects[place % len(subjects)] if subjects else chosen


def sheets(draft: Draft, cleaned: dict[str, Any]) -> list[Sheet]:
    """Return each text once as it will be read, the writer's own first, with those who get it."""
    further = further_texts(draft, cleaned)
    by_text: dict[int, list[Addressee]] = {}
    for person in draft.people:
        by_text.setdefault(person.text, []).append(person)
    return [_sheet(draft, people, cleaned, further) for _number, people in sorted(by_text.items())]


def to_send_yourself(draft: Draft, cleaned: dict[str, Any]) -> list[Sheet]:
    """Return each addressee with subject and text for the writer's own mail program."""
    further = further_texts(draft, cleaned)
    people = [person for person in draft.people if not person.is_copy]
    return [_sheet(draft, [person], cleaned, further, is_sent_by_us=False) for person in people]


def on_paper(draft: Draft, cleaned: dict[str, Any]) -> list[PaperLetter]:
    """Return the letters to print and post, one per person."""
    return paper_letters(
        [OnPaper(meant.person, meant.is_copy, *words_to(draft, meant, cleaned)) for meant in draft.on_paper],
        text=text_of(cleaned),
        riding_name=draft.riding.localized_name(draft.language) if draft.riding else "",
        language=draft.language,
    )


def words_to(draft: Draft, meant: Meant, cleaned: dict[str, Any]) -> tuple[str, str]:
    """Return subject and body for one person: the writer's, or those of the text that fits the person better."""
    text = text_for(meant.attributes, draft.content)
    if meant.is_copy or text.fits == draft.text.fits:
        return cleaned["subject"], cleaned["body"]
    return _subject_beside(draft, cleaned["subject"], text), text.filled_body(draft.values)


def _sheet(
    draft: Draft, people: list[Addressee], cleaned: dict[str, Any], further: Texts, *, is_sent_by_us: bool = True
) -> Sheet:
    first = people[0]
    other = further.get(str(first.text))
    text = text_of(cleaned)
    arrives = letter_text(
        replace(text, body=other["body"]) if other else text,
        greeting=first.salutation,
        closing_line=first.closing,
        riding_name=draft.riding.localized_name(draft.language) if draft.riding else "",
        language=draft.language,
        copies=[] if other else [person.name for person in draft.people if person.is_copy],
        is_sent_by_us=is_sent_by_us,
    )
    return Sheet(people, other["subject"] if other else cleaned["subject"], arrives)
