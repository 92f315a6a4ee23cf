"""Machine translators, for Hong Kong's Traditional Chinese; off unless the environment names one.

wagtail-localize cuts a language's code at its dash, so that DeepL and LibreTranslate would answer in Simplified
Chinese, and it takes whatever DeepL answers for a translation. Their codes:
https://developers.deepl.com/docs/getting-started/supported-languages and https://libretranslate.com/languages
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import requests
from wagtail_localize.machine_translators.deepl import DeepLTranslator
from wagtail_localize.machine_translators.libretranslate import LibreTranslator
from wagtail_localize.strings import StringValue

DEEPL_SOURCES = {"en": "EN", "fr": "FR", "zh-hant": "ZH"}
DEEPL_TARGETS = {"en": "EN-GB", "fr": "FR", "zh-hant": "ZH-HANT"}
LIBRETRANSLATE = {"en": "en", "fr": "fr", "zh-hant": "zt"}
AT_ONCE = 50  # texts in one question; DeepL takes no more


class NoAnswer(Exception):
    """The service could not be reached, refused, or said something else than translations."""


class TraditionalDeepL(DeepLTranslator):
    def get_parameters(self, source_locale: Any, target_locale: Any, strings: Iterable[Any]) -> dict[str, Any]:
        return {
            "text": [string.data for string in strings],
            "tag_handling": "xml",
            "source_lang": DEEPL_SOURCES[source_locale.language_code],
            "target_lang": DEEPL_TARGETS[target_locale.language_code],
        }

    def get_api_endpoint(self) -> str:
        return self.options.get("URL") or super().get_api_endpoint()

    def translate(self, source_locale: Any, target_locale: Any, strings: Iterable[Any]) -> dict[Any, StringValue]:
        found: dict[Any, StringValue] = {}
        every = list(strings)
        for start in range(0, len(every), AT_ONCE):
            part = every[start : start + AT_ONCE]
            answer = _ask(
                self.get_api_endpoint(),
                timeout=int(self.options.get("TIMEOUT", 30)),
                data=self.get_parameters(source_locale, target_locale, part),
                headers=self.get_headers(),
            )
            found.update(_paired(part, [one["text"] for one in answer.get("translations", [])]))
        return found

    def can_translate(self, source_locale: Any, target_locale: Any) -> bool:
        return _can(DEEPL_TARGETS, source_locale, target_locale)


class TraditionalLibre(LibreTranslator):
    def language_code(self, code: str) -> str:
        return LIBRETRANSLATE[code]

    def translate(self, source_locale: Any, target_locale: Any, strings: Iterable[Any]) -> dict[Any, StringValue]:
        every = list(strings)
        question = {
            "q": [string.data for string in every],
            "source": self.language_code(source_locale.language_code),
            "target": self.language_code(target_locale.language_code),
            "api_key": self.options.get("API_KEY", ""),
            "format": "html",
        }
        answer = _ask(f"{self.get_api_endpoint()}/translate", timeout=self.get_timeout(), json=question)
        return _paired(every, answer.get("translatedText", []))

    def can_translate(self, source_locale: Any, target_locale: Any) -> bool:
        return _can(LIBRETRANSLATE, source_locale, target_locale)


def _can(known: dict[str, str], source_locale: Any, target_locale: Any) -> bool:
    source, target = source_locale.language_code, target_locale.language_code
    return source in known and target in known and source != target


def _ask(url: str, *, timeout: int, **question: Any) -> dict[str, Any]:
    try:
        answer = requests.post(url, timeout=timeout, allow_redirects=False, **question)
        answer.raise_for_status()
        found = answer.json()
    except (requests.RequestException, ValueError) as error:
        raise NoAnswer from error
    if not isinstance(found, dict):
        raise NoAnswer
    return found


def _paired(strings: list[Any], words: list[str]) -> dict[Any, StringValue]:
    if len(words) != len(strings):
        raise NoAnswer
    return {string: StringValue(text) for string, text in zip(strings, words, strict=True)}
