"""The condition of an invalidation as staff choose it."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateTimeInput

from actions.petitions.conditions import TAKEN, Condition
from actions.petitions.domain_names import key_of, may_be_named
from actions.petitions.models import Invalidation, Petition
from actions.petitions.states import HeldReason, SignatureState
from actions.privacy.access import check_reason
from actions.privacy.addresses import registered_domain
from actions.representatives.models import Riding

ANY = [("", _("any"))]
DOMAIN = re.compile(r"[^\s@.]+(\.[^\s@.]+)+")
KEY = re.compile("[0-9a-f]{40}|[0-9a-f]{64}")


class ConditionForm(forms.Form):
    """All parts are optional, but one of them must be given; together they narrow down."""

    mail_domain = forms.CharField(
        label=_("Mail domain"),
        required=False,
        max_length=253,
        help_text=_("Exactly, such as throwaway.example. Everything below the registered domain belongs to it."),
    )
    mail_domain_key = forms.CharField(required=False, widget=forms.HiddenInput)
    address_key = forms.ChoiceField(label=_("Address range"), required=False)
    held_reason = forms.ChoiceField(label=_("Held because of"), required=False, choices=[*ANY, *HeldReason.choices])
    signature_state = forms.ChoiceField(
        label=_("State"), required=False, choices=[*ANY, *((one.value, one.label) for one in TAKEN)]
    )
    language = forms.ChoiceField(label=_("Language"), required=False, choices=[*ANY, *settings.LANGUAGES])
    riding = forms.ModelChoiceField(
        label=_("Riding"), required=False, queryset=Riding.objects.order_by("name_en"), empty_label=_("any")
    )
    since = forms.DateTimeField(label=_("Signed from"), required=False, widget=AdminDateTimeInput)
    until = forms.DateTimeField(label=_("Signed before"), required=False, widget=AdminDateTimeInput)

    def __init__(self, *args: Any, petition: Petition, ranges: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.petition = petition
        self.fields["address_key"].choices = [*ANY, *ranges]  # type: ignore[attr-defined]

    def clean_mail_domain(self) -> str:
        domain = self.cleaned_data["mail_domain"].strip().lower().rpartition("@")[2].rstrip(".")
        if domain and not DOMAIN.fullmatch(domain):
            raise ValidationError(_("Enter a mail domain such as throwaway.example."))
        domain = registered_domain(domain) if domain else ""
        if domain and not may_be_named(self.petition.pk, domain):
            raise ValidationError(
                _(
                    "Fewer than ten have confirmed with this domain, if anybody: it could name a person. Choose its "
                    "row in the list “Where signatures come from”."
                )
            )
        return domain

    def clean_mail_domain_key(self) -> str:
        key: str = self.cleaned_data["mail_domain_key"]
        if key and not KEY.fullmatch(key):
            self.add_error(None, _("Choose the row in the list again."))
        return key

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if isinstance(since, datetime) and isinstance(until, datetime) and until <= since:
            self.add_error("until", _("The end must come after the beginning."))
        if not self.errors and self.condition.is_empty:
            raise ValidationError(_("Say which signatures: without a condition it would be all of them."))
        return cleaned

    @property
    def condition(self) -> Condition:
        """The condition of a valid form; a domain whose key is not to be had any more finds nothing."""
        cleaned, domain = self.cleaned_data, self.cleaned_data.get("mail_domain", "")
        return Condition(
            petition_id=self.petition.pk,
            mail_domain_key=(key_of(self.petition.pk, domain) or "none") if domain else cleaned["mail_domain_key"],
            address_key=cleaned["address_key"],
            held_reason=cleaned["held_reason"],
            signature_state=cleaned["signature_state"],
            language=cleaned["language"],
            riding_id=cleaned["riding"].pk if cleaned["riding"] else None,
            since=cleaned["since"],
            until=cleaned["until"],
        )


class ReasonForm(forms.Form):
    """Why: asked beside the button, and kept for good."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=Invalidation._meta.get_field("reason").max_length,
        help_text=_("It goes into the access log. Name no supporter."),
        validators=[check_reason],
        error_messages={"required": _("Say why, for those who read the access log.")},
    )


def state_label(state: str) -> str:
    return str(SignatureState(state).label)
