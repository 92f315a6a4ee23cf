"""The queue of mails to supporters: confirmation links, copies, notices."""

from __future__ import annotations

from datetime import datetime

from django.core.mail import EmailMessage
from django.db.models import QuerySet

from actions import registry
from actions.outbox.attachments import add_attachments
from actions.outbox.messages import build_message
from actions.outbox.models import OutboxMessage
from actions.outbox.queues import Queue, Refuse
from actions.outbox.states import NOT_WANTED, SETTLED_STATES, DispatchState
from actions.privacy.retention import blank
from home.site_settings import SiteSettings

# Mails in bulk would be a nuisance twice; everything else here does no harm when it comes twice.
NEVER_REPEATED = ("update",)


class OutboxQueue(Queue[OutboxMessage]):
    """Mails whose whole text lies in the encrypted payload."""

    name = "outbox"
    model = OutboxMessage

    def leavable(self) -> QuerySet[OutboxMessage]:
        return OutboxMessage.objects.all()

    def prepare(self, row: OutboxMessage) -> EmailMessage:
        payload = row.payload
        if not payload:
            raise Refuse("blanked")
        about = payload.get("about")
        if about is not None and not registry.is_wanted(row.kind, about):
            raise Refuse(NOT_WANTED)
        site = SiteSettings.current()
        message = build_message(
            to=payload["to"],
            subject=payload["subject"],
            text=payload["text"],
            html=payload["html"],
            from_name=site.sender_name,
            reply_to=(site.sender_name, site.reply_address) if site.reply_address else None,
            message_id=row.message_id,
            language=payload["language"],
            headers={"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"},
        )
        add_attachments(message, payload.get("attachments", []))
        return message

    def may_repeat(self, row: OutboxMessage) -> bool:
        return not row.kind.startswith(NEVER_REPEATED)

    def settled(self, row: OutboxMessage, state: DispatchState, now: datetime) -> None:
        if state in SETTLED_STATES:
            blank(row)
