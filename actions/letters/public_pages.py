"""The pages of its own that each open letter action has, for search engines."""

from __future__ import annotations

from collections.abc import Iterator

from actions.letters.asks import asks_of
from actions.letters.campaign_models import Availability
from actions.letters.models import LetterCampaign
from actions.registry import PublicPage
from home.languages import CODES


def open_letter_pages() -> Iterator[PublicPage]:
    """Yield the page of every letter campaign in which a letter can be written now."""
    for ask in asks_of(LetterCampaign.objects.order_by("slug"), CODES[0]):
        if ask.availability == Availability.OPEN:
            yield PublicPage(ask.alternates())
