"""From one stage of a bill to the next: a new letter campaign with the old one's recipients, settings and texts."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import DraftStateMixin, LockableMixin, RevisionMixin, WorkflowMixin

from actions.campaigns.models import BillStage
from actions.letters.models import LetterCampaign, LetterWording
from actions.wordings.models import ANSWER, STANDING

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

# Dates belong to one stage, and nobody's stop is to be inherited or lifted.
NOT_COPIED = [
    "id", "name", "slug", "stage", "opens_at", "closes_at", "useless_after",
    "is_paused", "is_stopped", "asks_challenge",
]  # fmt: skip
# A text starts its life anew as a draft, in a set of translations of its own.
HISTORY = {
    field.name
    for mixin in (DraftStateMixin, LockableMixin, RevisionMixin, WorkflowMixin)
    for field in mixin._meta.fields
} | {"id", "letter_campaign", "translation_key", *STANDING, *ANSWER}


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
        key = uuid.uuid4()
        for wording in letter_campaign.wordings.select_related("locale").order_by("pk"):
            _copy_wording(wording, made, key, user)
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
    taken = set(LetterCampaign.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    candidates = [base, *(f"{base}-{number}" for number in range(2, len(taken) + 3))]
    return next(slug for slug in candidates if slug not in taken)


def _opens_at(letter_campaign: LetterCampaign, now: datetime) -> datetime:
    """The new one does not open before the old one is over."""
    return max(filter(None, (now, letter_campaign.closes_at or letter_campaign.useless_after)))


def _copy_wording(
    wording: LetterWording, made: LetterCampaign, key: uuid.UUID, user: AbstractBaseUser | AnonymousUser | None
) -> None:
    newest = wording.get_latest_revision_as_object()
    texts = {field.name: getattr(newest, field.name) for field in newest._meta.fields if field.name not in HISTORY}
    draft = LetterWording(**texts, letter_campaign=made, translation_key=key, live=False)
    draft.save()
    log(draft, "wagtail.create", user=user)
    draft.save_revision(user=user)
