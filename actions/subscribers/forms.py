"""What is asked of somebody who wants updates: an address; name and postal code if they like."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from actions.protection.person_fields import EmailAddressField, PersonNameField
from actions.representatives.form_fields import PostalCodeField


class OptionalNameField(PersonNameField):
    """A name that may be left out."""

    def clean(self, value: Any) -> str:
        return super().clean(value) if str(value or "").strip() else ""


class OptionalPostalCodeField(PostalCodeField):
    """A postal code that may be left out."""

    def clean(self, value: Any) -> str:
        return super().clean(value) if str(value or "").strip() else ""


class SubscribeForm(forms.Form):
    email = EmailAddressField(help_text=_("We send a link to it. Nothing else comes before you press its button."))
    name = OptionalNameField(required=False)
    postal_code = OptionalPostalCodeField(
        required=False, help_text=_("To write to you about your own riding. We keep the riding, not the code.")
    )
