"""Deliveries in any state, without the writing and confirming of each letter."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from actions.letters.models import Letter, LetterDelivery
from actions.letters.states import LetterState
from actions.outbox.messages import new_message_id
from actions.wordings.services import current_version


def confirmed_letter(letter_campaign, riding, **changes: Any) -> Letter:
    """A confirmed letter whose text was deleted long ago: a number."""
    now = timezone.now()
    wording = letter_campaign.wordings.order_by("pk").first()
    values = {
        "letter_campaign": letter_campaign, "riding": riding, "wording_version": current_version(wording),
        "language": "en", "letter_language": "en", "state": LetterState.CONFIRMED,
        "created_at": now, "confirmed_at": now,
    }  # fmt: skip
    return Letter.objects.create(**{**values, **changes})


def delivery(letter: Letter, *, to: Any = None, at: datetime | None = None, **changes: Any) -> LetterDelivery:
    """A delivery to a member or another recipient, made and (unless it waits) settled at ``at`` (UTC)."""
    at = at or letter.created_at
    kind = {"Representative": "representative", "Recipient": "recipient"}.get(type(to).__name__)
    message_id = new_message_id()
    values = {
        "letter": letter, "letter_campaign": letter.letter_campaign, "riding": letter.riding,
        "recipient_name": getattr(to, "name", "Nobody"), "recipient_email": getattr(to, "email", "nobody@parl.example"),
        "state": "delivered", "created_at": at, "settled_at": at, "message_id": message_id, "dedupe_key": message_id,
    }  # fmt: skip
    return LetterDelivery.objects.create(**{**values, **({kind: to} if kind else {}), **changes})
