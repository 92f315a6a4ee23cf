"""At most three unsolicited mails to one address in any 24 hours, over all forms: nobody's inbox is a weapon."""

from __future__ import annotations

import math
from datetime import UTC, datetime

from django.db import connection

from actions.privacy.addresses import canonical_email, untagged
from actions.protection.keyed_hash import keyed_hash
from actions.protection.models import MailAllowance

WINDOW_SECONDS = 24 * 60 * 60


def reserve(*, address: str, now: datetime) -> datetime | None:
    """Take the address's next free place and return when the mail may leave.

    That is ``now`` while fewer than three mails left in the last 24 hours, else the moment when the third-last one
    leaves that window. None when three are waiting already: then there is no mail, because a longer queue would fill
    somebody's inbox for days. Safe under concurrency (one upsert); call it in the transaction that queues the mail, so
    that a roll-back gives the place back.
    """
    seconds = math.ceil(now.timestamp())
    table = connection.ops.quote_name(MailAllowance._meta.db_table)
    later_of = "GREATEST" if connection.vendor == "postgresql" else "MAX"
    with connection.cursor() as cursor:
        # On the right of SET every column still has its old value, so the three move up by one.
        cursor.execute(
            f"INSERT INTO {table} (key, oldest_epoch, middle_epoch, newest_epoch) VALUES (%s, 0, 0, %s) "  # noqa: S608
            f"ON CONFLICT (key) DO UPDATE SET oldest_epoch = {table}.middle_epoch, "
            f"middle_epoch = {table}.newest_epoch, "
            f"newest_epoch = {later_of}(excluded.newest_epoch, {table}.oldest_epoch + {WINDOW_SECONDS}) "
            f"WHERE {table}.oldest_epoch <= %s RETURNING newest_epoch",
            [_key(address), seconds, seconds],
        )
        row = cursor.fetchone()
    if row is None:
        return None
    leaves_at = int(row[0])
    return now if leaves_at <= seconds else datetime.fromtimestamp(leaves_at, UTC)


def sweep_allowances(now: datetime) -> None:
    """Forget addresses whose last mail left more than 24 hours ago."""
    MailAllowance.objects.filter(newest_epoch__lt=int(now.timestamp()) - WINDOW_SECONDS).delete()


def _key(address: str) -> str:
    try:
        mailbox = canonical_email(address).address
    except ValueError:
        mailbox = address  # forms refuse such an address; the cap holds for it all the same
    return keyed_hash(purpose="mailcap", text=untagged(mailbox))
