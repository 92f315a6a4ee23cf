"""Both files hold what was put in, say how much that was, and never grow in memory."""

from __future__ import annotations

import csv
import hashlib
import io
import random
import tracemalloc
import zipfile
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest

from actions.exports import xlsx_file as xlsx
from actions.exports.cells import plain_text, safe_cell
from actions.exports.csv_file import csv_file, csv_writer, line_of, shown
from actions.exports.definitions import Row
from actions.exports.xlsx_file import TooManyRows, xlsx_file
from tests.bad_input import corpus

HEADINGS = ("No.", "Name", "Note")


def read_csv(pieces) -> list[list[str]]:
    return list(csv.reader(io.StringIO(b"".join(pieces).decode("utf-8-sig"), newline="")))


def read_xlsx(pieces):
    return openpyxl.load_workbook(io.BytesIO(b"".join(pieces))).active


def values(sheet) -> list[list]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def texts() -> list[str]:
    """Everything odd that we know of, and 300 mixtures of it."""
    dice = random.Random(8)
    known = [*corpus.NAMES_KEPT, *corpus.NAMES_CLEANED, *corpus.NAMES_REFUSED, *corpus.TEXTS, *corpus.HEADER_BREAKS]
    parts = [*known, "=", "\t", "\r\n", "\r", '"', ";", ",", "\x00", "\ud800", "_x0041_", "<&>", " ", "\u2028"]
    return known + ["".join(dice.choices(parts, k=dice.randint(1, 4))) for _ in range(300)]


def test_a_csv_file_reads_back_as_it_was_and_its_last_line_proves_it_whole():
    rows = [Row(("=1", 'a,b\n"c"')), Row(("陳大文", "")), Row((7, None)), Row((Decimal("2.50"), date(2026, 5, 3)))]
    content = b"".join(csv_file(HEADINGS, rows))
    assert content.startswith(b"\xef\xbb\xbfNo.,Name,Note\r\n")
    lines = read_csv([content])
    assert lines[1:-1] == [
        ["1", "'=1", "a,b\n\"c\""], ["2", "陳大文", ""], ["3", "7", ""], ["4", "2.50", "2026-05-03"],
    ]  # fmt: skip
    before, end = content[: content.rindex(b"# end")], content[content.rindex(b"# end") :]
    assert end.decode() == f"# end,rows 4,sha256 {hashlib.sha256(before).hexdigest()}\r\n"


def test_the_short_way_for_plain_lines_writes_what_the_long_one_would():
    writer, dice = csv_writer(), random.Random(9)
    known = [
        *texts(),
        "",
        "a",
        "1",
        "陳大文",
        "Élan",
        5,
        -5,
        None,
        Decimal("1.5"),
        date(2026, 1, 2),
        "x\x1fy",
        "_",
        "ſ",
    ]
    for _ in range(3000):
        cells = dice.choices(known, k=3)
        assert line_of(writer, cells) == writer.writerow(map(shown, cells))


def test_a_workbook_reads_back_as_it_was_and_ends_with_its_number_of_rows():
    rows = [Row(("=1", 'a\n"b"<&>')), Row((7, None)), Row((Decimal("2.50"), date(2026, 5, 3)))]
    sheet = read_xlsx(xlsx_file(HEADINGS, rows))
    found = values(sheet)
    assert found[0] == list(HEADINGS)
    assert found[1] == [1, "=1", 'a\n"b"<&>']
    assert found[2] == [2, 7, None]
    assert found[3][1:] == [2.5, datetime(2026, 5, 3)]
    assert found[4][:2] == ["# end", "rows 3"]
    assert sheet["B2"].data_type == "s"
    assert sheet["B2"].quotePrefix
    assert not sheet["C2"].quotePrefix
    assert sheet.freeze_panes == "A2"


@pytest.mark.parametrize("number", ["007", "+1 416 555 0100", "0123456789"])
def test_leading_zeros_and_phone_numbers_stay_text(number):
    assert values(read_xlsx(xlsx_file(HEADINGS, [Row((number,))])))[1][1] == number
    assert read_csv(csv_file(HEADINGS, [Row((number,))]))[1][1].lstrip("'") == number


def test_every_odd_text_goes_through_both_files_and_none_is_a_formula():
    odd = texts()
    lines = read_csv(csv_file(HEADINGS, [Row((text, "x")) for text in odd]))
    assert [line[1] for line in lines[1:-1]] == [safe_cell(text) for text in odd]
    sheet = read_xlsx(xlsx_file(HEADINGS, [Row((text, "x")) for text in odd]))
    for text, (_number, cell, after) in zip(odd, sheet.iter_rows(min_row=2, max_row=len(odd) + 1), strict=True):
        assert cell.value is None or cell.data_type in ("s", "inlineStr"), text
        # openpyxl leaves the mark that the standard (22.9.2.19 ST_Xstring) and Excel read as "_".
        assert (cell.value or "").replace("_x005F_", "_") == plain_text(text), text
        assert after.value == "x"


def test_excel_does_not_read_codes_in_a_text_as_letters():
    content = b"".join(xlsx_file(HEADINGS, [Row(("_x0041_ _x000A_ a_xyz",))]))
    sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()
    assert "_x005F_x0041_ _x005F_x000A_ a_xyz" in sheet


@pytest.mark.parametrize("make", [csv_file, xlsx_file])
def test_rows_that_are_alike_are_numbered_one_by_one(make):
    pieces = make(HEADINGS, [Row(("a",), 1500), Row(("b",)), Row(("c",), 0), Row(("d",), 999)])
    found = read_csv(pieces) if make is csv_file else values(read_xlsx(pieces))
    assert [int(line[0]) for line in found[1:-1]] == list(range(1, 2501))
    assert [line[1] for line in found[1:-1]] == ["a"] * 1500 + ["b"] + ["d"] * 999
    assert found[-1][1] == "rows 2500"


@pytest.mark.parametrize("make", [csv_file, xlsx_file])
def test_the_first_bytes_leave_before_a_row_is_read(make):
    def rows():
        raise LookupError
        yield

    pieces = make(HEADINGS, rows())
    assert next(pieces)
    with pytest.raises(LookupError):
        next(pieces)


def test_a_workbook_that_was_cut_off_does_not_open():
    content = b"".join(xlsx_file(HEADINGS, [Row(("a",), 50)]))
    with pytest.raises(zipfile.BadZipFile):
        openpyxl.load_workbook(io.BytesIO(content[:-30]))


def test_a_workbook_leaves_no_row_out(monkeypatch):
    monkeypatch.setattr(xlsx, "MOST_ROWS", 10)
    assert len(values(read_xlsx(xlsx_file(HEADINGS, [Row(("a",), 10)])))) == 12
    with pytest.raises(TooManyRows):
        list(xlsx_file(HEADINGS, [Row(("a",), 10), Row(("b",))]))


@pytest.mark.parametrize("make", [csv_file, xlsx_file])
def test_memory_does_not_grow_with_the_rows(make):
    def most(count: int) -> int:
        tracemalloc.start()
        for _piece in make(HEADINGS, (Row(("陳大文", f"reader{number}@reader.example")) for number in range(count))):
            pass
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    most(10)
    assert most(20_000) < most(4_000) + 300_000
