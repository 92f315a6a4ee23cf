"""Putting mails into the outbox, and what is known about it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, Min
from django.utils import timezone

from actions import registry
from actions.outbox.messages import MailContent, new_message_id, render_content
from actions.outbox.models import OutboxMessage, WorkerBeat
from actions.outbox.states import NOT_WANTED, DispatchState
from actions.privacy.retention import blank
from actions.protection.mailcap import reserve

WORKER_SILENT_AFTER = timedelta(minutes=5)


def enqueue(
    *,
    kind: str,
    dedupe_key: str,
    to: str,
    content: MailContent,
    language: str,
    is_solicited: bool,
    about: int | None = None,
    attachments: Sequence[tuple[str, dict[str, Any]]] = (),
) -> OutboxMessage | None:
    """Put one mail into the outbox, inside the caller's transaction; asking twice for one ``dedupe_key`` is a no-op.

    A mail that the address has not asked for by a confirmed act (``is_solicited`` False) counts toward the cap of three
    in a rolling 24 hours over all forms; beyond it the mail waits, and when
    three are waiting there is none: the answer is None. ``about`` is the row that the mail speaks of: the room's
    function of ``registry.register_wanted`` is asked about it just before the mail leaves. ``attachments`` are pairs of
    a kind of ``registry.register_attachment`` and the data that its file is made of at that moment.
    """
    payload: dict[str, Any] = {
        "to": to,
        "language": language,
        "about": about,
        **render_content(content, language=language),
    }
    if attachments:
        payload["attachments"] = list(attachments)
    mails, now = OutboxMessage.objects.filter(dedupe_key=dedupe_key), timezone.now()
    try:
        with transaction.atomic():  # asked for before, the place in the cap is given back
            leaves_at = now if is_solicited else reserve(address=to, now=now)
            if leaves_at is None:
                return mails.first()
            return OutboxMessage.objects.create(
                kind=kind,
                dedupe_key=dedupe_key,
                payload=payload,
                message_id=new_message_id(),
                next_attempt_at=leaves_at,
            )
    except IntegrityError:
        return mails.get()


def discard(dedupe_keys: list[str]) -> None:
    """Take back mails that have not left: they end as failed, and their text is deleted."""
    rows = OutboxMessage.objects.filter(
        dedupe_key__in=dedupe_keys, state__in=(DispatchState.QUEUED, DispatchState.HELD)
    )
    for row in rows.select_for_update():
        OutboxMessage.objects.filter(pk=row.pk).update(
            state=DispatchState.FAILED, held_reason=NOT_WANTED, settled_at=timezone.now()
        )
        blank(row)


def last_seen() -> datetime | None:
    """Return when any worker last showed a sign of life (UTC)."""
    return WorkerBeat.objects.order_by("-seen_at").values_list("seen_at", flat=True).first()


def waiting() -> dict[str, Any]:
    """Return how much waits in all queues and since when: ``count`` and ``oldest`` (UTC, None when nothing waits)."""
    count, oldest = 0, None
    for queue in registry.queues():
        rows = queue.model._default_manager.filter(state=DispatchState.QUEUED, next_attempt_at__lte=timezone.now())
        found = rows.aggregate(count=Count("pk"), oldest=Min("next_attempt_at"))
        count += found["count"]
        oldest = min(filter(None, (oldest, found["oldest"])), default=None)
    return {"count": count, "oldest": oldest}


def is_worker_silent(now: datetime) -> bool:
    """Return whether no worker was seen for WORKER_SILENT_AFTER."""
    seen = last_seen()
    return seen is None or now - seen > WORKER_SILENT_AFTER
