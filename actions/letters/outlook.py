"""How many letters wait, when the last of them leaves, and which would come too late: by letter campaign.

Letters to one inbox share its pace, whichever letter campaign they belong to, so all that wait for it are counted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max

from actions.letters.hours import ANY_HOUR, finish, places
from actions.letters.models import LetterCampaign, LetterDelivery
from actions.outbox.models import PaceGate
from actions.outbox.states import DispatchState

Waiting = dict[str, Any]  # a row of _waiting()
MOST_BEHIND = 5
# A queue that would be through just in time hurries too: a mail server that is away for a while must cost no letter.
MARGIN = timedelta(minutes=15)


@dataclass(frozen=True)
class Line:
    """One letter campaign's letters that wait for one inbox.

    ``finishes_at`` is when the inbox has them all (UTC, None: out of sight), ``too_late`` how many cannot leave in time
    at any hour, ``is_hurried`` whether office hours are too short for them.
    """

    letter_campaign: LetterCampaign
    pace_key: str
    name: str
    waiting: int
    finishes_at: datetime | None
    too_late: int = 0
    is_hurried: bool = False


@dataclass
class Outlook:
    """What staff are told of one letter campaign; ``lines`` as above, the recipients most behind first."""

    lines: list[Line] = field(default_factory=list)

    @property
    def waiting(self) -> int:
        return sum(line.waiting for line in self.lines)

    @property
    def finishes_at(self) -> datetime | None:
        """When the last letter leaves (UTC); None when that is out of sight or nothing waits."""
        times = [line.finishes_at for line in self.lines]
        return None if None in times else max((time for time in times if time), default=None)

    @property
    def late_lines(self) -> list[Line]:
        return sorted((line for line in self.lines if line.too_late), key=lambda line: -line.too_late)

    @property
    def too_late(self) -> int:
        return sum(line.too_late for line in self.lines)

    @property
    def most_behind(self) -> list[Line]:
        return self.late_lines[:MOST_BEHIND]


def outlooks(now: datetime, letter_campaigns: Iterable[LetterCampaign] | None = None) -> dict[int, Outlook]:
    """Return the outlook of each letter campaign for which letters wait, by its number."""
    found: dict[int, Outlook] = {}
    wanted = None if letter_campaigns is None else {one.pk for one in letter_campaigns}
    for line in lines(now):
        number = line.letter_campaign.pk
        if wanted is None or number in wanted:
            found.setdefault(number, Outlook()).lines.append(line)
    return found


def lines(now: datetime) -> list[Line]:
    """Return what waits for each inbox by letter campaign; four queries, whatever waits."""
    rows = _waiting()
    campaigns = LetterCampaign.objects.in_bulk({row["letter_campaign"] for row in rows})
    gates = dict(PaceGate.objects.filter(free_at__gt=now).values_list("key", "free_at"))
    by_inbox: dict[str, list[Waiting]] = {}
    for row in rows:
        by_inbox.setdefault(row["pace_key"], []).append(row)
    return [
        _line(row, campaigns, shared, max(now, gates.get(key, now)))
        for key, shared in by_inbox.items()
        for row in shared
    ]


def _waiting() -> list[Waiting]:
    queued = LetterDelivery.objects.filter(state=DispatchState.QUEUED).order_by()
    grouped = queued.values("letter_campaign", "pace_key")
    counted = grouped.annotate(waiting=Count("pk"), name=Max("recipient_name"))
    return [dict(row) for row in counted]


def _line(row: Waiting, campaigns: dict[int, LetterCampaign], shared: list[Waiting], start: datetime) -> Line:
    """Reckon one line; ``shared`` are all letter campaigns' rows for the inbox, ``start`` is when its gate opens."""
    own = campaigns[row["letter_campaign"]]
    moving = [one for one in shared if one is row or not campaigns[one["letter_campaign"]].is_stopped]
    count = sum(one["waiting"] for one in moving)
    pace = min(campaigns[one["letter_campaign"]].pace_per_hour for one in moving)
    finishes_at, useless_after = finish(count, pace, own, start), own.useless_after
    too_late, is_hurried = 0, False
    if useless_after is not None:
        is_hurried = own.is_in_office_hours and (finishes_at is None or finishes_at >= useless_after - MARGIN)
        if finishes_at is None or finishes_at >= useless_after:
            too_late = min(row["waiting"], max(0, count - places(pace, start, useless_after)))
            finishes_at = finish(count, pace, ANY_HOUR, start) if too_late else useless_after
    return Line(own, row["pace_key"], row["name"], row["waiting"], finishes_at, too_late, is_hurried)
