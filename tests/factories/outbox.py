"""Mails that wait. Two kinds matter: one that may be repeated when in doubt and one that may not."""

from __future__ import annotations

import itertools
from datetime import datetime
from typing import Any

from actions.outbox.dispatch import take
from actions.outbox.line import next_in_line
from actions.outbox.messages import new_message_id
from actions.outbox.models import OutboxMessage
from actions.outbox.queues import Queue

REPEATABLE = "letter.confirm"
ONCE = "update.news"
_numbers = itertools.count(1)


def queued_mail(*, kind: str = REPEATABLE, to: str = "", **columns: Any) -> OutboxMessage:
    """Return a mail that is due; ``columns`` overwrite the row's."""
    number = next(_numbers)
    payload = {
        "to": to or f"writer{number}@writer.example",
        "language": "en",
        "subject": f"Mail {number} 香港",
        "text": f"Hello,\n\n.a line with a dot\n多謝 {number}\n",
        "html": "<p>Hello 香港</p>",
    }
    row = {"dedupe_key": f"test:{number}", "message_id": new_message_id(), "payload": payload, **columns}
    return OutboxMessage.objects.create(kind=kind, **row)


def claim(queue: Queue[Any], now: datetime) -> Any | None:
    """Claim one due row as a worker does; None when there is none, or none whose recipient's gate is open."""
    return next((row for row in next_in_line(queue, now) if take(queue, row, now)), None)
