"""What somebody states who wants a file: which rows (added by each export), in which format, and why."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from actions.privacy.access import check_reason

REASON_LENGTHS = (10, 500)


class FileFormat(models.TextChoices):
    CSV = "csv", _("CSV: for programs, of any length")
    XLSX = "xlsx", _("Excel: up to a million rows")


class ExportForm(forms.Form):
    """Subclasses add what narrows the rows; it stands above the format and the reason."""

    file_format = forms.ChoiceField(
        label=_("Format"), choices=FileFormat.choices, initial=FileFormat.XLSX, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Why is this file needed?"),
        help_text=_("Stands in the access log for good, so name no supporter. At least 10 characters."),
        min_length=REASON_LENGTHS[0],
        max_length=REASON_LENGTHS[1],
        validators=[check_reason],
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say in a sentence what the file is for.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name not in ExportForm.base_fields])

    def without_reason(self) -> ExportForm:
        """Ask for no reason: the rows are only counted."""
        self.fields["reason"] = forms.CharField(
            required=False, label=self.fields["reason"].label, widget=self.fields["reason"].widget
        )
        return self
