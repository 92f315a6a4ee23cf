"""PDFs: written anew from what their pages use, without authors, earlier versions and XMP; refused with a program."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from django.core.exceptions import ValidationError
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, StreamObject, TextStringObject

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
    # The reader keeps what it has read, and the writer copies what is reached from there: before, not after.
    for thing in _dictionaries(reader.root_object):
        _refuse(thing)
        _take_out(thing)
    writer = PdfWriter()
    writer.clone_reader_document_root(reader)  # the pages, and nothing that stands beside them
    writer.pdf_header = header
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def _dictionaries(root: DictionaryObject) -> Iterator[DictionaryObject]:
    """Walk everything that the document reaches, each once."""
    waiting: list[Any] = [root]
    seen: set[int] = set()
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, IndirectObject):
            if thing.idnum in seen:
                continue
            seen.add(thing.idnum)
            thing = thing.get_object()
        if len(seen) > _OBJECTS:
            raise refusals.other_kind("pdf")
        if isinstance(thing, DictionaryObject):
            yield thing
            waiting.extend(thing.raw_get(key) for key in thing)
        elif isinstance(thing, ArrayObject):
            waiting.extend(list.__iter__(thing))


def _refuse(thing: DictionaryObject) -> None:
    if any(key in thing for key in _ACTIVE_KEYS) or thing.get("/S") in _ACTIVE_ACTIONS or _is_program(thing):
        raise refusals.active_content()
    if thing.get("/Subtype") in _REMARKS and "/Rect" in thing:
        raise refusals.pdf_remarks()


def _is_program(thing: DictionaryObject) -> bool:
    return thing.get("/Type") == "/Sig" or thing.get("/Subtype") in {
        "/FileAttachment",
        "/RichMedia",
        "/Movie",
        "/Screen",
        "/3D",
    }


def _take_out(thing: DictionaryObject) -> None:
    for key in _TOLD:
        thing.pop(key, None)
    if "/Rect" in thing and thing.get("/Subtype") != "/Widget":  # a drawing's author; a form field's /T is its name
        for key in ("/T", "/M", "/CreationDate"):
            thing.pop(key, None)
    if str(thing.get("/URI", "")).lower().startswith("file:"):  # a link to somebody's disk
        thing[NameObject("/URI")] = TextStringObject("about:blank")
    if isinstance(thing, StreamObject) and _is_jpeg(thing):
        thing._data = embedded.without_remarks(thing._data)


def _is_jpeg(thing: StreamObject) -> bool:
    filters = thing.get("/Filter")
    return filters == "/DCTDecode" or (isinstance(filters, ArrayObject) and list(filters) == ["/DCTDecode"])
