"""What staff are asked for when they give money back or enter a gift that came another way."""

from __future__ import annotations

import uuid
from datetime import datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actions.donations.amounts import format_amount
from actions.donations.models import Appeal, Payment
from actions.donations.money_fields import DollarsFormField
from actions.donations.states import Source
from actions.protection.person_fields import EmailAddressField, PersonNameField, PlainTextField
from actions.staff.person_form import ReasonField
from home.languages import CODES, own_name

OFFLINE = [choice for choice in Source.choices if choice[0] != Source.STRIPE]
EARLIEST_YEAR = 2000
MOST_OFFLINE_CENTS = 1_000_000_00
DIFFERENT = _("This is not the amount of the step before. Type it once more, or go back.")


class AttemptForm(forms.Form):
    """A form that acts once, however often it is sent."""

    attempt = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {})
        kwargs["initial"] = {"attempt": uuid.uuid4(), **kwargs["initial"]}
        super().__init__(*args, **kwargs)


class RefundForm(AttemptForm):
    """The first time: how much, and why."""

    amount = DollarsFormField(label=_("How much is given back?"), help_text=_("In dollars. The whole, or a part."))
    reason = ReasonField()

    def __init__(self, payment: Payment, *args: Any, **kwargs: Any) -> None:
        self.payment = payment
        kwargs["initial"] = {"amount": payment.kept_cents, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)

    def clean_amount(self) -> int:
        cents: int = self.cleaned_data["amount"]
        if not 0 < cents <= self.payment.kept_cents:
            words = _("At most %(amount)s can be given back.") % {"amount": format_amount(self.payment.kept_cents)}
            raise ValidationError(words)
        return cents


class ConfirmRefundForm(RefundForm):
    """The second time: the amount typed anew."""

    typed = DollarsFormField(label=_("Type the amount once more"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("amount", "reason"):
            self.fields[name].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "amount" in cleaned and "typed" in cleaned and cleaned["typed"] != cleaned["amount"]:
            self.add_error("typed", DIFFERENT)
        return cleaned


class EndForm(AttemptForm):
    """Why a monthly gift is ended."""

    reason = ReasonField()


class OptionalName(PersonNameField):
    """Of a company, too, which may be called like its address; staff are trusted with it."""

    refuses_addresses = False

    def clean(self, value: Any) -> str:
        return super().clean(value) if str(value or "").strip() else ""


class OptionalEmail(EmailAddressField):
    def clean(self, value: Any) -> str:
        return super().clean(value) if str(value or "").strip() else ""


class OfflineForm(AttemptForm):
    appeal = forms.ModelChoiceField(label=_("Appeal"), queryset=Appeal.objects.order_by("name"))
    amount = DollarsFormField(label=_("Amount"), help_text=_("In dollars."))
    received_on = forms.DateField(
        label=_("Received on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    source = forms.ChoiceField(label=_("How it came"), choices=OFFLINE, widget=forms.RadioSelect)
    name = OptionalName(required=False, help_text=_("Encrypted; the finance role alone can read it."))
    email = OptionalEmail(required=False, help_text=_("With an address the donor gets a thank-you and a receipt."))
    language = forms.ChoiceField(label=_("Language"), choices=[(code, own_name(code)) for code in CODES])
    is_anonymous = forms.BooleanField(label=_("Never to be named in public"), required=False)
    note = PlainTextField(
        label=_("Note"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Such as the number of the cheque. Encrypted."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"received_on": timezone.localdate(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.fields["name"].label, self.fields["email"].label = _("Name"), _("E-mail")
        for name in ("name", "email"):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def clean_amount(self) -> int:
        return sensible(self.cleaned_data["amount"])

    def clean_received_on(self) -> datetime:
        """Noon of the day by our clocks, so that it is the same day everywhere in Canada; never a time to come."""
        day = self.cleaned_data["received_on"]
        if day > timezone.localdate() or day.year < EARLIEST_YEAR:
            raise ValidationError(_("Choose today or an earlier day."))
        return min(timezone.make_aware(datetime.combine(day, time(12))), timezone.now())


class CorrectForm(AttemptForm):
    amount = DollarsFormField(label=_("The right amount"), help_text=_("In dollars."))

    def __init__(self, payment: Payment, *args: Any, **kwargs: Any) -> None:
        self.payment = payment
        super().__init__(*args, **kwargs)

    def clean_amount(self) -> int:
        cents = sensible(self.cleaned_data["amount"])
        if cents == self.payment.amount_cents:
            raise ValidationError(_("This is the amount that stands there already."))
        return cents


def sensible(cents: int) -> int:
    if not 0 < cents <= MOST_OFFLINE_CENTS:
        words = _("The amount must lie between one cent and %(amount)s.") % {
            "amount": format_amount(MOST_OFFLINE_CENTS)
        }
        raise ValidationError(words)
    return cents
