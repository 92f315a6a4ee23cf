"""A stored letter as text: the same words on the confirm page, in the copy and in the recipient's inbox."""

from __future__ import annotations

from actions.letters.compose import LetterText, from_rows, letter_text
from actions.letters.models import Letter, LetterDelivery


def rendered(letter: Letter, delivery: LetterDelivery | None = None, *, is_sent_by_us: bool = True) -> str:
    """Return the letter as the recipient of the delivery, else its first addressee, reads it.

    Where it was not sent, its writer gets it back without the line that says how it came.
    """
    people = from_rows(letter.addressees)
    return letter_text(
        text_of_letter(letter),
        greeting=delivery.salutation if delivery else people[0].salutation,
        closing_line=delivery.closing if delivery else people[0].closing,
        riding_name=letter.riding_name,
        language=letter.letter_language,
        copies=[person.name for person in people if person.is_copy],
        is_sent_by_us=is_sent_by_us,
    )


def text_of_letter(letter: Letter) -> LetterText:
    return LetterText(letter.name, letter.postal_code, letter.street_address, letter.own_words, letter.body)
