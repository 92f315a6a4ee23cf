"""What is asked of a donor who wants the link to the own page."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from actions.protection.person_fields import EmailAddressField


class DonorLinkForm(forms.Form):
    email = EmailAddressField(help_text=_("The one that you gave on Stripe's page. Your receipts come to it."))
