"""Forms that let editors change what the models keep as lists."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from actions.representatives.models import LetterLanguage, Representative, Riding
from actions.representatives.provinces import province_of


class LinesField(forms.CharField):
    """A list of short texts, one per line."""

    widget = forms.Textarea(attrs={"rows": 4})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        lines = value if isinstance(value, list) else (value or "").splitlines()
        return [line.strip() for line in lines if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(initial) != self.to_python(data)


class RidingForm(WagtailAdminModelForm):
    aliases = LinesField(
        label=Riding._meta.get_field("aliases").verbose_name,
        help_text=Riding._meta.get_field("aliases").help_text,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding and "fed_num" in self.fields:
            self.fields["fed_num"].disabled = True  # a changed key would make a second riding

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        number, province = cleaned.get("fed_num"), cleaned.get("province")
        if number and province and province_of(number) != province:
            self.add_error("fed_num", _("This number is not of that province or territory."))
        return cleaned


class RepresentativeForm(WagtailAdminModelForm):
    """Changing a member by hand locks the row, or the next import would undo the change without a word."""

    ottawa_phone = forms.CharField(
        label=_("Phone in Ottawa"),
        max_length=40,
        required=False,
        help_text=_("The office on Parliament Hill, as published."),
    )
    local_phone = forms.CharField(
        label=_("Phone in the riding"),
        max_length=40,
        required=False,
        help_text=_("The office in the riding, as published."),
    )
    letters_in = forms.ChoiceField(
        label=_("Letters in"),
        choices=[("", _("Not known: French in Quebec, English elsewhere")), *LetterLanguage.choices],
        required=False,
        help_text=_("The language in which letters reach this person."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("ottawa_phone", self.instance.hill_phone)
        self.initial.setdefault("local_phone", self.instance.riding_phone)
        self.initial.setdefault("letters_in", next(iter(self.instance.languages), ""))

    def save(self, commit: bool = True) -> Representative:
        person: Representative = self.instance
        _set_phone(person, "legislature", self.cleaned_data.get("ottawa_phone", ""))
        _set_phone(person, "constituency", self.cleaned_data.get("local_phone", ""))
        chosen = self.cleaned_data.get("letters_in", "")
        person.preferred_languages = [chosen, *(code for code in person.languages if code != chosen)] if chosen else []
        if set(self.changed_data) - {"locked_by_editor", "photo"} and "locked_by_editor" not in self.changed_data:
            person.locked_by_editor = True
        return super().save(commit)


def _set_phone(person: Representative, kind: str, phone: str) -> None:
    """Change the phone of the office that is shown for this kind; the other offices stay as they are."""
    shown = person.office(kind)
    if shown is not None:
        shown["tel"] = phone
    elif phone:
        person.offices.append({"type": kind, "tel": phone})
