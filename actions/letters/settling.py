"""The step between a postal code in several ridings and the letter: the street address may tell which riding it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from actions.protection.person_fields import OneLineField
from actions.representatives.lookup import LookupResult
from actions.representatives.models import Riding
from actions.representatives.street_names import LONGEST_ADDRESS
from actions.representatives.streets import has_streets, settle

BUTTON = "settle"


class StreetForm(forms.Form):
    """Where the writer lives. It shares its name with the letter's field, so that it is typed once."""

    street_address = OneLineField(
        label=_("Your street address"),
        required=False,
        max_length=LONGEST_ADDRESS,
        help_text=_(
            "Such as 123 Main St W. We look it up on our own server and do not keep it; if the letter asks for your "
            "address, it is filled in there."
        ),
        error_messages={"max_length": _("Please shorten the street address to 200 characters.")},
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )

    def clean_street_address(self) -> str:
        if not self.cleaned_data["street_address"]:
            raise ValidationError(_("Enter your street address, or choose your riding below."), code="required")
        return str(self.cleaned_data["street_address"])


@dataclass(frozen=True)
class StreetAnswer:
    """``form`` is None where no streets are known; ``riding`` is set when the address settles it beyond doubt."""

    form: StreetForm | None
    riding: Riding | None = None
    is_unsettled: bool = False

    @property
    def status(self) -> int:
        return 422 if self.form is not None and self.form.errors else 200


def is_wanted(data: QueryDict) -> bool:
    """Whether "Find my riding" was pressed. The Enter key presses it too: a chosen riding without an address wins."""
    return BUTTON in data and bool("riding" not in data or data.get("street_address", "").strip())


def settle_by_street(result: LookupResult, data: QueryDict) -> StreetAnswer:
    """What the street address says about a code in several ridings. The address is neither stored nor logged."""
    if result.source != "table" or not has_streets(result.code):
        return StreetAnswer(None)
    if not is_wanted(data):
        typed: dict[str, Any] = {"street_address": data.get("street_address", "")}
        return StreetAnswer(StreetForm(initial=typed))
    form = StreetForm(data)
    if not form.is_valid():
        return StreetAnswer(form)
    fed_num = settle(result.code, form.cleaned_data["street_address"])
    riding = next((match.riding for match in result.matches if match.riding.fed_num == fed_num), None)
    return StreetAnswer(form, riding, is_unsettled=riding is None)


def contradicted() -> StreetAnswer:
    """The address says another riding than the person chose: neither is taken, and the address is to be typed again."""
    return StreetAnswer(StreetForm(), is_unsettled=True)
