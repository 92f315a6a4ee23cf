"""From one stage of a bill to the next: a new letter campaign with the old one's recipients, settings and texts."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from actions.campaigns.models import BillStage
from actions.letters.models import LetterCampaign
from actions.wordings.copying import copy_texts, first_free

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

# Dates belong to one stage, and nobody's stop is to be inherited or lifted.
NOT_COPIED = [
    "id", "name", "slug", "stage", "opens_at", "closes_at", "useless_after",
    "is_paused", "is_stopped", "asks_challenge",
]  # fmt: skip


def copy_to_stage(
    *,
    letter_campaign: LetterCampaign,
    name: str,
    slug: str,
    stage: str,
    user: AbstractBaseUser | AnonymousUser | None,
) -> LetterCampaign:
    """Make the letter campaign of another stage and return it; nobody can write until one of its texts is published.

    Letters and counters stay with the old one, so whoever wrote before may write again. Raises IntegrityError when the
    slug is taken, which also is what a second click meets.
    """
    with transaction.atomic():
        made, _children = letter_campaign.copy_cluster(exclude_fields=NOT_COPIED)
        made.name, made.slug, made.stage = name, slug, stage
        made.opens_at = _opens_at(letter_campaign, timezone.now())
        made.save()
        log(made, "wagtail.create", user=user)
        copy_texts(letter_campaign, made, link="letter_campaign", user=user)
    return made


def next_stage(letter_campaign: LetterCampaign) -> str:
    """Return the stage that follows the letter campaign's own, else the one that its campaign says comes next."""
    stages = list(BillStage.values)
    if letter_campaign.stage not in stages[:-2]:  # after royal assent or a defeat nothing follows
        return letter_campaign.campaign.next_stage
    return stages[stages.index(letter_campaign.stage) + 1]


def free_slug(letter_campaign: LetterCampaign, stage: str) -> str:
    """Return a short name that no letter campaign has: the campaign's with the stage, and a number when needed."""
    longest = LetterCampaign._meta.get_field("slug").max_length
    base = "-".join(filter(None, (letter_campaign.campaign.slug, stage.replace("_", "-"))))[: longest - 4]
    return first_free(LetterCampaign, base)


def _opens_at(letter_campaign: LetterCampaign, now: datetime) -> datetime:
    """The new one does not open before the old one is over."""
    return max(filter(None, (now, letter_campaign.closes_at or letter_campaign.useless_after)))
