"""How a letter campaign stands, as its visitors find it, in words for staff: its own switches and the site's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.admin.ui.tables import StatusTagColumn

from actions.letters.asks import DISSOLVED, Ask, asks_of
from actions.letters.campaign_models import Availability
from actions.letters.models import LetterCampaign


@dataclass(frozen=True)
class State:
    """``availability`` is the campaign's own, ``is_open`` says whether anybody can write to anybody."""

    words: str
    availability: Availability
    is_open: bool = False


def states_of(letter_campaigns: Iterable[LetterCampaign], now: datetime) -> dict[int, State]:
    """Return how each letter campaign stands at ``now`` (UTC), by its number; a few queries for any number."""
    asks = asks_of(letter_campaigns, get_language() or "en")
    return {ask.letter_campaign.pk: _state(ask, ask.letter_campaign.availability(now)) for ask in asks}


def state_of(letter_campaign: LetterCampaign, now: datetime) -> State:
    return states_of([letter_campaign], now)[letter_campaign.pk]


def _state(ask: Ask, own: Availability) -> State:
    """What was switched or set for this campaign goes first, then what stands in the way of an open one."""
    if ask.switches.are_letters_stopped and own != Availability.STOPPED:
        return State(_("stopped with all letters"), own)
    if own != Availability.OPEN:
        return State(str(own.label), own)
    if not ask.letter_languages:
        return State(_("nobody can write (no English or French text is published)"), own)
    if ask.availability == DISSOLVED:
        return State(_("nobody can write (Parliament is dissolved)"), own)
    if ask.misses_mps:
        return State(_("open, but not to MPs (Parliament is dissolved)"), own, is_open=True)
    return State(str(own.label), own, is_open=True)


def request_states(request: HttpRequest) -> dict[int, State]:
    """Return how all letter campaigns stand, asked once for a request."""
    if not hasattr(request, "letter_states"):
        request.letter_states = states_of(LetterCampaign.objects.all(), timezone.now())  # type: ignore[attr-defined]
    return request.letter_states  # type: ignore[attr-defined]


class StateColumn(StatusTagColumn):
    """How each letter campaign of a list stands."""

    def get_value(self, instance: LetterCampaign) -> str:
        return ""

    def get_cell_context_data(self, instance: LetterCampaign, parent_context: Any) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        state = request_states(parent_context["request"])[instance.pk]
        return {**context, "value": state.words, "primary": state.is_open}
