"""When letters may leave: office hours in Ottawa, and when the last one of a queue leaves at a pace.

Pure functions of their arguments. Hours are those of the clock on the wall in TIME_ZONE, so an office that opens at
eight does so before and after the clocks change; everything that comes in and goes out is UTC.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from django.conf import settings

SATURDAY = 5
HORIZON = timedelta(days=731)  # what would take longer is out of sight
SECONDS_PER_HOUR = 3600
# A worker that found nothing to do looks again a second later, so two letters are that much further apart.
WORKER_SECONDS = 1


class HasHours(Protocol):
    """A letter campaign, or Hours."""

    @property
    def is_in_office_hours(self) -> bool: ...

    @property
    def office_opens(self) -> time: ...

    @property
    def office_closes(self) -> time: ...


@dataclass(frozen=True)
class Hours:
    """Office hours, Monday to Friday; ``is_in_office_hours`` False means at any time."""

    is_in_office_hours: bool = True
    office_opens: time = time(8)
    office_closes: time = time(18)


ANY_HOUR = Hours(is_in_office_hours=False)


def is_open(hours: HasHours, now: datetime) -> bool:
    """Return whether letters may leave at ``now``; an office that closes before it opens never is open."""
    if not hours.is_in_office_hours:
        return True
    local = now.astimezone(_ottawa())
    return local.weekday() < SATURDAY and hours.office_opens <= local.time() < hours.office_closes


def windows(hours: HasHours, now: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Yield the times from ``now`` to the HORIZON in which letters may leave, as (from, until)."""
    end = now + HORIZON
    if not hours.is_in_office_hours:
        yield now, end
        return
    day = now.astimezone(_ottawa()).date()
    while (opens := _at(day, hours.office_opens)) < end:
        closes = _at(day, hours.office_closes)
        if day.weekday() < SATURDAY and max(opens, now) < closes:
            yield max(opens, now), closes
        day += timedelta(days=1)


def finish(count: int, pace: int, hours: HasHours, now: datetime) -> datetime | None:
    """Return when the last of ``count`` letters leaves, of which ``pace`` may in an hour and the first at once.

    ``now`` when there are none; None when that is out of sight.
    """
    if count < 1:
        return now
    free_at = now
    for opens, closes in windows(hours, now):
        first = max(opens, free_at)
        fit = places(pace, first, closes)
        if fit >= count:
            return first + (count - 1) * spacing(pace)
        count -= fit
        free_at = first + fit * spacing(pace)
    return None


def places(pace: int, start: datetime, end: datetime) -> int:
    """Return how many letters leave from ``start`` to just before ``end``, the first of them at once."""
    return max(0, -((start - end) // spacing(pace)))


def spacing(pace: int) -> timedelta:
    """Return the time from one letter to the next that is to be expected; never less than the pace allows."""
    return timedelta(seconds=SECONDS_PER_HOUR / pace + WORKER_SECONDS)


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, tzinfo=_ottawa()).astimezone(UTC)


def _ottawa() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)
