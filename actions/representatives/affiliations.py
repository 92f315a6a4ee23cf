"""Parties in words, as people are shown and filtered by; always by name, never by colour."""

from __future__ import annotations

from django.utils.translation import get_language

from actions.representatives.models import Recipient, Representative
from actions.representatives.parties import chinese_party_name, french_party_name


def party_in_words(english: str, french: str, language: str) -> str:
    """The party for ``en``, ``fr`` or ``zh-hant``; the English name stands in for a missing one."""
    other = {"fr": french or french_party_name(english), "zh": chinese_party_name(english)}
    return other.get(language[:2].lower(), english) or english


def party_of(person: Representative | Recipient, language: str) -> str:
    return party_in_words(person.party_name_en, person.party_name_fr, language)


def party_choices() -> list[tuple[str, str]]:
    """Return every party that somebody belongs to, by its English name, in the active language and its order."""
    names: dict[str, str] = {}
    for kind in (Representative, Recipient):
        names |= dict(kind.objects.exclude(party_name_en="").values_list("party_name_en", "party_name_fr").distinct())
    language = get_language() or "en"
    choices = [(english, party_in_words(english, french, language)) for english, french in names.items()]
    return sorted(choices, key=lambda choice: choice[1].casefold())
