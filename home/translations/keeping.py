"""The decision that a translation needs no change although its source has changed: a typo there, say."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter, log
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from home.translations.missing import accepted, open_entries

ALIKE = 0.5  # of two sentences, as difflib counts; a corrected word or two leaves far more


def former_translations(translation: Translation) -> list[tuple[StringSegment, StringTranslation | None]]:
    """Return the open entries, each with what the same place said before, where the source says nearly the same."""
    return [(entry, _former(translation, entry)) for entry in open_entries(translation)]


def _former(translation: Translation, entry: StringSegment) -> StringTranslation | None:
    current = StringSegment.objects.filter(source_id=translation.source_id, context_id=entry.context_id)
    before = accepted(locale_id=translation.target_locale_id, context_id=entry.context_id)
    before = before.exclude(translation_of__in=current.values("string_id")).select_related("translation_of")
    by_words = {one.translation_of.data: one for one in before.order_by("pk")}
    found = get_close_matches(entry.string.data, by_words, n=1, cutoff=ALIKE)
    return by_words[found[0]] if found else None


def carry_over(translation: Translation, *, user: Any) -> None:
    """Let the former translations stand for the source's new words, in the name of whoever decided it."""
    for entry, former in former_translations(translation):
        if former is not None:
            StringTranslation.objects.update_or_create(
                translation_of_id=entry.string_id,
                context_id=entry.context_id,
                locale_id=translation.target_locale_id,
                defaults={
                    "data": former.data,
                    "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
                    "tool_name": "",
                    "last_translated_by": user,
                    "has_error": False,
                    "field_error": "",
                },
            )


def keep(*, translation: Translation, seen: str, reason: str, user: Any) -> bool:
    """Keep the live translation as it is, with a reason for its history. False when its source changed meanwhile.

    ``seen`` is ``mark_of`` the source as the editor saw it. What was typed is kept for the next publication.
    """
    with transaction.atomic():
        source = TranslationSource.objects.select_for_update().get(pk=translation.source_id)
        if mark_of(source) != seen:
            return False
        carry_over(translation, user=user)
        log(instance=translation.get_target_instance(), action="translations.keep", user=user, data={"reason": reason})
        return True


def mark_of(source: TranslationSource) -> str:
    """What changes with every change of the source."""
    return source.last_updated_at.isoformat()


class KeepEntry(LogFormatter):
    label = gettext_lazy("Keep a translation although its source has changed")

    def format_message(self, log_entry: Any) -> str:
        return _("Kept as it is although its source has changed: %(reason)s") % {
            "reason": log_entry.data.get("reason", "")
        }


class HandOverEntry(LogFormatter):
    label = gettext_lazy("Hand over a translation")
    message = gettext_lazy("Translated and handed over for publication")


def register_log_entries(actions: Any) -> None:
    actions.register_action("translations.keep")(KeepEntry)
    actions.register_action("translations.hand_over")(HandOverEntry)
