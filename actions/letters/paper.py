"""The letter on paper: who can be written to at Parliament Hill, and what stands on the sheet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any

from django.utils import timezone, translation
from django.utils.formats import date_format

from actions.letters.compose import Addressee, LetterText, Person, copy_line, key_of, lives_in, person_of
from actions.letters.models import LetterCampaign, LetterTarget
from actions.letters.pdf import PaperLetter, render_letter_pdf
from actions.registry import Attachment
from actions.representatives.hill_address import hill_address
from actions.representatives.lookup import format_postal_code
from actions.representatives.models import Riding
from actions.representatives.salutations import closing, envelope_name, salutation

ATTACHMENT = "letters.paper"
# Neutral, because others may see the folder it is saved in.
FILE_NAMES = {"en": "letter.pdf", "fr": "lettre.pdf"}


def people_on_paper(
    *, letter_campaign: LetterCampaign, riding: Riding | None, mailed: Iterable[Addressee], language: str
) -> list[tuple[Person, bool]]:
    """Return who gets the letter on paper, with whether it is a copy, addressees first.

    They are those who are written to by mail, and those who would be but have no published address. A copy alone, of a
    letter to nobody, is none.
    """
    keys = {person.key for person in mailed}
    found: dict[str, tuple[Person, bool]] = {}
    for target in letter_campaign.targets.select_related("recipient").order_by("sort_order", "pk"):
        person = person_of(target, riding)
        if person is None or not hill_address(person, language=language):
            continue
        is_without_mail = not person.email and target.delivery != LetterTarget.Delivery.FALLBACK
        if is_without_mail or key_of(person) in keys:
            found.setdefault(key_of(person), (person, target.delivery == LetterTarget.Delivery.COPY))
    everybody = sorted(found.values(), key=lambda one: one[1])
    return [] if all(is_copy for _person, is_copy in everybody) else everybody


def paper_letters(
    people: list[tuple[Person, bool]],
    *,
    text: LetterText,
    subject: str,
    riding_name: str,
    language: str,
    on: date | None = None,
) -> list[PaperLetter]:
    """Return one letter per person, dated ``on`` (today in Ottawa); each with their own greeting."""
    postal_code = format_postal_code(text.postal_code)
    copies = [envelope_name(person, language=language) for person, is_copy in people if is_copy]
    first = lives_in(text, riding_name=riding_name, language=language)
    return [
        PaperLetter(
            sender=[line for line in (text.name, text.street_address, postal_code) if line],
            date=letter_date(on or timezone.localdate(), language=language),
            addressee=hill_address(person, language=language),
            subject=subject,
            greeting=salutation(person, language=language),
            paragraphs=[part for whole in (first, text.own_words, text.body) for part in _paragraphs(whole)],
            closing=closing(person, language=language),
            name=text.name,
            copies=copy_line(copies, language=language),
        )
        for person, _is_copy in people
    ]


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
