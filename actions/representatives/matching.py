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
