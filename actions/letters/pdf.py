"""Letters as a tagged PDF (PDF/UA-1) to print, sign and post.

typst runs in this process. It gets the letters as JSON (https://typst.app/docs/reference/foundations/sys/) and shows
them as text, so that nothing in them is ever read as markup; its root holds the template and nothing else.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TookTooLong
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import typst

TEMPLATES = Path(__file__).parent / "typst"
FONTS = Path(__file__).parents[1] / "fonts"
# Of processor time a usual letter takes 0.02 seconds, 12,000 rare characters 0.35, as many as fit 1.5; the rest is for
# waiting one's turn on a busy machine.
SECONDS = 8.0
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
    job = _press().submit(_printed, json.dumps(data))
    try:
        return job.result(timeout=SECONDS)
    except TookTooLong:
        job.cancel()
        raise PdfUnavailable("took too long") from None
    except (typst.TypstError, RuntimeError) as error:
        raise PdfUnavailable(type(error).__name__) from None


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


@cache
def _press() -> ThreadPoolExecutor:
    """One thread for all PDFs of the process: the compiler serves one caller at a time, and no crowd takes the CPU."""
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="letter-pdf")


@cache
def _compiler() -> typst.Compiler:
    """The template with our fonts and typst's own; those of the machine do not count, so that all print the same."""
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[FONTS])
    return typst.Compiler(TEMPLATES / "letter.typ", root=TEMPLATES, font_paths=fonts)


def _printed(inputs: str) -> bytes:
    """Runs in the press's thread."""
    try:
        return _compiled(inputs, is_accessible=True)
    except typst.TypstError:
        return _compiled(inputs, is_accessible=False)


def _compiled(inputs: str, *, is_accessible: bool) -> bytes:
    inputs_by_name = {"letters": inputs}
    if is_accessible:
        found = _compiler().compile(format="pdf", sys_inputs=inputs_by_name, pdf_standards="ua-1")
    else:
        found = _compiler().compile(format="pdf", sys_inputs=inputs_by_name)
    if not isinstance(found, bytes):
        raise RuntimeError("no PDF")
    return found
