"""Files that were stored before they were cleaned on their way in: replaced one by one, their renditions deleted.

A picture gets a new name, since the old one may tell something: the new file is written and its row committed before
the old one is deleted. A document keeps its name, which is part of its address, and is exchanged in one step. Cut off
anywhere, every page still has its files; a second run replaces nothing that is clean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import UploadedFile
from wagtail.users.models import UserProfile

from home.uploads.cleaning import CleanFile, cleaned
from home.uploads.storing import tell

_FIELDS = ((Image, "file"), (Document, "file"), (UploadedFile, "file"), (UserProfile, "avatar"))
_OUR_NAME = re.compile(r"(^|/)[0-9a-f]{16}\.\w+$")


@dataclass(frozen=True)
class Result:
    """What became of one file; ``what`` names its row, never the file, whose name may tell something."""

    what: str
    state: Literal["clean", "replaced", "refused"]
    reason: str = ""


def clean_stored(*, dry_run: bool = False) -> Iterator[Result]:
    """Clean every stored file of a person, one result each."""
    for model, name in _FIELDS:
        for pk in list(model.objects.exclude(**{name: ""}).order_by("pk").values_list("pk", flat=True)):
            what = f"{model._meta.label_lower} {pk}"
            try:
                row = model.objects.filter(pk=pk).first()  # read now: cleaning those before it took its time
                yield Result(what, "replaced" if row and _clean(row, name, dry_run=dry_run) else "clean")
            except ValidationError as refusal:
                yield Result(what, "refused", " ".join(refusal.messages))
            except OSError:
                yield Result(what, "refused", "The file is missing or cannot be read.")


def _clean(row: Any, name: str, *, dry_run: bool) -> bool:
    """Return whether the file had to be replaced."""
    stored = getattr(row, name)
    with stored.storage.open(stored.name) as file:
        raw = file.read()
    clean = cleaned(ContentFile(raw), stored.name)
    if _is_clean(stored.name, clean.read() == raw, is_document=isinstance(row, Document)):
        return False
    if not dry_run:
        clean.seek(0)
        _exchange(row, name, clean)
    return True


@transaction.atomic
def _exchange(row: Any, name: str, clean: CleanFile) -> None:
    """Leave alone what an editor replaced, deleted or changed while its file was being cleaned."""
    same = {"pk": row.pk, name: getattr(row, name).name}
    fresh = type(row).objects.select_for_update().filter(**same).first()
    if fresh is not None:
        exchange = _exchange_in_place if isinstance(fresh, Document) else _replace
        exchange(fresh, getattr(fresh, name), clean)


def _is_clean(name: str, is_same: bool, *, is_document: bool) -> bool:
    """WebP and AVIF lose a little each time they are written; of those our own kind of name says that we did."""
    return is_same if is_document else bool(_OUR_NAME.search(name)) and (is_same or name.endswith((".webp", ".avif")))


def _replace(row: Any, stored: Any, clean: CleanFile) -> None:
    old, storage = stored.name, stored.storage
    stored.save(clean.name, clean)
    if isinstance(row, Image):
        for rendition in row.renditions.all():
            rendition.delete()
    transaction.on_commit(lambda: storage.delete(old))


def _exchange_in_place(row: Document, stored: Any, clean: CleanFile) -> None:
    path = Path(stored.path)
    waiting = path.with_name(f".{path.name}.new")
    waiting.write_bytes(clean.read())
    waiting.chmod(path.stat().st_mode)
    waiting.replace(path)
    tell(row, clean)
    row.save(update_fields=["file_size", "file_hash"])
