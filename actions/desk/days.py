"""The numbers of campaigns day by day, in a set number of queries, however many people took part.

Signatures and letters are read from tallies of one row a day; gifts from the index of payments by day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from django.db.models import IntegerField, Sum, Value
from django.utils import timezone

from actions.donations.month_sums import payments
from actions.letters.models import LetterDay, LetterTally
from actions.petitions.models import DayTally, Tally

DAYS = 30
# (campaign, day) -> number; what is missing is 0.
ByDay = Counter[tuple[int, date]]


def last_days(today: date) -> list[date]:
    """Return the days that are told, the oldest first; ``today`` by the organisation's own clocks."""
    return [today - timedelta(days=number) for number in range(DAYS - 1, -1, -1)]


def signatures_by_day(campaigns: Collection[int], days: list[date]) -> ByDay:
    """Return by how much the signatures of a campaign's petitions changed; negative where more were taken back."""
    rows = DayTally.objects.filter(petition__campaign__in=campaigns, on__gte=days[0], on__lte=days[-1]).order_by()
    summed = rows.values_list("petition__campaign", "on").annotate(sum=Sum("change"))
    return Counter({(campaign, day): number for campaign, day, number in summed})


def letters_by_day(campaigns: Collection[int], days: list[date]) -> ByDay:
    """Return how many letters were passed on for sending."""
    rows = LetterDay.objects.filter(letter_campaign__campaign__in=campaigns, on__gte=days[0], on__lte=days[-1])
    summed = rows.order_by().values_list("letter_campaign__campaign", "on").annotate(sum=Sum("confirmed"))
    return Counter({(campaign, day): number for campaign, day, number in summed})


def gifts_by_day(campaigns: Collection[int], days: list[date]) -> ByDay:
    """Return what was given to a campaign's appeals, in cents; what was given back since is not taken off.

    One range of the index for each day: grouping by the day itself would look at each row's clock.
    """
    ours, ranges = payments().filter(donation__appeal__campaign__in=campaigns).order_by(), []
    for place, day in enumerate(days):
        start, end = (timezone.make_aware(datetime.combine(one, time())) for one in (day, day + timedelta(days=1)))
        marked = ours.filter(paid_at__gte=start, paid_at__lt=end).annotate(place=Value(place, IntegerField()))
        ranges.append(marked.values_list("place", "donation__appeal__campaign").annotate(sum=Sum("amount_cents")))
    found = ranges[0].union(*ranges[1:], all=True)
    return Counter({(campaign, days[place]): cents for place, campaign, cents in found})


def all_signatures(campaigns: Collection[int]) -> Counter[int]:
    """Return how many signatures count in all petitions of each campaign, over or not."""
    rows = Tally.objects.filter(petition__campaign__in=campaigns).order_by().values_list("petition__campaign")
    return Counter(dict(rows.annotate(sum=Sum("confirmed"))))


def all_letters(campaigns: Collection[int]) -> Counter[int]:
    """Return how many letters of each campaign were passed on, over or not."""
    rows = LetterTally.objects.filter(letter_campaign__campaign__in=campaigns).order_by()
    return Counter(dict(rows.values_list("letter_campaign__campaign").annotate(sum=Sum("confirmed"))))
