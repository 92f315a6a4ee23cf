"""What stood in an entry before its original changed: wagtail-localize empties it, though often one word is new."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

from wagtail_localize.models import StringSegment, StringTranslation, Translation

from home.translations.missing import accepted, open_entries

ALIKE = 0.5  # of the characters; below it two paragraphs of one text are different paragraphs
READ = 2000  # characters of each that are compared


@dataclass(frozen=True)
class FormerWords:
    now: str
    original: str  # what the original said then
    translated: str  # how that was translated


def former_words(translation: Translation) -> list[FormerWords]:
    """Return what is known of the open entries whose original was changed, in the order of the page."""
    entries = list(open_entries(translation))
    if not entries:
        return []
    given_up = _given_up(translation, entries)
    pairs = ((entry, _most_alike(entry, given_up)) for entry in entries)
    return [FormerWords(entry.string.data, old.translation_of.data, old.data) for entry, old in pairs if old]


def _given_up(translation: Translation, entries: list[StringSegment]) -> list[StringTranslation]:
    """Translations in the same places of words that the original does not say any more; the newest first."""
    current = StringSegment.objects.filter(source_id=translation.source_id).values("string_id")
    places = {entry.context_id for entry in entries}
    found = accepted(locale_id=translation.target_locale_id, context_id__in=places)
    return list(found.exclude(translation_of_id__in=current).select_related("translation_of").order_by("-updated_at"))


def _most_alike(entry: StringSegment, given_up: list[StringTranslation]) -> StringTranslation | None:
    alike = [(_alike(entry.string.data, old.translation_of.data), old) for old in given_up if _same_place(entry, old)]
    return max((pair for pair in alike if pair[0] >= ALIKE), key=lambda pair: pair[0], default=(0.0, None))[1]


def _same_place(entry: StringSegment, old: StringTranslation) -> bool:
    return bool(old.context_id == entry.context_id)


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one[:READ], other[:READ], autojunk=False).ratio()
