"""Street names and typed addresses in one form, so that « 4-123, rue Principale O. » and "PRINCIPALE", "RUE", "O" meet.

Reading is strict: what cannot be told for certain is not read at all. Abbreviations and the order of unit and number
follow https://www.canadapost-postescanada.ca/cpc/en/support/articles/addressing-guidelines/overview.page
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

LONGEST_ADDRESS = 200
LARGEST_NUMBER = 999_999

# English and French words for one thing are one word here; at worst two streets look alike, and then nobody guesses.
_SAME_WORDS = (
    "st street saint rue", "ste sainte", "ave av avenue", "blvd boul boulevard bd boulv", "rd road ch chemin chem",
    "dr drive prom promenade", "pl place", "cres crescent crois croissant", "crt court ct cour", "sq square carre car",
    "hwy highway aut autoroute", "rte route rt", "terr terrace tsse terrasse ter", "cir circle cercle", "lane ln",
    "pky parkway pkwy", "pk park parc", "trail trl tr", "mtee montee", "imp impasse", "conc concession con",
    "line ligne", "sdrd sideroad sideline", "twp township", "rge range rg rang", "pt point pte pointe", "hts heights",
    "gdns gardens gdn garden", "grv grove", "hill hl cote", "sent sentier", "rle ruelle", "esp espl esplanade",
    "expy expressway", "fwy freeway", "ptway pathway", "pvt private", "landng landing", "mt mount",
    "n north nord", "s south sud", "e east est", "w west ouest o", "ne northeast nordest", "nw northwest nordouest no",
    "se southeast sudest", "sw southwest sudouest so",
)  # fmt: skip
_WORD = {word: words.split()[0] for words in _SAME_WORDS for word in words.split()}
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th|e|er|re|ere|eme|ieme)")
_COMPOUND = re.compile(r"\b(nord|sud)[ -](est|ouest)\b|\b(north|south)[ -](east|west)\b")
_FRACTION = re.compile("[\u00bc-\u00be\u2150-\u215e]")
_UNIT_WORDS = (
    r"(?:units?|apt|apartment|apartement|suite|room|rm|app|appartement|appt|bureau|local|unite|porte|etage|floor)"
)
_UNIT = rf"(?:{_UNIT_WORDS}\b\.?\s*(?:no\.?\s*)?\#?|\#)\s*[0-9a-z]{{1,6}}"
_UNIT_ALONE = re.compile(_UNIT)
_UNIT_BEFORE = re.compile(rf"{_UNIT}[\s-]+(?=[0-9])")
_UNIT_AFTER = re.compile(rf"\s+{_UNIT}$")
_POSTAL_CODE_AFTER = re.compile(r"\s+[a-z][0-9][a-z]\s?[0-9][a-z][0-9]$")
_NUMBER_ALONE = re.compile(r"(?:[0-9a-z]{1,6}\s*-\s*)?[0-9]{1,6}[a-z]?(?:\s+[0-9]/[0-9])?")
_ADDRESS = re.compile(
    r"(?:(?P<before>[0-9a-z]{1,6})\s*-\s*)?(?P<number>[0-9]{1,6})[a-z]?(?:\s+[0-9]/[0-9])?\s+(?P<street>\S.*)"
)
_LETTER_AFTER_NUMBER = frozenset("abcdfghjklm")


@dataclass(frozen=True)
class TypedAddress:
    """``other_number`` stands before a hyphen: a unit mostly, but some write the unit last.

    ``streets`` are the ways to read the street, as words; the second leaves out a letter that may belong to the number.
    """

    number: int
    other_number: int | None
    streets: tuple[tuple[str, ...], ...]


def street_words(text: str) -> str:
    """The words of a street's name, type or direction in their one form, with blanks between them."""
    text = _COMPOUND.sub(lambda match: "".join(filter(None, match.groups())), _folded(text))
    words = re.findall("[a-z0-9]+", text)
    return " ".join(_WORD.get(word) or _ORDINAL.sub(r"\1", word) for word in words)


def read_address(typed: str) -> TypedAddress | None:
    """Number and street of what a person typed; None when it has no number or cannot be read for certain."""
    if len(typed) > LONGEST_ADDRESS:
        return None
    typed = _FRACTION.sub(" 1/2", typed)
    if not all(_is_plain(char) for char in typed):
        return None
    parts = [part.strip(" .") for part in re.split(r"[,;\n]", _folded(typed))]
    parts = [part for part in parts if part and not _UNIT_ALONE.fullmatch(part)]
    if len(parts) > 1 and _NUMBER_ALONE.fullmatch(parts[0]):
        parts = [f"{parts[0]} {parts[1]}"]
    found = _ADDRESS.fullmatch(_without_unit(parts[0])) if parts else None
    if found is None:
        return None
    words = tuple(street_words(found["street"]).split())
    number, before = int(found["number"]), found["before"] or ""
    is_in_doubt = before.isdecimal()
    return TypedAddress(number, int(before) if is_in_doubt else None, _ways_to_read(words))


def ways_to_write(name: str, kind: str, direction: str) -> set[tuple[str, ...]]:
    """Every order in which a street of the register may be typed, with and without its type and direction."""
    n, k, d = (tuple(part.split()) for part in (name, kind, direction))
    return {n, n + k, k + n, n + d, d + n, n + k + d, k + n + d, d + n + k, n + d + k, d + k + n}


def _is_plain(char: str) -> bool:
    """No control or hidden character, and no raised or circled digit, which would melt into the number."""
    category = unicodedata.category(char)
    return char in "\r\n\t" or (category != "No" and not category.startswith("C"))


def _folded(text: str) -> str:
    """Small letters without accents; full-width characters, odd dashes and apostrophes as their plain ones."""
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    text = "".join(char for char in text if not unicodedata.combining(char))
    text = re.sub("[\u2010-\u2015\u2212]", "-", text).replace("\u2044", "/")
    return re.sub(r"[^\S\n]+", " ", text)


def _without_unit(part: str) -> str:
    part = _POSTAL_CODE_AFTER.sub("", part)
    return _UNIT_AFTER.sub("", _UNIT_BEFORE.sub("", part, count=1) if _UNIT_BEFORE.match(part) else part)


def _ways_to_read(words: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    if len(words) > 1 and words[0] in _LETTER_AFTER_NUMBER:
        return (words, words[1:])
    return (words,)
