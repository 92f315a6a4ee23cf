"""Sums in the admin: staff type dollars, the database holds cents."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from actions.donations.amounts import AmountError, parse_amount, typed_form
from home.languages import current_language

UNCLEAR = _("Write dollars, such as 25 or 25.50.")


class DollarsFormField(forms.CharField):
    """One sum, typed in dollars; its value is in cents, or None."""

    def prepare_value(self, value: Any) -> Any:
        return typed_form(value, current_language()) if isinstance(value, int) else value

    def to_python(self, value: Any) -> int | None:  # type: ignore[override]
        text = super().to_python(value)
        try:
            return parse_amount(text, language=current_language()) if text else None
        except AmountError as error:
            raise ValidationError(UNCLEAR, code="unclear") from error

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(super().has_changed(self.prepare_value(initial), data))


class DollarsListFormField(forms.CharField):
    """Several sums, typed in dollars with blanks or semicolons between them; a list of cents, smallest first."""

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return "; ".join(typed_form(cents, current_language()) for cents in value)

    def to_python(self, value: Any) -> list[int]:  # type: ignore[override]
        texts = [text for text in (super().to_python(value) or "").replace(";", " ").split() if text]
        try:
            return sorted({parse_amount(text, language=current_language()) for text in texts})
        except AmountError as error:
            raise ValidationError(UNCLEAR, code="unclear") from error

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(super().has_changed(self.prepare_value(initial), data))


class CentsField(models.PositiveIntegerField):
    """A sum in cents."""

    def formfield(self, **kwargs: Any) -> Any:
        return super(models.IntegerField, self).formfield(
            **{"form_class": DollarsFormField, "required": not self.blank, **kwargs}
        )


class CentsListField(models.JSONField):
    """Several sums in cents."""

    def formfield(self, **kwargs: Any) -> Any:
        return super(models.JSONField, self).formfield(
            **{"form_class": DollarsListFormField, "required": not self.blank, **kwargs}
        )
