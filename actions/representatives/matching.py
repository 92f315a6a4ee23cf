"""Comparing names that mix accents, long dashes, curly apostrophes and capitals from one source to the next."""

from __future__ import annotations

import re
import unicodedata

_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d-]+")
_APOSTROPHES = re.compile("[\u2018\u2019\u02bc\u02b9\u00b4`\u2032']+")


def fold(name: str) -> str:
    """The name without accents, capitals, and with one kind of dash, apostrophe and space."""
    text = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
    text = _APOSTROPHES.sub("'", _DASHES.sub("-", text))
    text = re.sub(r"\s*-\s*", "-", text)
    return " ".join(text.casefold().split())


# How people in office are styled; a name with or without them is the same name.
_TITLES = frozenset(
    (
        *("hon", "honourable", "honorable", "right", "rt", "sir", "dame", "pc", "cp", "dr", "prof"),
        *("mr", "mrs", "ms", "miss", "mx", "m", "mme", "madame", "monsieur", "mlle"),
        *("mp", "mps", "depute", "deputee", "senator", "senateur", "senatrice", "minister", "ministre"),
    )
)
_ARTICLES = frozenset(("the", "very", "l", "le", "la", "tres"))
_CHINESE_TITLES = re.compile("(議員|參議員|部長|總理|先生|女士|小姐|太太|博士|教授)$")
_WORDS = re.compile(r"[^\W\d_]+")
_INITIALS = re.compile(r"(?<=\b[a-z])\.(?=[a-z]\b)")


def name_key(name: str) -> str:
    """The words of a person's name in a fixed order, without accents, capitals and titles; blank for a single word.

    A Chinese name is one word and stands for itself.
    """
    words = [_CHINESE_TITLES.sub("", word) for word in _WORDS.findall(_INITIALS.sub("", fold(name)))]
    words = sorted(word for word in _without_opening(words) if word and word not in _TITLES)
    is_whole = len(words) > 1 or any(len(word) > 1 and not word.isascii() for word in words)
    return " ".join(words) if is_whole else ""


def _without_opening(words: list[str]) -> list[str]:
    """Leave out « l'honorable » and the like; an article without a title is part of the name, as in Le Minh."""
    opening = 0
    for place, word in enumerate(words):
        if word in _TITLES:
            opening = place + 1
        elif word not in _ARTICLES:
            break
    return words[opening:]
