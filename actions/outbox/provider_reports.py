"""What a mail provider's webhooks say, as anymail normalises it: one signal, one call to the service.

https://anymail.dev/en/stable/sending/tracking/
"""

from __future__ import annotations

import re
from typing import Any

from anymail.signals import AnymailTrackingEvent, EventType, RejectReason, tracking
from django.conf import settings

from actions.outbox.bounces import BounceKind, record_bounce
from actions.outbox.return_path import METADATA_NAME
from actions.outbox.status_codes import UNSPECIFIED_ADDRESS_FAULT, code_in, is_passing, status_in

KINDS = {
    EventType.COMPLAINED: BounceKind.COMPLAINT,
    EventType.DEFERRED: BounceKind.DELAYED,
    EventType.DELIVERED: BounceKind.DELIVERED,
}
RETURNED = (EventType.BOUNCED, EventType.REJECTED, EventType.FAILED)
# How Postmark and Amazon SES name what may pass; the others say it by status code.
SOFT = re.compile(r"SoftBounce|Transient", re.I)


def listen() -> None:
    tracking.connect(receive, dispatch_uid="actions.outbox.provider_reports")


def receive(event: AnymailTrackingEvent, **_kwargs: Any) -> None:
    """Record what one event says; opened, clicked and the like say nothing about delivery."""
    said = what_it_says(event)
    if said is not None:
        kind, status, code = said
        record_bounce(token=token_of(event), message_id=message_id_of(event), kind=kind, status=status, code=code)


def what_it_says(event: AnymailTrackingEvent) -> tuple[BounceKind, str, int] | None:
    """Return kind, enhanced status and reply code, None for an event that is not about delivery."""
    if event.event_type in KINDS:
        return KINDS[event.event_type], "", 0
    if event.event_type not in RETURNED:
        return None
    words = f"{event.mta_response or ''} {event.description or ''}"[:4096]
    status, code = status_in(words), code_in(words)
    if not status and event.reject_reason == RejectReason.INVALID:
        status = UNSPECIFIED_ADDRESS_FAULT
    is_soft = is_passing(status) if status else bool(SOFT.search(_name_of(event))) or 400 <= code <= 499
    return (BounceKind.SOFT if is_soft else BounceKind.HARD), status, code


def _name_of(event: AnymailTrackingEvent) -> str:
    raw = event.esp_event if isinstance(event.esp_event, dict) else {}
    return f"{raw.get('Type', '')} {event.description or ''}"[:200]


def token_of(event: AnymailTrackingEvent) -> str:
    """Return the token that the mail was given as metadata, "" when the provider keeps none."""
    metadata = event.metadata if isinstance(event.metadata, dict) else {}
    return str(metadata.get(METADATA_NAME, ""))


def message_id_of(event: AnymailTrackingEvent) -> str:
    """Return our own Message-ID, "" where the provider has given the mail another one."""
    ours = rf"<?([0-9a-f]{{32}}@{re.escape(settings.SENDER_DOMAIN)})>?"
    found = re.fullmatch(ours, str(event.message_id or ""))
    return f"<{found[1]}>" if found else ""
