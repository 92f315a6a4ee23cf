"""When somebody decided something about a text, or handed it over: read from the history of a whole kind at once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import ModelLogEntry, Page, PageLogEntry, WorkflowMixin, WorkflowState

KEEPING = ("translations.keep", "wordings.keep")
HANDING_OVER = ("translations.hand_over",)


def content_types(kind: type[Any]) -> list[Any]:
    return [ContentType.objects.get_for_model(kind.get_translation_model())]


def handed_over_at(kind: type[Any]) -> dict[Any, datetime]:
    """When each was handed over last; without those that were given back, or taken out of their workflow."""
    times = logged(kind, HANDING_OVER)
    if not issubclass(kind, WorkflowMixin):
        return times
    states = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS)
    mine = states.filter(base_content_type__in=content_types(kind)).values_list("object_id", flat=True)
    waiting = {int(pk) for pk in mine}
    return {pk: at for pk, at in times.items() if pk in waiting}


def logged(kind: type[Any], actions: tuple[str, ...]) -> dict[Any, datetime]:
    """When one of ``actions`` was last done to each: kept as it says what its source says now, or handed over."""
    if kind is Page:
        rows = PageLogEntry.objects.filter(action__in=actions).values_list("page_id", "timestamp")
    else:
        entries = ModelLogEntry.objects.filter(action__in=actions, content_type__in=content_types(kind))
        rows = ((int(pk), at) for pk, at in entries.values_list("object_id", "timestamp"))
    newest: dict[Any, datetime] = {}
    for pk, at in rows:
        newest[pk] = max(at, newest.get(pk, at))
    return newest
