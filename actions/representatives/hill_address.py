"""Where letters on paper reach members of Parliament without a stamp.

Mail between people in Canada and members of the House or the Senate is free, at Parliament's address only:
https://laws-lois.justice.gc.ca/eng/acts/C-10/section-35.html and https://www.ourcommons.ca/en/contact-us
"""

from __future__ import annotations

from actions.representatives.models import Recipient, Representative
from actions.representatives.salutations import envelope_name

_HOUSE = {
    "en": ["House of Commons", "Ottawa ON\u00a0 K1A 0A6"],
    "fr": ["Chambre des communes", "Ottawa (Ontario)\u00a0 K1A 0A6"],
}
_SENATE = {
    "en": ["Senate of Canada", "Ottawa ON\u00a0 K1A 0A4"],
    "fr": ["Sénat du Canada", "Ottawa (Ontario)\u00a0 K1A 0A4"],
}
_IN_THE_HOUSE = (Recipient.Role.PRIME_MINISTER, Recipient.Role.MINISTER, Recipient.Role.CRITIC)


def hill_address(person: Representative | Recipient, *, language: str) -> list[str]:
    """Return name and address as on the envelope, in ``en`` or ``fr``; nothing for who may not have an office there.

    A committee's member may sit in either house, and others in none: no address is guessed for them.
    """
    lines: list[str] = []
    if isinstance(person, Representative) or person.role in _IN_THE_HOUSE:
        lines = _HOUSE[language]
    elif person.role == Recipient.Role.SENATOR:
        lines = _SENATE[language]
    return [envelope_name(person, language=language), *lines] if lines else []
