"""What the House's rules say about a sheet's text, as far as a program can see it.

What no Clerk would certify is refused: another script than the official languages', addresses of sites and pictures
(emoji). What a person must judge is a warning: words that demand, length, letters that neither language has. The
rules' source stands in ``house_models.py``.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from actions.listing import labelled, listed

if TYPE_CHECKING:
    from actions.petitions.house_models import HousePetition

LINK = re.compile(r"https?:|www\.|@|\b[\w-]+\.(?:ca|com|org|net|info|hk)\b", re.IGNORECASE)
DEMANDS = {
    "en": re.compile(r"\b(demand(?:s|ed|ing)?|insist(?:s|ed|ing)?|must|order(?:s|ed)?|require[sd]?)\b", re.IGNORECASE),
    "fr": re.compile(r"\b(exig\w+|insist\w+|ordonn\w+|doit|doivent|devez|somm(?:er|ons|ent))\b", re.IGNORECASE),
}
PARTS = ("grievances", "request")
# The sheet prints these words itself.
REPEATED = {
    "grievances_en": re.compile(r"^whereas\b", re.IGNORECASE),
    "request_en": re.compile(r"^to\b", re.IGNORECASE),
    "grievances_fr": re.compile(r"^attendu qu", re.IGNORECASE),
    "request_fr": re.compile(r"^(?:de\b|d['’])", re.IGNORECASE),
}
# The House's limit for e-petitions; a paper sheet shall be "clear and to the point".
MANY_WORDS = 250
FRENCH_LETTERS = "àâäæçéèêëîïôöœùûüÿ"
OTHER_LATIN = re.compile(rf"[^\W\d_a-z{FRENCH_LETTERS}]", re.IGNORECASE)


def refusals(text: str, *, most_lines: int) -> list[str]:
    """Return what makes the text impossible on a sheet, as sentences."""
    found = []
    if any(_is_foreign(char) for char in unicodedata.normalize("NFC", text)):
        found.append(_("The House takes English and French only: no Chinese, no other script, no emoji."))
    if LINK.search(text):
        found.append(_("No address of a site or of e-mail may stand on the sheet."))
    if len([line for line in text.splitlines() if line.strip()]) > most_lines:
        found.append(_("At most %(count)d lines.") % {"count": most_lines})
    return found


def _is_foreign(char: str) -> bool:
    """Whether the sign belongs to another script than Latin, or is a picture."""
    if char in "\r\n\t" or "\x20" <= char < "\u0250":
        return False
    if char.isalpha():
        return not unicodedata.name(char, "").startswith("LATIN ")
    is_mark = unicodedata.category(char)[0] in "PSZ" and unicodedata.category(char) != "So"
    return not is_mark or unicodedata.east_asian_width(char) in "WF"


def warnings_about(house: HousePetition) -> list[str]:
    """Return what a person should look at before the sheet is offered, as sentences."""
    found = [sentence for language in house.languages for sentence in _warnings_in(house, language)]
    if len(house.languages) == 1:
        missing = {"en": _("French"), "fr": _("English")}[house.languages[0]]
        found.append(_("There is no sheet in %(language)s.") % {"language": missing})
    return found


def _warnings_in(house: HousePetition, language: str) -> list[str]:
    name = {"en": _("English"), "fr": _("French")}[language]
    every_line = [line for part in PARTS for line in house.clauses(part, language)]
    found = []
    if words := _listed_words(DEMANDS[language], house.clauses("request", language)):
        found.append(_("The request must ask, not demand. Look at: %(words)s.") % {"words": words})
    if letters := _listed_words(OTHER_LATIN, every_line):
        found.append(_("Letters that English and French do not have: %(letters)s.") % {"letters": letters})
    count = sum(len(line.split()) for line in every_line)
    if count > MANY_WORDS:
        found.append(_("%(count)d words: more than 250 are hard to read and leave little room.") % {"count": count})
    if any(REPEATED[f"{part}_{language}"].search(line) for part in PARTS for line in house.clauses(part, language)):
        found.append(_("A line begins with a word that the sheet prints itself."))
    return [labelled(name, sentence) for sentence in found]


def _listed_words(pattern: re.Pattern[str], lines: list[str]) -> str:
    return listed(sorted({match.group(0).lower() for line in lines for match in pattern.finditer(line)}))
