"""An Excel workbook of one sheet, in pieces as its rows come.

Written by ourselves, because openpyxl and its kin need the whole file on the disk before its first byte can leave: in
clear, and seconds after somebody asked. docs/decisions/0024-exports.md. Text is always text here, never a formula.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import IO, TYPE_CHECKING
from xml.sax.saxutils import escape

from actions.exports.cells import Cell, is_formula, plain_text
from actions.exports.csv_file import END
from actions.exports.definitions import Row

if TYPE_CHECKING:
    from typing_extensions import Buffer

# Of the 1,048,576 rows of a sheet the headings take one and the end another.
MOST_ROWS = 1_048_576 - 2
LEVEL = 2  # of compression: half the time of the usual one for a tenth more bytes
PIECE = 64 * 1024
ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # Excel would read "_x0041_" as "A"
DAY_ZERO = date(1899, 12, 30)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
# Cell formats by place: plain, day, heading, and text that stays text when somebody edits it ("quotePrefix").
DAY, HEADING, GUARDED = 1, 2, 3
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{TYPES}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{TYPES}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{TYPES}.styles+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
    '<sheet name="Export" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{RELATIONS}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}
SHEET = (
    f'<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>'
)
SHEET_END = "</sheetData></worksheet>"


class TooManyRows(Exception):
    """A sheet holds no more than MOST_ROWS rows."""


class _Sink(io.RawIOBase):
    """Where zipfile writes to: it cannot seek, and what came in is taken out again at once."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, content: Buffer) -> int:
        self._parts.append(bytes(content))
        return len(self._parts[-1])

    def take(self) -> bytes:
        content = b"".join(self._parts)
        self._parts.clear()
        return content


def xlsx_file(headings: Sequence[str], rows: Iterable[Row]) -> Iterator[bytes]:
    """Yield the file; its last row tells how many came before. Raises TooManyRows rather than leave rows out.

    A workbook that was cut off has lost the list of its parts, which stands last, and does not open.
    """
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as archive:
        for name, content in PARTS.items():
            archive.writestr(name, HEAD + content)
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write((HEAD + SHEET + heading_row(headings)).encode())
            yield sink.take()
            yield from _written(sheet, sink, rows)
            sheet.write(SHEET_END.encode())
    yield sink.take()


def _written(sheet: IO[bytes], sink: _Sink, rows: Iterable[Row]) -> Iterator[bytes]:
    """Write the rows and the end into the sheet and yield what that has made."""
    done, lines, size = 0, list[str](), 0
    for cells, times in rows:
        rest = "".join(map(cell_xml, cells)) + "</row>"
        if done + times > MOST_ROWS:
            raise TooManyRows
        for number in range(done + 1, done + times + 1):
            lines.append(f"<row><c><v>{number}</v></c>{rest}")
            size += len(rest)
            if size >= PIECE:
                sheet.write("".join(lines).encode())
                yield sink.take()
                lines, size = [], 0
        done += times
    lines.append(f"<row>{text_xml(END)}{text_xml(f'rows {done}')}</row>")
    sheet.write("".join(lines).encode())


def heading_row(headings: Sequence[str]) -> str:
    return f"<row>{''.join(text_xml(heading, HEADING) for heading in headings)}</row>"


def cell_xml(cell: Cell) -> str:
    """Return the cell as XML: numbers as numbers, days as days, everything else as text."""
    if isinstance(cell, str):
        if cell.isalnum() and len(cell) < 100:
            return f'<c t="inlineStr"><is><t>{cell}</t></is></c>'
        return text_xml(cell, 0 if cell[:1].isalnum() or not is_formula(cell) else GUARDED)
    if isinstance(cell, (int, Decimal)):
        return f"<c><v>{cell}</v></c>"
    if isinstance(cell, date):
        return f'<c s="{DAY}"><v>{(cell - DAY_ZERO).days}</v></c>'
    return "<c/>"


def text_xml(text: str, style: int = 0) -> str:
    return f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{written(text)}</t></is></c>'


def written(text: str) -> str:
    """Return the text as XML that Excel reads back as it was."""
    return ESCAPED.sub("_x005F_", escape(plain_text(text), {"\r": "&#13;"}))
