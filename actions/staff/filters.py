"""What filters of long lists share."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.db.models import QuerySet
from wagtail.admin.filters import WagtailFilterSet

EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


class ListFilter(WagtailFilterSet):
    """A filter set with a range of days: name ``on_days`` as the method of its DateFromToRangeFilter."""

    def on_days(self, rows: QuerySet[Any], name: str, days: slice) -> QuerySet[Any]:
        """The database has no moment after the year 9999, and nobody needs one."""
        bounds = {f"{name}__gte": days.start, f"{name}__lte": days.stop}
        inside = {bound: min(max(at, EARLIEST), LATEST) for bound, at in bounds.items() if at is not None}
        return rows.filter(**inside)
