"""A list to choose one of hundreds from, such as 343 ridings: Django renders a template for each, which takes long."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class QuickSelect(forms.Select):
    """Django's own select without groups, written in one go."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = set(self.format_value(value))
        options = (
            (str(key), " selected" if str(key) in chosen else "", label)  # the keys may be ModelChoiceIteratorValue
            for key, label in self.choices
        )
        return format_html(
            "<select{}>{}</select>",
            flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name})),
            format_html_join("\n", '<option value="{}"{}>{}</option>', options),
        )
