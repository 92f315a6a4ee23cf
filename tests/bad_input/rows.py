"""What a request has written."""

from __future__ import annotations

from django.apps import apps

# What a refused POST may leave: that it was one, under a hash of the day.
COUNTERS = {"actions_limitwindow", "actions_dailysalt"}


def rows() -> dict[str, int]:
    """How many rows each table holds, but for the counters."""
    counted = {model._meta.db_table: model._base_manager.count() for model in apps.get_models()}
    return {table: count for table, count in counted.items() if table not in COUNTERS}
