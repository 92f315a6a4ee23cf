"""Frozen versions of wordings, and choosing the wording to show."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from actions.wordings.models import Wording, WordingVersion
from actions.wordings.states import Change
from home.languages import FALLBACKS

W = TypeVar("W", bound=Wording)


def versions_of(wording: Wording) -> QuerySet[WordingVersion]:
    """Return the frozen versions of the wording's text, newest first."""
    return WordingVersion.objects.filter(
        kind=wording._meta.label, translation_key=wording.translation_key, language=wording.language
    ).order_by("-number")


def freeze(wording: Wording, *, change: Change = Change.FIRST, demand: int | None = None) -> WordingVersion:
    """Return the version that holds the wording's present text, making a new number when the text is new."""
    digest = wording.content_hash()
    try:
        with transaction.atomic():
            newest = versions_of(wording).select_for_update().first()
            if newest is not None and newest.sha256 == digest:
                return newest
            return WordingVersion.objects.create(
                kind=wording._meta.label,
                translation_key=wording.translation_key,
                language=wording.language,
                number=newest.number + 1 if newest else 1,
                sha256=digest,
                content=wording.frozen_content(),
                change=change,
                demand=wording.demand if demand is None else demand,
            )
    except IntegrityError:  # somebody else froze it at the same moment: look again
        return freeze(wording, change=change, demand=demand)


def current_version(wording: Wording) -> WordingVersion:
    """Return the newest frozen version; freezes now when publishing has not (an import, a fixture)."""
    return versions_of(wording).first() or freeze(wording)


def version_shown(wording: Wording, posted: str) -> WordingVersion:
    """Return the version of the wording whose number a form brought back, else the newest one."""
    is_number = posted.isascii() and posted.isdecimal() and len(posted) < 19
    shown = versions_of(wording).filter(pk=posted).first() if is_number else None
    return shown or current_version(wording)


def best_wording(wordings: Iterable[W], language: str) -> W | None:
    """Return the live wording in the language, else the best one there is; None when none is live."""
    by_language = {wording.language: wording for wording in wordings if wording.live}
    for code in FALLBACKS.get(language, FALLBACKS["en"]):
        if code in by_language:
            return by_language[code]
    return None


def newer_text(wording: W, wordings: Iterable[W]) -> W | None:
    """Return the live text that asks for what the wording does not ask yet; None where it is up to date itself."""
    newer = [text for text in wordings if text.live and text.demand > wording.demand]
    order = FALLBACKS.get(wording.language, FALLBACKS["en"])
    return max(newer, key=lambda text: (text.demand, -order.index(text.language)), default=None)
