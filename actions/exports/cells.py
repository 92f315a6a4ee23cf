"""What a cell of a file may hold: text that every spreadsheet takes for text, and no more of it than fits.

Escaped, not refused: a name may begin with "=". https://owasp.org/www-community/attacks/CSV_Injection
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal

Cell = str | int | Decimal | date | None

FORMULA_STARTS = frozenset("=+-@")
# Full-width signs are formulas to East Asian versions of Excel.
SIGNS = "=+\\-@＝＋－＠﹦﹢﹣﹫"
# A file with commas, opened where ";" or a tab divides cells, begins new cells in the middle of ours.
NEW_CELL = re.compile(rf"([;\t\r\n][\s\"']*)(?=[{SIGNS}])")
# What XML 1.0 cannot hold (https://www.w3.org/TR/xml/#charsets), halves of characters among it.
NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
REPLACEMENT = "\ufffd"
# In UTF-16 units; Excel puts the rest of a longer cell of a CSV file into the next row, where it may be a formula.
# https://support.microsoft.com/en-us/office/excel-specifications-and-limits-1672b34d-7043-467e-8e27-269d656771c3
LONGEST = 32_767
CUT = " […]"


def safe_cell(text: str) -> str:
    """Return the text for a CSV file, so that no spreadsheet takes it, or a part of it, for a formula."""
    if text[:1].isalnum() and text.isprintable() and ";" not in text and len(text) <= LONGEST // 2:
        return text  # nearly all are like this
    text = plain_text(text)
    guarded = NEW_CELL.sub(r"\1'", f"'{text}" if is_formula(text) else text)
    return fitting(guarded)


def is_formula(text: str) -> bool:
    """Return whether a spreadsheet may take the text for a formula, or drops what stands before one."""
    for letter in text:  # what comes before the first letter that can be seen
        if letter in "\t\r\n":
            return True
        if not (letter.isspace() or unicodedata.category(letter) in ("Cc", "Cf")):
            return unicodedata.normalize("NFKC", letter)[:1] in FORMULA_STARTS
    return False


def plain_text(text: str) -> str:
    """Return the text without what no file can hold, cut with a mark where it is longer than a cell."""
    return fitting(text if text.isprintable() else NOT_TEXT.sub(REPLACEMENT, text))


def fitting(text: str) -> str:
    if len(text) <= LONGEST // 2 or len(text.encode("utf-16-le")) <= 2 * LONGEST:
        return text
    kept = text.encode("utf-16-le")[: 2 * (LONGEST - len(CUT))]
    return kept.decode("utf-16-le", "ignore") + CUT
