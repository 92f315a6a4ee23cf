"""Which live texts follow a former text of another language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import F

from actions.wordings.former import wording_models
from actions.wordings.keeping import with_newest_demand


def behind() -> Iterator[Any]:
    for model in wording_models():
        live = with_newest_demand(model._default_manager.filter(live=True)).select_related("locale")
        yield from live.filter(newest_demand__gt=F("demand")).order_by("title", "pk")
