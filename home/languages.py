"""The three languages of the site: their tags, and the texts that editors keep side by side in one record."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import get_language

# BCP 47 tags for <html lang> and hreflang; the region picks the right fonts, voices and hyphenation.
HTML_LANGUAGES = {"en": "en-CA", "fr": "fr-CA", "zh-hant": "zh-Hant-HK"}
SHORT_NAMES = {"en": "EN", "fr": "FR", "zh-hant": "中文"}  # each is a part of the full name, as WCAG 2.5.3 asks
SUFFIXES = {"en": "en", "fr": "fr", "zh-hant": "zh"}
CODES = tuple(SUFFIXES)


def current_language() -> str:
    """The active language as one of ours; English where none is active."""
    language = (get_language() or "").lower()
    return language if language in SUFFIXES else CODES[0]


def html_language(code: str) -> str:
    return HTML_LANGUAGES.get(code, code)


def own_name(code: str) -> str:
    """What the language calls itself: English, Français, 繁體中文."""
    return dict(settings.LANGUAGES)[code]


def short_name(code: str) -> str:
    """The own name where there is little room."""
    return SHORT_NAMES[code]


def in_language(record: Any, field: str, language: str | None = None) -> str:
    """``record.<field>_<en|fr|zh>`` in ``language`` (default: the active one), else the English text."""
    suffix = SUFFIXES.get(language or current_language(), "en")
    return getattr(record, f"{field}_{suffix}", "") or getattr(record, f"{field}_en")


def language_of(record: Any, field: str) -> str:
    """The language of the text that ``in_language`` gives a visitor."""
    code = current_language()
    return code if getattr(record, f"{field}_{SUFFIXES.get(code, 'en')}", "") else "en"
