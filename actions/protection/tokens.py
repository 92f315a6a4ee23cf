"""The form token: one attempt at one action, fetched by the page's script when a form is first touched.

It is signed and holds no state, so cached pages stay the same for everyone; only accepting an action spends it.
"""

from __future__ import annotations

import re
import time
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core import signing
from django.db import connection
from django.utils import timezone

from actions.protection.models import SpentToken

SALT = "actions.protection.form-token"
ACTION = re.compile(r"[a-z]{1,16}(-[a-z]{1,16})?")  # what a form's data-action looks like
MAX_AGE = timedelta(hours=12)
# Nobody touches, fills and sends a form faster; such a token counts as none, which only lowers the limits.
MIN_AGE = timedelta(seconds=2)
# Longer than MAX_AGE, so that a swept attempt cannot be spent again.
KEPT = timedelta(hours=24)


@dataclass(frozen=True)
class FormToken:
    """What a valid token says; ``issued_at`` is UTC to the second."""

    attempt_id: uuid.UUID
    action: str
    issued_at: datetime

    @property
    def is_ripe(self) -> bool:
        """Whether it is old enough to come from a person."""
        return timezone.now() - self.issued_at >= MIN_AGE


def issue_token(action: str) -> str:
    """Return a signed token for one attempt at ``action`` (a form's ``data-action``)."""
    payload = {"i": uuid.uuid4().hex, "a": action, "t": int(time.time())}
    return signing.dumps(payload, salt=SALT)


def read_token(raw: str | None, action: str) -> FormToken | None:
    """Return the token, or None when it is missing, altered, made for another action or older than MAX_AGE."""
    if not raw or len(raw) > 300:
        return None
    try:
        payload = signing.loads(raw, salt=SALT, max_age=MAX_AGE)
    except signing.BadSignature:
        return None
    if payload["a"] != action:
        return None
    return FormToken(uuid.UUID(payload["i"]), action, datetime.fromtimestamp(payload["t"], UTC))


def spend_token(attempt_id: uuid.UUID | None) -> bool:
    """Mark the attempt as accepted; False when it already was. Call it in the transaction that accepts.

    A second transaction with the same attempt waits for the first and then gets False; its own work stays usable,
    because nothing fails: one statement, no savepoint. Without a token (None) there is nothing to spend: True.
    """
    if attempt_id is None:
        return True
    table, number = SpentToken._meta.db_table, SpentToken._meta.pk.get_db_prep_value(attempt_id, connection)
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{table}" (attempt_id, spent_at) VALUES (%s, %s) ON CONFLICT DO NOTHING',  # noqa: S608
            [number, connection.ops.adapt_datetimefield_value(timezone.now())],
        )
        return bool(cursor.rowcount)


def is_spent(attempt_id: uuid.UUID) -> bool:
    """Whether something was accepted with this attempt already."""
    return SpentToken.objects.filter(attempt_id=attempt_id).exists()


def sweep_tokens(now: datetime) -> None:
    """Forget attempts whose token could not be read any more anyway."""
    SpentToken.objects.filter(spent_at__lt=now - KEPT).delete()
