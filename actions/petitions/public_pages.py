"""The pages of its own that each petition has, for search engines."""

from __future__ import annotations

from collections.abc import Iterator

from actions.petitions.asks import PetitionAsk
from actions.petitions.models import Petition, PetitionWording
from actions.registry import PublicPage
from home.languages import CODES


def open_petition_pages() -> Iterator[PublicPage]:
    """Yield the page of every petition that can be signed now, and every page about the House."""
    wordings: dict[int, list[PetitionWording]] = {}
    for wording in PetitionWording.objects.select_related("locale").defer("text", "background", "updates", "thank_you"):
        wordings.setdefault(wording.petition_id, []).append(wording)
    for petition in Petition.objects.select_related("house").order_by("slug"):
        ask = PetitionAsk(petition, CODES[0])
        ask.wordings = wordings.get(petition.pk, [])  # read once for all
        if ask.accepts:
            yield PublicPage(ask.alternates())
        if ask.house:
            yield PublicPage(ask.alternates("petition_house"))
