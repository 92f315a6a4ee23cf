"""A stored letter as text: the same words on the confirm page, in the copy and in the recipient's inbox."""

from __future__ import annotations

from dataclasses import dataclass

from actions.letters.compose import Addressee, LetterText, from_rows, letter_text
from actions.letters.models import Letter, LetterDelivery
from actions.listing import listed_apart


@dataclass(frozen=True)
class Sheet:
    """One text of a letter as those who get it read it: the first to them is greeted.

    ``reading_copy`` is the campaign's text in Chinese, on Chinese pages.
    """

    people: list[Addressee]
    subject: str
    text: str
    reading_copy: str = ""

    @property
    def names(self) -> str:
        return listed_apart(person.name for person in self.people)


def rendered(letter: Letter, delivery: LetterDelivery | None = None, *, is_sent_by_us: bool = True) -> str:
    """Return the letter as the recipient of the delivery, else its first addressee, reads it.

    Where it was not sent, its writer gets it back without the line that says how it came.
    """
    first = from_rows(letter.addressees)[0]
    return _rendered(
        letter,
        number=delivery.text_number if delivery else first.text,
        greeting=delivery.salutation if delivery else first.salutation,
        closing_line=delivery.closing if delivery else first.closing,
        is_sent_by_us=is_sent_by_us,
    )


def subject_of(letter: Letter, delivery: LetterDelivery | None = None) -> str:
    """Return the subject line that goes with ``rendered``."""
    return _text(letter, delivery.text_number if delivery else from_rows(letter.addressees)[0].text)[0]


def sheets_of(letter: Letter, *, is_sent_by_us: bool = True) -> list[Sheet]:
    """Return each of the letter's texts once, the one that its writer edited first, with those who get it."""
    by_text: dict[int, list[Addressee]] = {}
    for person in from_rows(letter.addressees):
        by_text.setdefault(person.text, []).append(person)
    return [
        Sheet(
            people,
            _text(letter, number)[0],
            _rendered(
                letter,
                number=number,
                greeting=people[0].salutation,
                closing_line=people[0].closing,
                is_sent_by_us=is_sent_by_us,
            ),
        )
        for number, people in sorted(by_text.items())
    ]


def text_of_letter(letter: Letter, number: int) -> LetterText:
    """Return who wrote and what: the text that the writer edited (0) or one of the further ones."""
    body = _text(letter, number)[1]
    return LetterText(letter.name, letter.postal_code, letter.street_address, letter.own_words, body)


def _text(letter: Letter, number: int) -> tuple[str, str]:
    """Return subject and body; empty for a number that the letter no longer has, which its hash then tells."""
    if not number:
        return letter.subject, letter.body
    further = letter.further_texts.get(str(number), {})
    return further.get("subject", ""), further.get("body", "")


def _rendered(letter: Letter, *, number: int, greeting: str, closing_line: str, is_sent_by_us: bool) -> str:
    people = from_rows(letter.addressees) if not number else []  # copies are copies of the writer's text
    return letter_text(
        text_of_letter(letter, number),
        greeting=greeting,
        closing_line=closing_line,
        riding_name=letter.riding_name,
        language=letter.letter_language,
        copies=[person.name for person in people if person.is_copy],
        is_sent_by_us=is_sent_by_us,
    )
