"""What translators do in wagtail-localize's editor, without the browser."""

from __future__ import annotations

from typing import Any

from django.test import TestCase
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.operations import translate_object


def submitted(record: Any, code: str) -> Translation:
    """Submit the record, with what it refers to, for translation into the language."""
    locale = Locale.objects.get_or_create(language_code=code)[0]
    with TestCase.captureOnCommitCallbacks(execute=True):
        translate_object(record, [locale])
    return Translation.objects.get(source__object_id=record.translation_key, target_locale=locale)


def typed(translation: Translation, words: dict[str, str] | None = None, *, by: str = "manual") -> None:
    """Type a translation of each entry that ``words`` names; without them of every one, with the language before it."""
    for entry in translation.source.stringsegment_set.select_related("string", "context"):
        source = entry.string.data
        if words is None or source in words:
            StringTranslation.objects.update_or_create(
                translation_of=entry.string,
                locale=translation.target_locale,
                context=entry.context,
                defaults={
                    "data": (words or {}).get(source, f"{translation.target_locale.language_code}: {source}"),
                    "translation_type": by,
                },
            )


def published(translation: Translation) -> Any:
    with TestCase.captureOnCommitCallbacks(execute=True):
        translation.save_target(publish=True)
    return translation.get_target_instance()
