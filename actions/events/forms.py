"""What is asked of somebody who wants a place: any name, an address, and what they need to take part."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from actions.protection.person_fields import EmailAddressField, PersonNameField, PlainTextField

NEEDS_LENGTH = 500


class PlaceForm(forms.Form):
    name = PersonNameField(help_text=_("Any name will do: who else comes is told to nobody."))
    email = EmailAddressField(help_text=_("We send a link to it. Your place counts once you press its button."))
    access_needs = PlainTextField(
        label=_("What do you need to take part?"),
        required=False,
        max_length=NEEDS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Captions, interpretation, a room without steps, childcare. Only who prepares the event reads it."),
    )
