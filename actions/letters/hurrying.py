"""Every minute: which recipients' letters must leave at any hour, because office hours would be too short for them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from actions.letters.models import Hurry, LetterDelivery
from actions.letters.outlook import lines
from actions.outbox.states import DispatchState


def refresh_hurries(now: datetime) -> None:
    """Make the list of hurries anew; the pace holds for them as for all others."""
    queued = LetterDelivery.objects.filter(
        state=DispatchState.QUEUED,
        letter_campaign__is_in_office_hours=True,
        letter_campaign__useless_after__gt=now,
    )
    wanted = set()
    if queued.exists():  # usually nothing is pressing, and nothing has to be reckoned
        wanted = {(line.letter_campaign.pk, line.pace_key) for line in lines(now) if line.is_hurried}
    with transaction.atomic():
        known = {(one.letter_campaign_id, one.pace_key): one.pk for one in Hurry.objects.all()}
        Hurry.objects.filter(pk__in=[pk for pair, pk in known.items() if pair not in wanted]).delete()
        new = [Hurry(letter_campaign_id=pk, pace_key=key) for pk, key in wanted if (pk, key) not in known]
        Hurry.objects.bulk_create(new, ignore_conflicts=True)
