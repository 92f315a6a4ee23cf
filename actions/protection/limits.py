"""Counts per address in a table of our own, exact under concurrency and independent of any cache.

One upsert adds and reads in the same statement, and the window comes from the database's clock, so that any number of
threads, processes and hosts share one count. Cache-backed limiters let concurrent requests through: their
get-then-set is not atomic on every backend (https://docs.djangoproject.com/en/5.2/topics/cache/#basic-usage).

Windows are fixed, so who comes just before and just after an edge (for a day: midnight UTC) gets up to twice the limit.
A sliding estimate would need the hits of the window before, which lie under another day's salt, and would let refused
tries of one window shut out honest people behind the same address in the next one.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import connection
from django.http import HttpRequest

from actions.protection.client_address import address_range, client_address
from actions.protection.clock import database_epoch
from actions.protection.keyed_hash import keyed_hash
from actions.protection.models import DailySalt, LimitWindow


@dataclass(frozen=True)
class Limit:
    """At most ``hits`` in one window of ``seconds``; ``hits_with_token`` for who brings a fresh form token."""

    hits: int
    seconds: int
    hits_with_token: int = 0


# A table at a rally has one address and perhaps no script: 60 people an hour must get through "submit".
LIMITS: dict[str, Limit] = {
    "flood": Limit(600, 600),
    "submit": Limit(80, 3600, hits_with_token=300),
    "lookup": Limit(120, 3600, hits_with_token=400),
    "confirm": Limit(300, 3600),
    # Who tests stolen cards opens payments by the thousand; who gives needs one or two.
    "payment": Limit(2, 600, hits_with_token=3),
    "payment-day": Limit(5, 86_400, hits_with_token=10),
    "paper": Limit(120, 3600),  # each PDF takes up to 1.5 seconds of the processor, a usual one 0.05
}


def limit_named(name: str) -> Limit:
    """Return the limit of that name; ``settings.PROTECTION_LIMITS`` overrides single entries. KeyError when unknown."""
    overrides: dict[str, Limit] = getattr(settings, "PROTECTION_LIMITS", {})
    return overrides.get(name) or LIMITS[name]


@dataclass(frozen=True)
class Moment:
    """The database's clock in seconds since 1970 (UTC), and the salt of its day."""

    epoch: int
    salt: bytes


def hit(bucket: str, *, limit: int, window_seconds: int, moment: Moment | None = None) -> bool:
    """Count one hit on ``bucket`` and return whether it is among the first ``limit`` of the current window.

    The bucket's text is hashed under the salt of the day before it touches the table. Windows are aligned to the
    clock. Call it outside the transaction that accepts: a roll-back would give the hit back.
    """
    moment = moment or _moment()
    key = keyed_hash(purpose="limits", text=f"{window_seconds}|{bucket}", salt=moment.salt)
    ends_at = (moment.epoch // window_seconds + 1) * window_seconds
    table = connection.ops.quote_name(LimitWindow._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (key, ends_at_epoch, hits) VALUES (%s, %s, 1) "  # noqa: S608
            f"ON CONFLICT (key, ends_at_epoch) DO UPDATE SET hits = {table}.hits + 1 RETURNING hits{_unhurried()}",
            [key, ends_at],
        )
        return cursor.fetchone()[0] <= limit


def _unhurried() -> str:
    """Let PostgreSQL not wait for the disk: a crash then forgets less than a second of hits, which harms nobody.

    The setting ends with the transaction, which must be the statement's own (https://www.postgresql.org/docs/current/wal-async-commit.html).
    """
    is_alone = connection.vendor == "postgresql" and not connection.in_atomic_block
    return ", set_config('synchronous_commit', 'off', true)" if is_alone else ""


def hit_by_address(request: HttpRequest, *, action: str, limit: Limit, has_token: bool = False) -> bool:
    """Count one hit of the visitor's address on ``action``; True while it is within ``limit``."""
    allowed = max(limit.hits, limit.hits_with_token) if has_token else limit.hits
    bucket = f"{action}|{address_range(client_address(request))}"
    return hit(bucket, limit=allowed, window_seconds=limit.seconds, moment=moment_of(request))


def range_key(address: str, *, about: str, moment: Moment | None = None) -> str:
    """Return what the visitor's address range is known by today in one record, ``about``; no address in it.

    ``6`` or ``4`` for the kind of address, then a hash under the salt of the day: comparable until midnight (UTC), and
    with the salt gone after 48 hours nobody can trace it back.
    """
    salt = (moment or _moment()).salt
    hashed = keyed_hash(purpose="address range", text=f"{about}|{address_range(address)}", salt=salt)
    return f"{'6' if ':' in address else '4'}{hashed[:39]}"


def sweep_limits(now: datetime) -> None:
    """Forget windows that are over and salts older than 48 hours; with its salt gone a key cannot be traced back."""
    epoch, today = _database_now()
    LimitWindow.objects.filter(ends_at_epoch__lte=epoch).delete()
    DailySalt.objects.filter(day__lt=date.fromordinal(today.toordinal() - 1)).delete()


def moment_of(request: HttpRequest) -> Moment:
    """Return when the request first asked: a form asks three times, and each time would be two queries."""
    if not hasattr(request, "_limits_moment"):
        request._limits_moment = _moment()  # type: ignore[attr-defined]
    moment: Moment = request._limits_moment  # type: ignore[attr-defined]
    return moment


def _moment() -> Moment:
    epoch, today = _database_now()
    return Moment(epoch, _salt_of(today))


def _database_now() -> tuple[int, date]:
    """Return the database's clock as seconds since 1970 and as UTC day."""
    epoch = database_epoch()
    return epoch, date.fromordinal(date(1970, 1, 1).toordinal() + epoch // 86_400)


def _salt_of(day: date) -> bytes:
    """Return the day's salt, made by whoever asks first."""
    row = DailySalt.objects.filter(day=day).first()
    if row is None:
        fresh = DailySalt(day=day, salt=secrets.token_bytes(32))
        DailySalt.objects.bulk_create([fresh], ignore_conflicts=True)
        row = DailySalt.objects.get(day=day)
    return bytes(row.salt)
