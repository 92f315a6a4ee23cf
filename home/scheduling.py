"""What editors have set a time for appears and goes by itself: pages and texts alike.

Wagtail's command ``publish_scheduled`` does the same in one go, so that one record that fails stops all the others, and
a process that is killed half-way leaves a record that is neither waiting nor published. Here each has a transaction of
its own: it is done whole or waits for the next minute.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import Any

from django.apps import apps
from django.db import transaction
from wagtail.models import DraftStateMixin, Page, Revision

log = logging.getLogger(__name__)


def publish_scheduled(now: datetime) -> None:
    """Publish what is due, then take away what has expired; in this order, so that a new end counts at once."""
    due = Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at", "pk")
    _each(due.values_list("pk", flat=True), partial(_publish, now))
    for model in _models_with_drafts():
        expired = model._default_manager.filter(live=True, expire_at__lt=now).order_by("expire_at", "pk")
        _each(expired.values_list("pk", flat=True), partial(_expire, model, now))


def _publish(now: datetime, pk: int) -> None:
    """The row is locked and read again: another worker or an editor may have been quicker."""
    revision = Revision.objects.select_for_update().filter(pk=pk, approved_go_live_at__lt=now).first()
    if revision is not None:
        revision.publish(log_action="wagtail.publish.scheduled")


def _expire(model: type[Any], now: datetime, pk: int) -> None:
    record = model._default_manager.select_for_update().filter(pk=pk, live=True, expire_at__lt=now).first()
    if record is not None:
        record.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def _each(keys: Iterable[int], act: Callable[[int], None]) -> None:
    for pk in list(keys):
        try:
            with transaction.atomic():
                act(pk)
        except Exception as error:  # noqa: BLE001 - one record that fails must not hold up the others
            log.error("a scheduled publication failed: row %s, %s", pk, type(error).__name__)


def _models_with_drafts() -> list[type[Any]]:
    others = [one for one in apps.get_models() if issubclass(one, DraftStateMixin) and not issubclass(one, Page)]
    return [Page, *others]
