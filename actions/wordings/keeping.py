"""Texts that follow a former text of another language, and the decision that they say what the new one says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from wagtail.log_actions import log

from actions.wordings.models import Wording
from actions.wordings.publishing import carry, locked_texts, settle
from actions.wordings.services import newer_text, versions_of
from home.translations.keeping import carry_over
from home.translations.missing import translation_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser


def with_newest_demand(texts: QuerySet[Any]) -> QuerySet[Any]:
    """Add ``newest_demand``: the highest demand of the record's live texts, this one's own where none is live."""
    live = texts.model._default_manager.filter(translation_key=OuterRef("translation_key"), live=True)
    most = live.order_by().values("translation_key").annotate(most=Max("demand")).values("most")
    return texts.annotate(newest_demand=Coalesce(Subquery(most), F("demand")))


def newest_live(wording: Wording) -> Any:
    """Return the record's live text that asks for what this live one does not ask yet; None where there is none."""
    texts = type(wording)._default_manager.filter(translation_key=wording.translation_key, live=True)
    return newer_text(wording, texts.select_related("locale")) if wording.live else None


def keep(*, wording: Wording, seen_demand: int, reason: str, user: AbstractBaseUser | AnonymousUser | None) -> bool:
    """Let the text stand beside the newest one as it is, and log the reason. False when there is nothing to keep.

    ``seen_demand`` is the newest text's demand as the editor saw it: one that was published since needs another look.
    What people acted on in this language then counts as the present text: it says the same.
    """
    with transaction.atomic():
        newest = max((text.demand for text in locked_texts(wording) if text.live), default=0)
        text: Any = type(wording)._default_manager.select_related("locale").get(pk=wording.pk)
        if not text.live or newest != seen_demand or text.demand >= newest:
            return False
        version = versions_of(text).first()
        if version is not None:
            carry(version, newest)
        settle(text, newest)
        translation = translation_of(text)
        if translation is not None:
            carry_over(translation, user=user)
        log(instance=text, action="wordings.keep", user=user, data={"reason": reason})
        return True
