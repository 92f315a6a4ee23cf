"""Freezing published wordings, and choosing the wording to show."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from django.db import transaction
from django.db.models import Max

from actions.wordings.models import Wording, WordingVersion

W = TypeVar("W", bound=Wording)

# When a text is missing in the visitor's language: the language most of its readers know best comes next.
FALLBACKS = {"en": ("en", "fr", "zh-hant"), "fr": ("fr", "en", "zh-hant"), "zh-hant": ("zh-hant", "en", "fr")}


def freeze(wording: Wording) -> WordingVersion:
    """Return the version that holds the wording's present text, making a new number when the text is new."""
    versions = WordingVersion.objects.filter(
        kind=wording._meta.label, translation_key=wording.translation_key, language=wording.language
    )
    digest = wording.content_hash()
    with transaction.atomic():
        newest = versions.order_by("-number").first()
        if newest is not None and newest.sha256 == digest:
            return newest
        number = (versions.aggregate(top=Max("number"))["top"] or 0) + 1
        return WordingVersion.objects.create(
            kind=wording._meta.label,
            translation_key=wording.translation_key,
            language=wording.language,
            number=number,
            sha256=digest,
            content=wording.frozen_content(),
        )


def current_version(wording: Wording) -> WordingVersion:
    """Return the newest frozen version; freezes now when publishing has not (an import, a fixture)."""
    newest = (
        WordingVersion.objects.filter(
            kind=wording._meta.label, translation_key=wording.translation_key, language=wording.language
        )
        .order_by("-number")
        .first()
    )
    return newest or freeze(wording)


def best_wording(wordings: Iterable[W], language: str) -> W | None:
    """Return the live wording in the language, else the best one there is; None when none is live."""
    by_language = {wording.language: wording for wording in wordings if wording.live}
    for code in FALLBACKS.get(language, FALLBACKS["en"]):
        if code in by_language:
            return by_language[code]
    return None
