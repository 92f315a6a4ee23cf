"""Whom a letter goes to, and the letter as it will arrive.

Offices set aside what does not show that the writer lives in the riding, so the first line says it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from actions.letters.whom import Meant
from actions.representatives.lookup import format_postal_code
from actions.representatives.salutations import closing, envelope_name, salutation

LETTER_LANGUAGES = ("en", "fr")

# Part of the letter, so in the letter's language and not in the page's.
_LIVES_IN = {
    "en": "I live in the riding of {riding} ({postal_code}).",
    "fr": "J’habite dans la circonscription fédérale suivante : {riding} ({postal_code}).",
}
_COPY_LINE = {"en": "Copy: {names}", "fr": "Copie : {names}"}
_SENT_FOR = {
    "en": (
        "This letter was sent through Alliance Canada Hong Kong at its writer’s request, after the writer had "
        "confirmed this e-mail address. A reply to this message goes to the writer."
    ),
    "fr": (
        "Cette lettre a été envoyée par l’entremise d’Alliance Canada Hong Kong à la demande de la personne qui l’a "
        "écrite et qui a confirmé son adresse courriel. Une réponse à ce message lui parviendra directement."
    ),
}


@dataclass(frozen=True)
class Addressee:
    """One person as the writer saw them; frozen with the letter and compared before sending.

    ``text`` is 0 for the text that the writer edited, else the number of one of the letter's further texts.
    """

    key: str
    name: str
    email: str
    salutation: str
    closing: str
    is_copy: bool
    text: int = 0

    @property
    def is_mp(self) -> bool:
        return self.key.startswith("mp:")


@dataclass(frozen=True)
class LetterText:
    """What a supporter wrote and who they are; everything that the recipient reads except greeting and closing."""

    name: str
    postal_code: str
    street_address: str
    own_words: str
    body: str


def addressee(meant: Meant, *, language: str, text: int = 0) -> Addressee:
    person = meant.person
    return Addressee(
        key=meant.key,
        name=envelope_name(person, language=language),
        email=person.email,
        salutation=salutation(person, language=language),
        closing=closing(person, language=language),
        is_copy=meant.is_copy,
        text=text,
    )


def as_rows(people: list[Addressee]) -> list[dict[str, Any]]:
    return [asdict(person) for person in people]


def from_rows(rows: list[dict[str, Any]]) -> list[Addressee]:
    return [Addressee(**row) for row in rows]


def letter_text(
    text: LetterText,
    *,
    greeting: str,
    closing_line: str,
    riding_name: str,
    language: str,
    copies: list[str],
    is_sent_by_us: bool = True,
) -> str:
    """Return the plain text of the letter exactly as it will arrive; ``riding_name`` is blank when it is not known.

    What its writer sends without us does not say that it came through us.
    """
    signature = "\n".join(filter(None, (text.name, text.street_address, format_postal_code(text.postal_code))))
    first = lives_in(text, riding_name=riding_name, language=language)
    parts = [greeting, first, text.own_words.strip(), text.body.strip(), closing_line, signature]
    parts.append(copy_line(copies, language=language))
    if is_sent_by_us:
        parts.append(f"--\n{_SENT_FOR[language]}")
    return "\n\n".join(filter(None, parts)) + "\n"


def lives_in(text: LetterText, *, riding_name: str, language: str) -> str:
    """The letter's first line; blank when the riding is not known."""
    postal_code = format_postal_code(text.postal_code)
    return _LIVES_IN[language].format(riding=riding_name, postal_code=postal_code) if riding_name else ""


def copy_line(names: list[str], *, language: str) -> str:
    return _COPY_LINE[language].format(names="; ".join(names)) if names else ""
