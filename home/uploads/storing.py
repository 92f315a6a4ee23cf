"""Where files of people are written: no way into the storage goes around ``cleaned``.

Django stores a file of a model in ``FieldFile.save`` alone, whether a form, a loader or a shell asks for it. The fields
belong to Wagtail, so their class of files is replaced when Django is ready. Renditions are no files of people: they are
made from a cleaned picture, and have no EXIF because that has none.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.files.base import File
from django.db.models import FileField, Model
from django.db.models.fields.files import FieldFile, ImageFieldFile
from wagtail.images.models import WagtailImageFieldFile
from wagtail.utils.file import hash_filelike

from home.uploads.cleaning import CleanFile, cleaned


class _Cleaned(FieldFile):
    def save(self, name: str, content: File, save: bool = True) -> None:
        """Store what may be stored; raise ValidationError for a file that is refused."""
        clean = cleaned(content, name)
        super().save(str(clean.name), clean, save=False)
        tell(self.instance, clean)
        if save:
            self.instance.save()


class CleanFieldFile(_Cleaned):
    """Documents, and what waits for the rest of its form."""


class CleanAvatarFile(_Cleaned, ImageFieldFile):
    """The picture that staff show each other."""


class CleanPictureFile(_Cleaned, WagtailImageFieldFile):
    """Pictures of the library."""


def tell(instance: Any, clean: CleanFile) -> None:
    """Size and sum of what is stored, not of what came. Wagtail's columns are written after the file."""
    if hasattr(instance, "file_hash"):
        clean.seek(0)
        instance.file_size = clean.size
        instance.file_hash = hash_filelike(BytesIO(clean.read()))


def _replace(model: type[Model], name: str, kind: type[FieldFile]) -> None:
    field = model._meta.get_field(name)
    assert isinstance(field, FileField)  # noqa: S101
    field.attr_class = kind


def connect() -> None:
    """Take over every field into which a person's file can come."""
    from wagtail.documents.models import Document
    from wagtail.images.models import Image
    from wagtail.models import UploadedFile
    from wagtail.users.models import UserProfile

    _replace(Image, "file", CleanPictureFile)
    _replace(Document, "file", CleanFieldFile)
    _replace(UploadedFile, "file", CleanFieldFile)
    _replace(UserProfile, "avatar", CleanAvatarFile)
