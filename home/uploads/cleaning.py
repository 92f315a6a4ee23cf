"""The one place through which each file of a person goes before it is stored."""

from __future__ import annotations

import os
import re
import secrets
import unicodedata

from django.core.files.base import ContentFile, File

from home.uploads import refusals
from home.uploads.office import clean_office
from home.uploads.pdf import clean_pdf
from home.uploads.pictures import clean_picture
from home.uploads.plain import clean_plain

PICTURES = {"avif", "gif", "jpg", "jpeg", "png", "webp"}
_OFFICE = {"docx", "odt", "pptx", "xlsx"}
_PLAIN = {"csv", "ics", "txt"}
_NAME_LENGTH = 60


class CleanFile(ContentFile):
    """A file that has been cleaned, and is not cleaned again."""


def cleaned(file: File, name: str) -> CleanFile:
    """Return what may be stored, under the name that may be stored; ValidationError says what its editor can do."""
    if isinstance(file, CleanFile):
        return file
    ending = os.path.splitext(name)[1].lower().removeprefix(".")
    file.seek(0)
    raw = file.read()
    if ending in PICTURES:
        content, ending = clean_picture(raw)
        # Nobody reads the name of a picture, and phones write time and place into it. Not from its title, which is
        # the old name at first, nor from its content, by which others could ask whether we have a certain picture.
        return CleanFile(content, name=f"{secrets.token_hex(8)}.{ending}")
    return CleanFile(_clean_document(raw, ending), name=_plain_name(name, ending))


def _clean_document(raw: bytes, ending: str) -> bytes:
    if ending == "pdf":
        return clean_pdf(raw)
    if ending in _OFFICE:
        return clean_office(raw, ending)
    if ending in _PLAIN:
        return clean_plain(raw, ending)
    raise refusals.unknown_kind(ending)


def _plain_name(name: str, ending: str) -> str:
    """Return the name that readers find in their downloads: its editor's, without invisible signs, not too long."""
    stem = os.path.splitext(os.path.basename(name.replace("\\", "/")))[0]
    visible = "".join(sign for sign in stem if unicodedata.category(sign)[0] != "C")
    stem = re.sub(r"[^\w.-]+", "-", visible).strip("-._")[:_NAME_LENGTH]
    return f"{stem or 'document'}.{ending}"
