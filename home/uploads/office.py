"""Word, Excel, PowerPoint and OpenDocument files: ZIPs of XML, packed anew without what they tell of their authors.

Comments and tracked changes carry names and unpublished words; only their author knows which to accept, so such a file
is refused with the way to do it. ``office_parts`` knows what stands in which part.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO

from home.uploads import refusals
from home.uploads.office_parts import OLE, as_utf8, cleaned_part, has_remarks, is_active, refuse_foreign

UNPACKED_BYTES = 100_000_000
_INSIDE_BYTES = 20_000_000  # of one file inside, whose list of millions of parts would fill the memory
_PARTS = 5_000
_HEARTS = {  # Word on the web calls it "document2.xml": https://github.com/open-xml-templating/docxtemplater/issues/366
    "docx": re.compile(r"word/document\d*\.xml"),
    "xlsx": re.compile(r"xl/workbook\d*\.xml"),
    "pptx": re.compile(r"ppt/presentation\d*\.xml"),
    "odt": re.compile(r"content\.xml"),
}
_ODT_TYPE = b"application/vnd.oasis.opendocument.text"
_EPOCH = (1980, 1, 1, 0, 0, 0)


def clean_office(raw: bytes, ending: str, *, inside: bool = False) -> bytes:
    """Return the file without authors, companies, paths and times; raise ValidationError for what cannot be cleaned.

    ``inside``: it lies in another one, as the table behind a chart does.
    """
    if raw.startswith(OLE) and not inside:  # how Office wraps a file with a password
        raise refusals.password()
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            _refuse(archive, ending)
            return _packed_anew(archive, ending, inside=inside)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        KeyError,
        ValueError,
        NotImplementedError,
        RuntimeError,
        OSError,
    ) as trouble:
        raise refusals.other_kind(ending) from trouble


def _refuse(archive: zipfile.ZipFile, ending: str) -> None:
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if any(entry.flag_bits & 1 for entry in entries):
        raise refusals.password()
    if len(entries) > _PARTS or _unpacked(archive) > UNPACKED_BYTES:
        raise refusals.unpacks_too_large(UNPACKED_BYTES)
    has_heart = any(map(_HEARTS[ending].fullmatch, names))
    if not has_heart or len(set(names)) != len(names) or any(".." in name.split("/") for name in names):
        raise refusals.other_kind(ending)
    if ending == "odt" and ("mimetype" not in names or archive.read("mimetype").strip() != _ODT_TYPE):
        raise refusals.other_kind(ending)
    if any(is_active(name) for name in names):
        raise refusals.active_content()


def _unpacked(archive: zipfile.ZipFile) -> int:
    """Return how many bytes the file says it holds, files inside included, if it is small enough to look at those."""
    total = sum(entry.file_size for entry in archive.infolist())
    for entry in archive.infolist():
        if total <= UNPACKED_BYTES and _ending(entry.filename) in _HEARTS:
            if entry.file_size > _INSIDE_BYTES:
                raise refusals.unpacks_too_large(UNPACKED_BYTES)
            with zipfile.ZipFile(BytesIO(archive.read(entry))) as within:
                total += sum(part.file_size for part in within.infolist())
    return total


def _ending(name: str) -> str:
    return name.rsplit(".", 1)[-1].lower()


def _packed_anew(archive: zipfile.ZipFile, ending: str, *, inside: bool) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for entry in archive.infolist():
            if entry.is_dir():
                continue
            # Reads no more than the entry has declared, which _refuse has added up.
            part = _cleaned(entry.filename, archive.read(entry), ending, inside=inside)
            if part is not None:
                plain = zipfile.ZipInfo(entry.filename, _EPOCH)  # without times, remarks and the packer's system
                plain.compress_type = zipfile.ZIP_STORED if entry.filename == "mimetype" else zipfile.ZIP_DEFLATED
                packed.writestr(plain, part)
    return target.getvalue()


def _cleaned(name: str, part: bytes, ending: str, *, inside: bool) -> bytes | None:
    """Return the part as it is stored, None for one that is left out."""
    within = _ending(name)
    if within in _HEARTS:
        if inside:
            raise refusals.active_content()
        return clean_office(part, within, inside=True)
    refuse_foreign(part)
    part = as_utf8(name, part)
    if has_remarks(name, part):
        raise refusals.remarks()
    return cleaned_part(name, part, ending)
