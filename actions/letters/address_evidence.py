"""What a letter that was refused or came back says about its recipient's address."""

from __future__ import annotations

from datetime import datetime

from actions.letters.models import LetterDelivery
from actions.outbox.status_codes import is_about_address, is_about_policy
from actions.representatives.dead_addresses import note_bad_address, note_soft_bounce


def note_refusal(row: LetterDelivery, now: datetime) -> None:
    """The server refused the letter; only a status about the address counts, never one about policy."""
    if is_about_address(row.last_status):
        note_bad_address(address=row.recipient_email, status=row.last_status, left_at=None, now=now)


def note_bounce(row: LetterDelivery, *, is_for_good: bool, left_at: datetime | None, now: datetime) -> None:
    """The letter, which left at ``left_at`` (UTC), came back for good, or for now: that counts once a letter."""
    what = {"address": row.recipient_email, "status": row.last_status, "left_at": left_at, "now": now}
    if is_about_address(row.last_status):
        note_bad_address(**what)  # type: ignore[arg-type]
    elif not is_for_good and row.soft_bounces == 1 and not is_about_policy(row.last_status):
        note_soft_bounce(**what)  # type: ignore[arg-type]
