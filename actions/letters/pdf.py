"""Letters as a tagged PDF (PDF/UA-1) to print, sign and post.

The text goes to the press as data (``typesetting/press.py``), so that nothing in it is ever read as markup.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from actions.typesetting.press import NotTypeset, typeset

TEMPLATE = Path(__file__).parent / "typst" / "letter.typ"
MAX_CHARACTERS = 150_000
HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


class PdfUnavailable(Exception):
    """The PDF could not be made: too long, too slow, or something is wrong with the text. Holds no text of it."""


@dataclass(frozen=True)
class PaperLetter:
    """One letter as it stands on paper; every text in the letter's language, ``paragraphs`` with their line breaks."""

    sender: list[str]
    date: str
    addressee: list[str]
    subject: str
    greeting: str
    paragraphs: list[str]
    closing: str
    name: str
    copies: str = ""


def render_letter_pdf(letters: Sequence[PaperLetter], *, language: str, title: str) -> bytes:
    """Return one PDF, each letter on a page of its own. ``language`` is ``en`` or ``fr``. Raises PdfUnavailable.

    A sign that no font has (an emoji, say) is printed as an empty box. PDF/UA forbids that, so such a letter is
    tagged all the same but does not call itself PDF/UA.
    """
    data = {"language": language, "title": title, "letters": [_as_data(letter) for letter in letters]}
    if not letters or len(json.dumps(data, ensure_ascii=False)) > MAX_CHARACTERS:
        raise PdfUnavailable("nothing, or too much")
    accessible = {"format": "pdf", "pdf_standards": "ua-1"}
    try:
        return typeset(TEMPLATE, data, options=[accessible, {"format": "pdf"}])
    except NotTypeset as error:
        raise PdfUnavailable(str(error)) from None


def _as_data(letter: PaperLetter) -> dict[str, Any]:
    return {**asdict(letter), "paragraphs": [_paragraph(text) for text in letter.paragraphs]}


def _paragraph(text: str) -> dict[str, Any]:
    """Own words may be in any language: a paragraph says whether it is Chinese and from which side it is read."""
    letters = [char for char in text if char.isalpha()]
    is_chinese = len(HAN.findall(text)) * 2 > len(letters)
    first_strong = next((kind for kind in map(unicodedata.bidirectional, text) if kind in ("L", "R", "AL")), "L")
    return {
        "lines": text.split("\n"),
        "language": "zh" if is_chinese else None,
        "is_right_to_left": first_strong != "L",
    }
