"""The letters that can be written now for a campaign, told to other rooms through the registry."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from actions.letters.asks import asks_of
from actions.letters.campaign_models import Availability
from actions.letters.models import LetterCampaign
from actions.registry import OpenAction


def open_letters(campaign_id: int, language: str) -> Iterator[OpenAction]:
    """Yield those that opened last first."""
    rows = LetterCampaign.objects.filter(campaign=campaign_id).select_related("campaign")
    for ask in asks_of(rows.order_by("-opens_at", "-pk"), language):
        if ask.availability == Availability.OPEN and ask.wording is not None:
            yield OpenAction(ask.title, ask.wording.language, _("Write this letter"), ask.url())
