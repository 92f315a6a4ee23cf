"""Which action a block of a page is about, as its visitor sees it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from actions.letters.asks import Ask
from actions.letters.switches import switches_of
from actions.petitions.asks import PetitionAsk
from actions.sharing.asks import Shareable
from home.languages import current_language
from home.site_settings import SiteSettings


def ask_of(block: Any, request: HttpRequest) -> Shareable | None:
    """Return the action of a letter or petition block; None for no block, and for one whose action is gone."""
    if block is None:
        return None
    if letter_campaign := block.value.get("letter_campaign"):
        ask = Ask(letter_campaign, current_language())
        ask.switches = switches_of(SiteSettings.current(request))
        return ask
    if petition := block.value.get("petition"):
        return PetitionAsk(petition, current_language())
    return None
