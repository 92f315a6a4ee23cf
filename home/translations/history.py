"""When somebody decided something about a text, or handed it over: read from the history of a whole kind at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import ModelLogEntry, Page, PageLogEntry, WorkflowMixin, WorkflowState

KEEPING = ("translations.keep", "wordings.keep")
HANDING_OVER = ("translations.hand_over",)


def content_types(kind: type[Any]) -> list[Any]:
    return [ContentType.objects.get_for_model(kind.get_translation_model())]


@dataclass(frozen=True)
class History:
    """When each was last kept as it says what its source says now, and when handed over; both by the record's key."""

    kept: dict[Any, datetime]
    handed_over: dict[Any, datetime]


def history(kind: type[Any]) -> History:
    """Read it; what was handed over and then given back, or taken out of its workflow, counts as not handed over."""
    if kind is Page:
        entries = PageLogEntry.objects.filter(action__in=KEEPING + HANDING_OVER)
        rows = entries.values_list("page_id", "action", "timestamp")
    else:
        mine = ModelLogEntry.objects.filter(action__in=KEEPING + HANDING_OVER, content_type__in=content_types(kind))
        rows = ((int(pk), action, at) for pk, action, at in mine.values_list("object_id", "action", "timestamp"))
    kept: dict[Any, datetime] = {}
    handed_over: dict[Any, datetime] = {}
    for pk, action, at in rows:
        newest = handed_over if action in HANDING_OVER else kept
        newest[pk] = max(at, newest.get(pk, at))
    return History(kept, _in_review(kind, handed_over) if handed_over else {})


def _in_review(kind: type[Any], times: dict[Any, datetime]) -> dict[Any, datetime]:
    if not issubclass(kind, WorkflowMixin):
        return times
    states = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS)
    mine = states.filter(base_content_type__in=content_types(kind)).values_list("object_id", flat=True)
    waiting = {int(pk) for pk in mine}
    return {pk: at for pk, at in times.items() if pk in waiting}
