"""What a server that sends letters should have, told by ``manage.py check --deploy``."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import checks


@checks.register(checks.Tags.security, deploy=True)
def somebody_reads_bounces(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """A letter that nobody sees come back counts as delivered."""
    if settings.BOUNCE_MAILBOX or settings.ANYMAIL.get("WEBHOOK_SECRET"):
        return []
    return [
        checks.Warning(
            "Nobody reads the mail that comes back, so every letter that a server took will count as delivered.",
            hint="Set BOUNCE_MAILBOX_URL or ANYMAIL_WEBHOOK_SECRET, or let the mail server call "
            "“manage.py receive_bounce” and silence this check.",
            id="outbox.W001",
        )
    ]
