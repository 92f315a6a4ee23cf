"""Submitting for translation makes what is missing and leaves what is there alone.

wagtail-localize also writes anew what is there already: pages below the one that is submitted, and texts that it refers
to. What somebody had typed and nobody approved then stood on a live page, and a live topic was taken away. It has no
hook or setting for it (``TranslationCreator`` in https://github.com/wagtail/wagtail-localize, operations.py).
"""

from __future__ import annotations

from typing import Any

from wagtail.models import Page
from wagtail_localize import operations


class OnlyWhatIsMissing(operations.TranslationCreator):
    """``asked`` are the languages that were asked for; ``target_locales`` those in which the record is missing."""

    def __init__(self, user: Any, target_locales: Any) -> None:
        super().__init__(user, target_locales)
        self.asked = self.target_locales = list(target_locales)

    def create_translations(self, instance: Any, include_related_objects: bool = True) -> None:
        """It calls itself for what the record refers to, so the languages of the record are put back afterwards."""
        before, there = self.target_locales, _locales_of(instance)
        self.target_locales = [locale for locale in self.asked if locale.pk not in there]
        try:
            super().create_translations(instance, include_related_objects)
        finally:
            self.target_locales = before


def _locales_of(record: Any) -> set[int]:
    """Where the record exists; a page's copy of another language only holds the place of a translation."""
    translations = record.get_translations(inclusive=True)
    if isinstance(record, Page):
        translations = translations.filter(alias_of=None)
    return set(translations.values_list("locale_id", flat=True))


def connect() -> None:
    operations.TranslationCreator = OnlyWhatIsMissing
