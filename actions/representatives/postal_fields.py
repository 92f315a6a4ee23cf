"""The form field for a Canadian postal code."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from actions.representatives.postal_codes import normalise_postal_code


class PostalCodeField(forms.CharField):
    """A Canadian postal code in any common way of typing it; cleans to six characters."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Your postal code"),
            max_length=100,
            error_messages={"required": _("Enter your postal code.")},
            widget=forms.TextInput(attrs={"autocomplete": "postal-code", "class": "short"}),
            **kwargs,
        )

    def clean(self, value: Any) -> str:
        return normalise_postal_code(super().clean(value))
