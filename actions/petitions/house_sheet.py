"""The paper sheet as a PDF: what a Clerk certifies and nothing else; no logo, picture, link or mark of ours.

The fixed words are those of petitions to the House, in the sheet's own language whatever the visitor's is; they are no
interface texts. The whole text stands on the first sheet with at least three rows for signatures; the request, which
the House calls the prayer, is repeated on each further one; there is room for thirty, because 25 must be valid. Letter
paper (21.6 by 27.9 cm) lies within 14 by 21.5 and 28 by 43.25 cm. The rules' source stands in ``house_models.py``.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

from actions.petitions.house_models import Addressee, HousePetition
from actions.typesetting.press import typeset

TEMPLATE = Path(__file__).parent / "typst" / "house.typ"
KEPT = 32
FIRST_ROWS, ALL_ROWS = 3, 30

_NAMES = {
    "en": {
        Addressee.HOUSE: "the House of Commons in Parliament assembled",
        Addressee.GOVERNMENT: "the Government of Canada",
    },
    "fr": {
        Addressee.HOUSE: "la Chambre des communes réunie en Parlement",
        Addressee.GOVERNMENT: "le gouvernement du Canada",
    },
}


@dataclass(frozen=True)
class Sheet:
    """All that is printed; every text in ``language``, ``en`` or ``fr``."""

    language: str
    title: str
    opening: str
    whereas: str
    grievances: tuple[str, ...]
    prayer: str
    requests: tuple[str, ...]
    signature: str
    signature_note: str
    address: str
    address_note: str


def sheet_of(house: HousePetition, language: str) -> Sheet:
    """Return what the petition's sheet says in ``en`` or ``fr``."""
    to = _NAMES[language].get(Addressee(house.addressee)) or house.named(language)
    compose = _english if language == "en" else _french
    return compose(to, tuple(house.clauses("grievances", language)), tuple(house.clauses("request", language)))


def _english(to: str, grievances: tuple[str, ...], requests: tuple[str, ...]) -> Sheet:
    we = "We, the undersigned citizens and residents of Canada,"
    return Sheet(
        language="en",
        title=f"Petition to {to}",
        opening=f"{we} draw the attention of {to} to the following:",
        whereas="Whereas:",
        grievances=grievances,
        prayer=f"Therefore, we, the undersigned citizens and residents of Canada, call upon {to} to:",
        requests=requests,
        signature="Signature",
        signature_note="Sign your own name. Do not print.",
        address="Address",
        address_note="Your home address, or your city and province.",
    )


def _french(to: str, grievances: tuple[str, ...], requests: tuple[str, ...]) -> Sheet:
    return Sheet(
        language="fr",
        title=f"Pétition {_joined('à', to)}",
        opening=f"Nous, soussignés, citoyens et résidents du Canada, attirons l’attention {_joined('de', to)} "
        "sur ce qui suit\u00a0:",
        whereas="Attendu que\u00a0:",
        grievances=grievances,
        prayer=f"En conséquence, nous, soussignés, citoyens et résidents du Canada, prions {to} de\u00a0:",
        requests=requests,
        signature="Signature",
        signature_note="Signez votre nom. N’écrivez pas en lettres moulées.",
        address="Adresse",
        address_note="Celle de votre domicile, ou votre ville et votre province.",
    )


def _joined(preposition: str, name: str) -> str:
    """« à » or « de » with a name that brings its article: « au ministre », « du gouvernement », « à la Chambre »."""
    article, _blank, rest = name.partition(" ")
    merged = {("à", "le"): "au", ("à", "les"): "aux", ("de", "le"): "du", ("de", "les"): "des"}
    short = merged.get((preposition, article.lower()))
    return f"{short} {rest}" if short else f"{preposition} {name}"


@lru_cache(maxsize=KEPT)
def sheet_pdf(sheet: Sheet) -> bytes:
    """Return the sheets as a tagged PDF (PDF/UA-1). Raises NotTypeset."""
    data = {**asdict(sheet), "first_rows": FIRST_ROWS, "all_rows": ALL_ROWS}
    return typeset(TEMPLATE, data, options=[{"format": "pdf", "pdf_standards": "ua-1"}, {"format": "pdf"}])
