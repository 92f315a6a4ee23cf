"""A text is published in its own language or not at all.

Where a translation is missing, wagtail-localize puts the source's words in its place and publishes both together: no
setting of it says otherwise (``Translation.save_target`` in https://github.com/wagtail/wagtail-localize, models.py).
An English line in a French letter would go to an MP under somebody's name.
"""

from __future__ import annotations

from django.utils.translation import ngettext
from wagtail.models import TranslatableMixin
from wagtail_localize.models import Translation


def translation_of(text: TranslatableMixin) -> Translation | None:
    """Return how the text is synchronised with the one it translates; None for a text that is edited by itself."""
    synchronised = Translation.objects.filter(
        source__object_id=text.translation_key, target_locale_id=text.locale_id, enabled=True
    )
    return synchronised.select_related("source").first()


def missing_entries(text: TranslatableMixin) -> int:
    """Return how many entries of a synchronised translation nobody has translated yet; none where it is no translation.

    One that was typed in the source's own words, such as a name, counts as translated: somebody has looked at it.
    """
    translation = translation_of(text)
    all_entries, translated = translation.get_progress() if translation else (0, 0)
    return all_entries - translated


def refusal(count: int) -> str:
    words = ngettext(
        "Not published: %(count)d entry has no translation yet, so the original would stand there. Translate it first.",
        "Not published: %(count)d entries have no translation yet, so the original would stand there. "
        "Translate them first.",
        count,
    )
    return words % {"count": count}
