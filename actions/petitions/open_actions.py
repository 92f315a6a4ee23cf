"""The petitions that can be signed now for a campaign, told to other rooms through the registry."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from actions.petitions.asks import PetitionAsk
from actions.petitions.models import Petition
from actions.registry import OpenAction


def open_petitions(campaign_id: int, language: str) -> Iterator[OpenAction]:
    """Yield the newest first."""
    for petition in Petition.objects.filter(campaign=campaign_id).order_by("-pk"):
        ask = PetitionAsk(petition, language)
        if ask.accepts and ask.wording is not None:
            yield OpenAction(ask.title, ask.wording.language, _("Sign this petition"), ask.url())
