"""Several letter campaigns of one campaign follow one another; this finds the one that comes after, or beside, one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from actions.letters.asks import Ask, asks_of
from actions.letters.campaign_models import Availability, LetterCampaign


@dataclass(frozen=True)
class NextStep:
    """Where a visitor can write next; ``opens_at`` (UTC) is None when that is now."""

    ask: Ask
    opens_at: datetime | None = None


def next_step(letter_campaign: LetterCampaign, language: str, *, now: datetime | None = None) -> NextStep | None:
    """Return the other open letter campaign of the same campaign that opened last, else the one that opens first.

    None when there is neither. One without a published text cannot be written and is not named.
    """
    now = now or timezone.now()
    others = LetterCampaign.objects.filter(campaign=letter_campaign.campaign_id).exclude(pk=letter_campaign.pk)
    asks = asks_of(others.select_related("campaign").order_by("-opens_at", "-pk"), language)
    open_now = next((ask for ask in asks if ask.availability == Availability.OPEN), None)
    if open_now is not None:
        return NextStep(open_now)
    upcoming = [ask for ask in asks if ask.availability == Availability.NOT_YET and ask.wording is not None]
    return NextStep(upcoming[-1], upcoming[-1].letter_campaign.opens_at) if upcoming else None
