"""A breaker: raises the challenge, and then pauses, while something fails far more often than people fail.

Named and reusable. The room that knows of outcomes calls ``record_failure`` and ``record_success``, asks ``state``
before it begins anything, and says itself what a pause looks like. Counts by minute stand in a table, under the
database's clock, so that all processes see one state; nothing in them is about a person.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.cache import cache
from django.db import connection, models
from django.db.models import Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from actions.protection.clock import database_epoch, epoch_in_query
from actions.protection.models import BreakerMinute

CACHED_SECONDS = 3
MINUTE = 60


class BreakerState(models.TextChoices):
    """Worked out from the counts, never stored::

    closed --more than 20 failures in 10 minutes--> challenge --more than 100--> paused
    paused --10 minutes with fewer--> challenge --an hour with fewer than 100--> closed

    It comes down by itself as the counts fall out of their windows, one step at a time after a pause.
    """

    CLOSED = "closed", _("as usual")
    CHALLENGE = "challenge", _("with a check against programs")
    PAUSED = "paused", _("paused")


@dataclass(frozen=True)
class Breaker:
    """``guards`` are the ``data-action``s whose forms ask for the challenge while it is up.

    More than ``challenge_after`` failures in ``seconds`` raise it, more than ``pause_after`` pause; after a pause it
    stays up until ``lingers_seconds`` hold fewer than ``pause_after``.
    """

    label: str | Promise
    guards: tuple[str, ...]
    challenge_after: int = 20
    pause_after: int = 100
    seconds: int = 600
    lingers_seconds: int = 3600


BREAKERS: dict[str, Breaker] = {"donations": Breaker(_("Donations"), guards=("donation",))}


def breakers() -> dict[str, Breaker]:
    """Return all breakers by name; ``settings.PROTECTION_BREAKERS`` adds some or overrides single entries."""
    overrides: dict[str, Breaker] = getattr(settings, "PROTECTION_BREAKERS", {})
    return {**BREAKERS, **overrides}


def record_failure(name: str) -> None:
    """Count one failure now; one short write. Call it after your own commit. KeyError when nobody knows the name."""
    _count(name, failures=1)
    cache.delete(_cache_key(name))


def record_success(name: str) -> None:
    """Count one success now, for the people who judge a pause; it lowers nothing."""
    _count(name, successes=1)


def state(name: str) -> BreakerState:
    """Return the state, at most CACHED_SECONDS old. KeyError when nobody knows the name."""
    breaker = breakers()[name]
    known = cache.get(_cache_key(name))
    if known is None:
        known = _state_now(name, breaker).value
        cache.set(_cache_key(name), known, CACHED_SECONDS)
    return BreakerState(known)


def counts(name: str, *, seconds: int) -> tuple[int, int]:
    """Return failures and successes of the last ``seconds``, to the minute."""
    rows = BreakerMinute.objects.filter(_within(seconds), name=name)
    sums = rows.aggregate(failures=Sum("failures"), successes=Sum("successes"))
    return sums["failures"] or 0, sums["successes"] or 0


def sweep_breakers(now: datetime) -> None:
    """Forget minutes that no window holds any more."""
    longest = max(max(breaker.seconds, breaker.lingers_seconds) for breaker in breakers().values())
    BreakerMinute.objects.exclude(_within(longest)).delete()


def _state_now(name: str, breaker: Breaker) -> BreakerState:
    rows = BreakerMinute.objects.filter(_within(breaker.lingers_seconds), name=name)
    sums = rows.aggregate(lately=Sum("failures", filter=_within(breaker.seconds)), in_all=Sum("failures"))
    lately, in_all = sums["lately"] or 0, sums["in_all"] or 0
    if lately > breaker.pause_after:
        return BreakerState.PAUSED
    if lately > breaker.challenge_after or in_all > breaker.pause_after:
        return BreakerState.CHALLENGE
    return BreakerState.CLOSED


def _count(name: str, *, failures: int = 0, successes: int = 0) -> None:
    """One upsert, exact under concurrency."""
    breakers()[name]
    now = database_epoch()
    table = connection.ops.quote_name(BreakerMinute._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (name, minute_epoch, failures, successes) VALUES (%s, %s, %s, %s) "  # noqa: S608
            f"ON CONFLICT (name, minute_epoch) DO UPDATE SET failures = {table}.failures + excluded.failures, "
            f"successes = {table}.successes + excluded.successes",
            [name, now - now % MINUTE, failures, successes],
        )


def _within(seconds: int) -> models.Q:
    """The minutes of the last ``seconds``, the one in which they begin included."""
    return models.Q(minute_epoch__gt=epoch_in_query() - (seconds + MINUTE))


def _cache_key(name: str) -> str:
    return f"breaker:{name}"
