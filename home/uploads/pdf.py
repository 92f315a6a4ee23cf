"""PDFs: written anew from what their pages use, without authors, earlier versions and XMP; refused with a program."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from django.core.exceptions import ValidationError
from pypdf import PdfReader
from pypdf.filters import decode_stream_data
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NullObject,
    StreamObject,
    TextStringObject,
)

from home.uploads import embedded, refusals

_TOLD = ("/Metadata", "/PieceInfo", "/LastModified", "/DocChecksum", "/SpiderInfo")
_ACTIVE_KEYS = ("/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/AF", "/AA", "/XFA", "/RichMediaContent", "/ByteRange")
_ACTIVE_ACTIONS = {
    "/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/GoToR", "/Rendition", "/RichMediaExecute",
    "/Movie", "/Sound",
}  # fmt: skip
_REMARKS = {"/Text", "/Popup", "/Caret", "/StrikeOut", "/Highlight", "/Underline", "/Squiggly", "/Ink", "/Redact"}
_OBJECTS = 500_000
_HEADER = re.compile(r"%PDF-[12]\.\d")


def clean_pdf(raw: bytes) -> bytes:
    """Return the PDF without what it tells of its authors; raise ValidationError for what cannot be cleaned."""
    if not raw.startswith(b"%PDF-"):
        raise refusals.other_kind("pdf")
    try:
        reader = PdfReader(BytesIO(raw), strict=False)
        if reader.is_encrypted:
            raise refusals.password()
        return _written(reader, raw[:8].decode("ascii", "replace"))
    except ValidationError:
        raise
    except (Exception, RecursionError) as trouble:
        raise refusals.other_kind("pdf") from trouble


def _written(reader: PdfReader, header: str) -> bytes:
    if not reader.pages or not _HEADER.fullmatch(header):
        raise refusals.other_kind("pdf")
    root = reader.trailer.raw_get("/Root")
    reached: dict[int, tuple[int, Any]] = {}
    for thing in _dictionaries(root, reached):
        _refuse(thing)
        _take_out(thing)
    return _file(header, root, reached)


def _dictionaries(root: IndirectObject, reached: dict[int, tuple[int, Any]]) -> Iterator[DictionaryObject]:
    """Walk everything that the document reaches, each once; note in ``reached`` what has a number."""
    waiting: list[Any] = [root]
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, IndirectObject):
            if thing.idnum in reached:
                continue
            reference, thing = thing, thing.get_object()
            reached[reference.idnum] = reference.generation, NullObject() if thing is None else thing
        if len(reached) > _OBJECTS:
            raise refusals.other_kind("pdf")
        if isinstance(thing, DictionaryObject):
            yield thing
            waiting.extend(thing.raw_get(key) for key in thing)
        elif isinstance(thing, ArrayObject):
            waiting.extend(list.__iter__(thing))


def _file(header: str, root: IndirectObject, reached: dict[int, tuple[int, Any]]) -> bytes:
    """Write what is reached, under its old numbers (ISO 32000, 7.5).

    pypdf's writer copies it from one to the next, and gives up at a hundred pages that lead each to the next one.
    """
    target = BytesIO()
    target.write(header.encode() + b"\n%\xe2\xe3\xcf\xd3\n")
    table = ["xref\n0 1\n0000000000 65535 f \n"]
    for number, (generation, thing) in sorted(reached.items()):
        table.append(f"{number} 1\n{target.tell():010} {generation:05} n \n")
        target.write(f"{number} {generation} obj\n".encode())
        thing.write_to_stream(target)
        target.write(b"\nendobj\n")
    table.append(f"trailer\n<< /Size {max(reached) + 1} /Root {root.idnum} {root.generation} R >>\n")
    table.append(f"startxref\n{target.tell()}\n%%EOF\n")
    target.write("".join(table).encode())
    return target.getvalue()


def _refuse(thing: DictionaryObject) -> None:
    if any(key in thing for key in _ACTIVE_KEYS) or _text(thing, "/S") in _ACTIVE_ACTIONS or _is_program(thing):
        raise refusals.active_content()
    if _text(thing, "/Subtype") in _REMARKS and "/Rect" in thing:
        raise refusals.pdf_remarks()


def _text(thing: DictionaryObject, key: str) -> str:
    """Return a name or a text, also one that stands elsewhere; blank where there is none."""
    value = thing[key] if key in thing else None  # noqa: SIM401  get() follows no reference
    return str(value) if isinstance(value, str) else ""


def _is_program(thing: DictionaryObject) -> bool:
    return _text(thing, "/Type") == "/Sig" or _text(thing, "/Subtype") in {
        "/FileAttachment",
        "/RichMedia",
        "/Movie",
        "/Screen",
        "/3D",
    }


def _take_out(thing: DictionaryObject) -> None:
    for key in _TOLD:
        thing.pop(key, None)
    if "/Rect" in thing and _text(thing, "/Subtype") != "/Widget":  # a drawing's author; a form field's /T is its name
        for key in ("/T", "/M", "/CreationDate"):
            thing.pop(key, None)
    if _text(thing, "/URI").lower().startswith("file:"):  # a link to somebody's disk
        thing[NameObject("/URI")] = TextStringObject("about:blank")
    if isinstance(thing, StreamObject):
        _clean_jpeg(thing)


def _clean_jpeg(thing: StreamObject) -> None:
    """Take out what a JPEG tells, also one that is packed once more, as ReportLab does it."""
    filters = thing["/Filter"] if "/Filter" in thing else None  # noqa: SIM401
    names = [str(one.get_object()) for one in filters] if isinstance(filters, ArrayObject) else [filters]
    if names[-1:] != ["/DCTDecode"]:
        return
    if len(names) > 1:
        thing._data = decode_stream_data(thing)
        thing[NameObject("/Filter")] = NameObject("/DCTDecode")
        thing.pop("/DecodeParms", None)
    thing._data = embedded.without_remarks(thing._data)
