"""Which letters may leave now, by their campaigns' hours, and how fast to one inbox.

Every worker asks this every second, so it costs two small queries more than the queue's own: the letter campaigns,
which are few, and whether any of those that are closed now has letters in a hurry.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, Min, OuterRef, Q, QuerySet

from actions.letters.hours import is_open
from actions.letters.models import Hurry, LetterCampaign, LetterDelivery
from actions.outbox.states import DispatchState


def in_their_hours(rows: QuerySet[LetterDelivery], now: datetime) -> QuerySet[LetterDelivery]:
    """Return the rows of letter campaigns that are in their hours, not stopped and not over for their letters.

    Outside the hours those leave all the same whose recipient would else not have them in time (see hurrying.py).
    """
    is_too_late = Q(useless_after__lte=now)
    campaigns = LetterCampaign.objects.filter(~is_too_late, is_stopped=False)
    by_hours: dict[bool, list[int]] = {True: [], False: []}
    for one in campaigns.only("pk", "is_in_office_hours", "office_opens", "office_closes"):
        by_hours[is_open(one, now)].append(one.pk)
    may_leave = Q(letter_campaign__in=by_hours[True])
    shut = by_hours[False]
    if shut and Hurry.objects.filter(letter_campaign__in=shut).exists():
        hurried = Hurry.objects.filter(letter_campaign=OuterRef("letter_campaign"), pace_key=OuterRef("pace_key"))
        may_leave |= Q(Exists(hurried), letter_campaign__in=shut)
    elif not by_hours[True]:
        return rows.none()
    return rows.filter(may_leave)


def slowest_pace(row: LetterDelivery) -> int:
    """Return how many letters an hour the inbox of the row may get.

    Several letter campaigns may write to one inbox, each with a pace of its own: while letters of more than one wait
    for it, the slowest pace counts for all.
    """
    own = row.letter.letter_campaign.pace_per_hour
    slower = list(LetterCampaign.objects.filter(pace_per_hour__lt=own, is_stopped=False).values_list("pk", flat=True))
    if not slower:
        return own
    waiting = LetterDelivery.objects.filter(
        pace_key=row.pace_key, state=DispatchState.QUEUED, letter_campaign__in=slower
    )
    return waiting.aggregate(pace=Min("letter_campaign__pace_per_hour"))["pace"] or own
