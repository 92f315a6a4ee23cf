"""Files that go with a mail: made when it leaves, so that only what they are made of lies in the outbox, encrypted."""

from __future__ import annotations

import logging
from typing import Any

from django.core.mail import EmailMessage

from actions import registry

log = logging.getLogger(__name__)


def add_attachments(message: EmailMessage, wanted: list[tuple[str, dict[str, Any]]]) -> None:
    """Attach each ``(kind, data)``; one that cannot be built is left out, because the mail matters more."""
    for kind, data in wanted:
        try:
            file = registry.attachment(kind, data)
        except Exception as error:  # noqa: BLE001 - whatever went wrong there, the mail must leave
            log.error("attachment %s left out: %s", kind, type(error).__name__)
        else:
            message.attach(file.name, file.content, file.mimetype)
