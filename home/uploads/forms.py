"""The forms of pictures and documents: clean before the file is stored, so that a refusal stands beside the field."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.account import AvatarPreferencesForm
from wagtail.documents.fields import WagtailDocumentField
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from home.uploads import refusals
from home.uploads.cleaning import CleanFile, cleaned

PICTURE_HELP = _(
    "The time, place, device and author stored in the file are removed, and its name is replaced. "
    "Faces and street signs stay."
)
DOCUMENT_HELP = _(
    "Author, company and editing times are removed; files with comments, tracked changes or scripts are refused. "
    "Readers see the file’s name."
)


def _clean_file(file: File | None) -> CleanFile | None:
    return cleaned(file, str(file.name)) if file else None


class CleanPictureField(WagtailImageField):
    def to_python(self, data: Any) -> CleanFile | None:
        try:
            file = super().to_python(data)
        except ValidationError:
            raise
        except Exception as trouble:
            raise refusals.damaged_picture() from trouble
        return _clean_file(file)


class CleanDocumentField(WagtailDocumentField):
    def to_python(self, data: Any) -> CleanFile | None:
        return _clean_file(super().to_python(data))


def _take_over(fields: dict[str, forms.Field], field: type[forms.FileField], told: Any) -> None:
    """Put our field where Wagtail's callback has made its own; forms without a file stay as they are."""
    theirs = fields.get("file")
    if theirs is None:
        return
    ours = field(label=theirs.label, required=theirs.required, widget=theirs.widget)
    ours.help_text = " ".join(str(text) for text in (told, ours.help_text) if text)
    fields["file"] = ours


class PictureForm(BaseImageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _take_over(self.fields, CleanPictureField, PICTURE_HELP)


class DocumentForm(BaseDocumentForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _take_over(self.fields, CleanDocumentField, DOCUMENT_HELP)

    def add_error(self, field: str | None, error: Any) -> None:
        """A refused file never reaches the document, whose own check then calls the ending of no file wrong."""
        if field is None and "file" in self.errors and isinstance(error, ValidationError):
            others = error.update_error_dict({})
            others.pop("file", None)
            error = ValidationError(others)
        super().add_error(field, error)


class _PortraitField(forms.ImageField):
    def to_python(self, data: Any) -> CleanFile | None:
        return _clean_file(super().to_python(data))


class PortraitForm(AvatarPreferencesForm):
    """Staff's pictures of themselves; Wagtail's own form fails on a file that is cut off."""

    avatar = _PortraitField(label=AvatarPreferencesForm.base_fields["avatar"].label, required=False)
