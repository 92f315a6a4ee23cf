"""Which entries of a page or a text nobody has translated yet.

Where a translation is missing, wagtail-localize puts the source's words in its place and publishes both together: no
setting of it says otherwise (``Translation.save_target`` in https://github.com/wagtail/wagtail-localize, models.py).
An English line in a French letter would go to an MP under somebody's name.

Two questions are asked. ``open_entries``: what has a translator still to do? ``words_left``: does this very content,
about to go live, hold words of its source, or of a machine, that nobody has accepted? A draft that wagtail-localize
made when the page was submitted answers "all of them", however it is published.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.utils.html import strip_tags
from django.utils.translation import ngettext
from wagtail.models import TranslatableMixin
from wagtail_localize.models import String, StringSegment, StringTranslation, Translation
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

SHOWN = 5  # entries that a message quotes
QUOTED = 60  # characters of each
# A name or a heading may be the same in two languages; a sentence is not.
SENTENCE_WORDS, SENTENCE_LENGTH = 4, 25
MACHINE = StringTranslation.TRANSLATION_TYPE_MACHINE


def translation_of(text: TranslatableMixin) -> Translation | None:
    """Return how the text is kept in step with the one it translates; None for a text that is edited by itself."""
    synchronised = Translation.objects.filter(
        source__object_id=text.translation_key, target_locale_id=text.locale_id, enabled=True
    )
    return synchronised.select_related("source", "target_locale").first()


def accepted(**where: Any) -> QuerySet[StringTranslation]:
    """Return the translations that count: without an error, and seen by a person."""
    return StringTranslation.objects.filter(has_error=False, **where).exclude(translation_type=MACHINE)


def open_entries(translation: Translation) -> QuerySet[StringSegment]:
    """Return what is not translated, or translated by a machine and not seen by anybody; in the order of the page.

    One that was typed in the source's own words, such as a name, counts as translated: somebody has looked at it.
    ``machine`` is what the machine wrote, else None.
    """
    mine = {
        "translation_of_id": OuterRef("string_id"),
        "context_id": OuterRef("context_id"),
        "locale_id": translation.target_locale_id,
    }
    by_machine = StringTranslation.objects.filter(has_error=False, translation_type=MACHINE, **mine)
    entries = StringSegment.objects.filter(source_id=translation.source_id).select_related("string", "context")
    entries = entries.filter(~Exists(accepted(**mine))).annotate(machine=Subquery(by_machine.values("data")[:1]))
    return entries.order_by("order")


def missing_entries(text: TranslatableMixin) -> list[str]:
    """Return the source's words of the entries that are open; none where the text is no translation kept in step."""
    translation = translation_of(text)
    return [entry.string.data for entry in open_entries(translation)] if translation else []


def words_left(text: Any) -> list[str]:
    """Return what the content itself still says in the words of its source, or of a machine nobody has checked.

    A translation that was "stopped" is edited by hand; then only whole sentences count. So do words of an earlier
    source: a draft may be older than the last change. At most six queries; one where there is no translation.
    """
    found = Translation.objects.filter(source__object_id=text.translation_key, target_locale_id=text.locale_id)
    translation = found.select_related("source").order_by("-enabled").first()
    if translation is None:
        return []
    said = {one.string.data for one in extract_segments(text) if isinstance(one, StringSegmentValue)}
    where = {"locale_id": text.locale_id, "context__object_id": text.translation_key}
    return [*_in_source_words(translation, said, where), *_in_machine_words(said, where)]


def _in_source_words(translation: Translation, said: set[str], where: dict[str, Any]) -> list[str]:
    source = translation.source
    hashes = [String._get_data_hash(words) for words in said]
    known = String.objects.filter(locale_id=source.locale_id, data_hash__in=hashes)
    typed = accepted(translation_of_id=OuterRef("pk"), data=F("translation_of__data"), **where)
    current = StringSegment.objects.filter(source_id=source.pk, string_id=OuterRef("pk"))
    rows = known.filter(~Exists(typed)).annotate(is_current=Exists(current)).order_by("pk")
    return [row.data for row in rows if (row.is_current and translation.enabled) or is_sentence(row.data)]


def _in_machine_words(said: set[str], where: dict[str, Any]) -> list[str]:
    written = StringTranslation.objects.filter(translation_type=MACHINE, **where)
    return sorted(set(written.values_list("data", flat=True)) & said)


def is_sentence(words: str) -> bool:
    """Whether the words are too many to be the same in two languages by chance."""
    plain = strip_tags(words).strip()
    return len(plain.split()) >= SENTENCE_WORDS or len(plain) >= SENTENCE_LENGTH


def refusal(entries: list[str]) -> str:
    """Say that the entries are not translated, quoting the first of them."""
    words = ngettext(
        "Not published: %(count)d entry has no translation yet, so the original would stand there. Translate it first: "
        "%(entries)s",
        "Not published: %(count)d entries have no translation yet, so the original would stand there. "
        "Translate them first: %(entries)s",
        len(entries),
    )
    return words % {"count": len(entries), "entries": quoted(entries)}


def quoted(entries: list[str]) -> str:
    """The first entries as a list to read, shortened."""
    plain = [" ".join(strip_tags(entry).split()) for entry in entries[:SHOWN]]
    shown = [f"“{words[:QUOTED]}…”" if len(words) > QUOTED else f"“{words}”" for words in plain]
    return " · ".join([*shown, *(["…"] if len(entries) > SHOWN else [])])
