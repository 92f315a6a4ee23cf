"""The pages of its own that each open letter action has, for search engines."""

from __future__ import annotations

from collections.abc import Iterator

from actions.letters.asks import Ask
from actions.letters.campaign_models import Availability
from actions.letters.models import LetterCampaign
from actions.registry import PublicPage
from home.languages import CODES


def open_letter_pages() -> Iterator[PublicPage]:
    """Yield the page of every letter campaign in which a letter can be written now."""
    for letter_campaign in LetterCampaign.objects.order_by("slug"):
        ask = Ask(letter_campaign, CODES[0])
        if ask.availability == Availability.OPEN:
            yield PublicPage(ask.alternates())
