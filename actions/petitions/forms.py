"""What is asked for a signature: one clear error per field, and everything typed is kept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from actions.protection.person_fields import EmailAddressField, PersonNameField, PlainTextField
from actions.representatives.form_fields import PostalCodeField

COMMENT_LENGTH = 500


class SignatureForm(forms.Form):
    """Three fields and what is optional; no box is ticked beforehand."""

    name = PersonNameField(help_text=_("Not public, unless you tick the box for it below."))
    email = EmailAddressField(
        help_text=_("We send a link to it. Your signature counts once you have confirmed it there.")
    )
    postal_code = PostalCodeField(help_text=_("Where you live. We use it to find your riding."))
    is_abroad = forms.BooleanField(label=_("I live outside Canada"), required=False)
    is_at_risk = forms.BooleanField(label=_("I am in Hong Kong or mainland China now"), required=False)
    comment = PlainTextField(
        label=_("Why I sign"),
        required=False,
        max_length=COMMENT_LENGTH,
        help_text=_("We read it first. Leave out what could tell others who you are."),
        error_messages={"max_length": _("Please shorten your comment to 500 characters.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    show_name = forms.BooleanField(label=_("Show my name on this page"), required=False)
    wants_updates = forms.BooleanField(
        label=_("Write to me about what becomes of it"),
        required=False,
        help_text=_("You can leave at any time."),
    )

    def clean(self) -> dict[str, Any]:
        """Who lives abroad needs no postal code; what was typed there then counts for nothing."""
        cleaned = super().clean() or {}
        is_elsewhere = cleaned.get("is_abroad") or (cleaned.get("is_at_risk") and not self.data.get("postal_code"))
        if is_elsewhere:
            cleaned["is_abroad"], cleaned["postal_code"] = True, ""
            self.errors.pop("postal_code", None)
        return cleaned
