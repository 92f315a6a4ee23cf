"""What is asked for a gift: how much, how often, and three things that are nobody's business but the donor's.

Name and address are not asked for: Stripe's page does. Chosen amounts are radio buttons named ``amount`` (one time) and
``amount_monthly``; the box for another amount is named ``amount`` too and counts when it is filled in.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from actions.donations.amounts import AmountError, check_limits, explained, format_amount, parse_amount, typed_form
from actions.donations.asks import AppealAsk
from actions.donations.services import Gift
from actions.donations.states import Frequency
from actions.protection.challenge.forms import ChallengedForm

NEXT_MONTH = "next-month"  # how the thank-you page's suggestion says when the first charge comes


def one_value_each(data: QueryDict, presets: list[str]) -> dict[str, Any]:
    """Return the posted values with the box for another amount apart from the buttons of the same name.

    A browser sends the box last and always; a single value is a button's when there is such a button.
    """
    values: dict[str, Any] = dict(data.items())
    sent = [text.strip() for text in data.getlist("amount")]
    is_button = len(sent) > 1 or (len(sent) == 1 and sent[0] in presets)
    values["amount"] = sent[0] if is_button else ""
    values["amount_other"] = sent[-1] if len(sent) > 1 or (sent and not is_button) else ""
    values["is_whole"] = len(sent) != 1
    return values


class GivingForm(ChallengedForm):
    """One clear error per field; everything typed is kept."""

    frequency = forms.ChoiceField(
        label=_("How often"),
        choices=Frequency.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one time or every month."),
            "invalid_choice": _("Choose one time or every month."),
        },
    )
    amount = forms.CharField(label=_("Amount, one time"), required=False, widget=forms.RadioSelect)
    amount_monthly = forms.CharField(label=_("Amount, every month"), required=False, widget=forms.RadioSelect)
    amount_other = forms.CharField(
        label=_("Another amount, in Canadian dollars"),
        required=False,
        help_text=_("If you fill this in, it counts instead of the amounts above."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "maxlength": 20}),
    )
    covers_fee = forms.BooleanField(
        label=_("Add the payment fee, so that all of my gift arrives"),
        required=False,
        help_text=_("About 3 %. You see the sum before you pay."),
    )
    is_anonymous = forms.BooleanField(
        label=_("Never name me in public"),
        required=False,
        help_text=_("Our finance team and Stripe still see your name: they need it for receipts and the books."),
    )

    starts = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def __init__(self, ask: AppealAsk, data: QueryDict | None = None, **kwargs: Any) -> None:
        self.ask = ask
        kwargs = {"initial": ask.initial({}), "asked": ask.challenge, **kwargs}
        buttons = [typed_form(cents, "en") for cents in ask.appeal.presets(Frequency.ONE_TIME)]
        super().__init__(one_value_each(data, buttons) if data is not None else None, **kwargs)
        offered = [(one.value, one.label) for one in ask.appeal.frequencies]
        self.fields["frequency"].choices = offered  # type: ignore[attr-defined]
        if len(ask.appeal.frequencies) == 1:
            self.fields["frequency"].required = False
            self.fields["frequency"].widget = forms.HiddenInput()
            del self.fields["amount_monthly"]
        if not ask.appeal.offers_fee_cover:
            del self.fields["covers_fee"]
        for name, frequency in (("amount", Frequency.ONE_TIME), ("amount_monthly", Frequency.MONTHLY)):
            if name in self.fields:
                presets = ask.appeal.presets(frequency)
                self.fields[name].widget.choices = [
                    (typed_form(cents, "en"), format_amount(cents)) for cents in presets
                ]

    def clean_frequency(self) -> Frequency:
        return Frequency(self.cleaned_data["frequency"] or Frequency.ONE_TIME)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "frequency" in cleaned:
            cleaned["amount_cents"] = self._amount_of(cleaned)
        return cleaned

    def _amount_of(self, cleaned: dict[str, Any]) -> int:
        limits = {"minimum": self.ask.appeal.minimum_cents, "maximum": self.ask.appeal.maximum_cents}
        chosen = cleaned["amount"]
        if cleaned["frequency"] == Frequency.MONTHLY and (self.data["is_whole"] or cleaned["amount_monthly"]):
            chosen = cleaned["amount_monthly"]  # what stands chosen under "one time" is not meant then
        try:
            cents = parse_amount(cleaned["amount_other"] or chosen, language=self.ask.language)
            return check_limits(cents, **limits)
        except AmountError as error:
            self.add_error("amount_other", ValidationError(explained(error.code, **limits), code=error.code))
            return 0

    def gift(self) -> Gift:
        """The valid form's gift."""
        monthly = self.cleaned_data["frequency"] == Frequency.MONTHLY
        return Gift(
            amount_cents=self.cleaned_data["amount_cents"],
            frequency=self.cleaned_data["frequency"],
            language=self.ask.language,
            covers_fee=self.cleaned_data.get("covers_fee", False),
            is_anonymous=self.cleaned_data["is_anonymous"],
            starts_next_month=monthly and self.cleaned_data["starts"] == NEXT_MONTH,
        )
