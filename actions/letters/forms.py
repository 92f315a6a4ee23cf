"""What is asked for a letter: one clear error per field, and everything typed is kept."""

from __future__ import annotations

import copy
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from actions.letters.campaign_models import LetterCampaign
from actions.letters.compose import LETTER_LANGUAGES
from actions.letters.variant_blocks import SUBJECT_LENGTH
from actions.privacy.addresses import untagged
from actions.protection.person_fields import EmailAddressField, OneLineField, PersonNameField, PlainTextField
from actions.representatives.form_fields import PostalCodeField
from actions.representatives.provinces import Province

OWN_WORDS_LENGTH = 2_000
BODY_LENGTH = 10_000


class LookupForm(forms.Form):
    """The first step: where the writer lives."""

    postal_code = PostalCodeField(help_text=_("Where you live. We use it to find your MP and put it into your letter."))


class ProvinceForm(forms.Form):
    """The way on when the postal code does not help: the province, then the riding."""

    province = forms.ChoiceField(
        label=_("Your province or territory"),
        choices=[("", pgettext_lazy("list", "Choose")), *Province.choices],
        error_messages={"required": _("Choose your province or territory.")},
        widget=forms.Select(attrs={"autocomplete": "address-level1"}),
    )


class LetterForm(forms.Form):
    """The second step: the letter and its writer."""

    own_words = PlainTextField(
        label=_("In your own words"),
        required=False,
        max_length=OWN_WORDS_LENGTH,
        help_text=_("Optional, in any language. Two sentences of your own weigh more than our whole text."),
        error_messages={"max_length": _("Please shorten your own words to 2,000 characters.")},
        widget=forms.Textarea(attrs={"rows": 4, "data-count": "#own-words-left"}),
    )
    subject = OneLineField(
        label=pgettext_lazy("letter", "Subject"),
        max_length=SUBJECT_LENGTH,
        error_messages={
            "required": _("Give your letter a subject."),
            "max_length": _("Please shorten the subject to 150 characters."),
        },
    )
    body = PlainTextField(
        label=_("Your letter"),
        max_length=BODY_LENGTH,
        error_messages={
            "required": _("Your letter is empty."),
            "max_length": _("Please shorten the letter to 10,000 characters."),
        },
        widget=forms.Textarea(attrs={"rows": 14}),
    )
    name = PersonNameField(help_text=_("As it should stand under the letter."))
    email = EmailAddressField(help_text=_("We send a link to it. Answers from the MP go there too."))
    street_address = OneLineField(
        label=_("Your street address"),
        required=False,
        max_length=200,
        help_text=_("With it the office can see that you live in the riding. Only the people you write to receive it."),
        error_messages={"max_length": _("Please shorten the street address to 200 characters.")},
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    wants_copy = forms.BooleanField(label=_("Send me a copy of the letter"), required=False)
    wants_updates = forms.BooleanField(
        label=_("Write to me about what becomes of it"),
        required=False,
        help_text=_("You can leave at any time."),
    )
    postal_code = PostalCodeField()
    riding = forms.IntegerField(required=False, min_value=10_000, max_value=99_999, widget=forms.HiddenInput)
    letter_language = forms.ChoiceField(choices=[(code, code) for code in LETTER_LANGUAGES], widget=forms.HiddenInput)

    def __init__(self, *args: Any, letter_campaign: LetterCampaign, refused_addresses: set[str], **kwargs: Any) -> None:
        """``refused_addresses`` are the recipients': nobody writes in their name."""
        super().__init__(*args, **kwargs)
        self.letter_campaign = letter_campaign
        self.refused_mailboxes = {untagged(address) for address in refused_addresses}
        if not letter_campaign.asks_street_address:
            del self.fields["street_address"]
        if not letter_campaign.may_edit_text:
            for name in ("subject", "body"):
                self.fields[name].required = False
                self.fields[name].widget.attrs["readonly"] = True

    def clean_email(self) -> str:
        address = self.cleaned_data["email"]
        if untagged(address) in self.refused_mailboxes:
            raise ValidationError(_("This is the recipient's own address. Enter yours."), code="recipient")
        return address


class PaperForm(LetterForm):
    """The letter on paper: it needs no e-mail address, and always asks where an answer can be posted to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["email"], self.fields["wants_copy"], self.fields["wants_updates"]
        street_address = copy.deepcopy(self.base_fields["street_address"])
        street_address.help_text = _("For the head of the letter, so that the office can answer by post.")
        self.fields["street_address"] = street_address
