"""No cell is a formula in any spreadsheet, whatever stands in it; what is harmless stays as it is."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from actions.exports.cells import CUT, LONGEST, is_formula, plain_text, safe_cell
from tests.bad_input import corpus

FORMULAS = [
    "=HYPERLINK(0)", "+1+1", "-2+3|cmd", "@SUM(1)", "\t=1", "\r=1", "\n=1", "\tplain", "＝1+1", "＋1", "－1", "＠a",
    "﹦1", "﹢1", "﹣1", "﹫a", "  =1", "\u3000=1", "\u00a0=1", "\u200b=1", "\ufeff=1", "\u2060 \u200e=1", "\u202e=1",
    "\x85=1", "\u2028=1", "+1 416 555 0100",
]  # fmt: skip
HARMLESS = [
    "",
    " ",
    "O’Neil",
    "Élan",
    "陳大文",
    "3 - 1",
    "0123",
    "a=1",
    "a@b.example",
    "(1)",
    "'=1",
    '"=1',
    "\u200bMei",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_what_a_spreadsheet_may_take_for_a_formula_begins_with_an_apostrophe(text):
    assert is_formula(text)
    assert safe_cell(text).startswith("'")
    assert safe_cell(text).replace("'", "") == text


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_harmless_stays_as_it_is(text):
    assert not is_formula(text)
    assert safe_cell(text) == text


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("Mei; =1+1", "Mei; '=1+1"),  # opened where ";" divides cells
        ("Mei;=1;@x", "Mei;'=1;'@x"),
        ("Mei\n=1", "Mei\n'=1"),
        ("Mei\t＝1", "Mei\t'＝1"),
        ('Mei";" =1', 'Mei";" \'=1'),
        ("Mei; Tai", "Mei; Tai"),
        ("=1;=1", "'=1;'=1"),
    ],
)
def test_a_cell_that_another_separator_would_cut_up_holds_no_formula_either(text, cell):
    assert safe_cell(text) == cell


def test_no_letter_or_digit_turns_into_a_sign():
    """``safe_cell`` looks no further where a text begins with one."""
    letters = (chr(code) for code in range(sys.maxunicode + 1) if chr(code).isalnum())
    assert not [one for one in letters if unicodedata.normalize("NFKC", one)[0] in "=+-@"]


def test_what_no_file_can_hold_is_replaced():
    assert plain_text("a\x00b\x0bc\ud800d\ufffee\x1b[31m") == "a\ufffdb\ufffdc\ufffdd\ufffde\ufffd[31m"
    assert safe_cell("\ud83d") == "\ufffd"


@pytest.mark.parametrize("text", ["x" * (LONGEST + 1), "\U00020000" * LONGEST, "=" * (LONGEST + 1), "a;=" * LONGEST])
def test_a_cell_is_cut_with_a_mark_before_excel_breaks_it_into_two_rows(text):
    for cell in (safe_cell(text), plain_text(text)):
        assert len(cell.encode("utf-16-le")) // 2 <= LONGEST
        assert cell.endswith(CUT)
    assert plain_text("文" * LONGEST) == "文" * LONGEST


def test_the_corpus_of_bad_input_makes_no_formula():
    texts = [*corpus.NAMES_KEPT, *corpus.NAMES_CLEANED, *corpus.NAMES_REFUSED, *corpus.TEXTS, *corpus.HEADER_BREAKS]
    for text in [*texts, *corpus.EMAILS_KEPT, *corpus.EMAILS_REFUSED]:
        cell = safe_cell(text)
        assert not is_formula(cell), text
        cell.encode()
