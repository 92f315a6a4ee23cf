"""The letter on paper: who can be written to at Parliament Hill, and what stands on the sheet."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.utils import timezone, translation
from django.utils.formats import date_format

from actions.letters.attributes import Person
from actions.letters.compose import LetterText, copy_line, lives_in
from actions.letters.pdf import PaperLetter, render_letter_pdf
from actions.letters.whom import Meant, Whom
from actions.registry import Attachment
from actions.representatives.hill_address import hill_address
from actions.representatives.lookup import format_postal_code
from actions.representatives.salutations import closing, envelope_name, salutation

ATTACHMENT = "letters.paper"
# Neutral, because others may see the folder it is saved in.
FILE_NAMES = {"en": "letter.pdf", "fr": "lettre.pdf"}


@dataclass(frozen=True)
class OnPaper:
    """One person who gets the letter on paper, with the subject and the text that fits them."""

    person: Person
    is_copy: bool
    subject: str
    body: str


def people_on_paper(whom: Whom, *, language: str) -> list[Meant]:
    """Return who gets the letter on paper, copies last: everybody who can be written to at Parliament Hill.

    Mail may not reach them: that is what paper is for. A copy alone, of a letter to nobody, is none.
    """
    by_key: dict[str, Meant] = {}
    for meant in sorted(whom.everybody, key=lambda meant: (meant.is_copy, not meant.is_own_mp)):
        if hill_address(meant.person, language=language):
            by_key.setdefault(meant.key, meant)
    found = list(by_key.values())
    return [] if all(meant.is_copy for meant in found) else found


def paper_letters(
    people: list[OnPaper], *, text: LetterText, riding_name: str, language: str, on: date | None = None
) -> list[PaperLetter]:
    """Return one letter per person, dated ``on`` (today in Ottawa); each with their own greeting.

    ``text`` says who writes; a copy is one of its body, so other texts do not name those who get one.
    """
    postal_code = format_postal_code(text.postal_code)
    copies = [envelope_name(one.person, language=language) for one in people if one.is_copy]
    first = lives_in(text, riding_name=riding_name, language=language)
    return [
        PaperLetter(
            sender=[line for line in (text.name, text.street_address, postal_code) if line],
            date=letter_date(on or timezone.localdate(), language=language),
            addressee=hill_address(one.person, language=language),
            subject=one.subject,
            greeting=salutation(_greeted(one, people), language=language),
            paragraphs=[part for whole in (first, text.own_words, one.body) for part in _paragraphs(whole)],
            closing=closing(_greeted(one, people), language=language),
            name=text.name,
            copies=copy_line(copies if one.body == text.body else [], language=language),
        )
        for one in people
    ]


def _greeted(one: OnPaper, people: list[OnPaper]) -> Person:
    """A copy is one of the letter to the first addressee, greeting and all."""
    return next((other.person for other in people if not other.is_copy), one.person) if one.is_copy else one.person


def _paragraphs(text: str) -> list[str]:
    """Cut the text at its blank lines."""
    parts: list[list[str]] = [[]]
    for line in text.splitlines():
        if line.strip():
            parts[-1].append(line.strip())
        elif parts[-1]:
            parts.append([])
    return ["\n".join(part) for part in parts if part]


def letter_date(day: date, *, language: str) -> str:
    """``November 25, 2026`` or ``25 novembre 2026``; in French the first of a month is ``1er``."""
    with translation.override(language):
        if language != "fr":
            return date_format(day, "F j, Y")
        return f"{'1er' if day.day == 1 else day.day} {date_format(day, 'F Y')}"


def as_attachment(letters: list[PaperLetter], *, language: str) -> dict[str, Any]:
    """Return what ``attached_pdf`` makes the PDF of, as JSON can hold it."""
    return {"language": language, "letters": [asdict(letter) for letter in letters]}


def attached_pdf(data: dict[str, Any]) -> Attachment:
    """Make the PDF for a mail that is about to leave. Raises PdfUnavailable."""
    letters = [PaperLetter(**letter) for letter in data["letters"]]
    return paper_pdf(letters, language=data["language"])


def paper_pdf(letters: list[PaperLetter], *, language: str) -> Attachment:
    """Return the letters as one PDF under a neutral name. Raises PdfUnavailable."""
    title = letters[0].subject if letters else ""
    content = render_letter_pdf(letters, language=language, title=title)
    return Attachment(FILE_NAMES[language], content, "application/pdf")
