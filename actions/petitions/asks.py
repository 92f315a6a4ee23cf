"""A petition as a visitor sees it: in which language, in which state, with which numbers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from actions.campaigns.models import Campaign
from actions.petitions.house_models import HousePetition
from actions.petitions.numbers import Numbers, numbers_of
from actions.petitions.petition_models import Petition
from actions.petitions.recent import ShownComment, recent_comments, recent_signers
from actions.petitions.states import ACCEPTING, PetitionState
from actions.petitions.wording_models import PetitionWording
from actions.protection.challenge.policy import Challenge, challenge_for
from actions.wordings.models import WordingVersion
from actions.wordings.services import best_wording, current_version
from actions.wordings.shown import ShownText
from home.languages import CODES

ACTION = "petition"  # the form's data-action


@dataclass
class PetitionAsk(ShownText):
    """One petition as a visitor with this page language sees it."""

    petition: Petition
    language: str
    url_name: ClassVar[str] = "petition"

    @cached_property
    def wordings(self) -> list[PetitionWording]:
        return list(self.petition.wordings.select_related("locale"))

    @cached_property
    def wording(self) -> PetitionWording | None:
        return best_wording(self.wordings, self.language)

    @cached_property
    def version(self) -> WordingVersion | None:
        """The frozen text that is on the page."""
        return current_version(self.wording) if self.wording else None

    @property
    def title(self) -> str:
        """The wording's title; a petition whose texts have all been taken down still has a page that says so."""
        return self.wording.title if self.wording else _("Sign a petition")

    @property
    def campaign(self) -> Campaign:
        return self.petition.campaign

    @property
    def is_in_other_language(self) -> bool:
        return self.wording is not None and self.wording.language != self.language

    @cached_property
    def state(self) -> PetitionState:
        """The petition's state; without any text there is nothing to sign, so it is paused."""
        state = self.petition.state(timezone.now())
        return PetitionState.PAUSED if state in ACCEPTING and self.wording is None else state

    @property
    def accepts(self) -> bool:
        return self.state in ACCEPTING

    @cached_property
    def challenge(self) -> Challenge | None:
        return challenge_for(ACTION, asked=self.petition.asks_challenge)

    @cached_property
    def numbers(self) -> Numbers:
        return numbers_of(self.petition)

    @cached_property
    def signers(self) -> list[str]:
        """The newest of those who asked to be shown; nobody once the petition is archived."""
        return [] if self.state == PetitionState.ARCHIVED else recent_signers(self.petition.pk)

    @cached_property
    def comments(self) -> list[ShownComment]:
        """The newest approved comments; none once the petition is archived."""
        return [] if self.state == PetitionState.ARCHIVED else recent_comments(self.petition.pk)

    @property
    def house(self) -> HousePetition | None:
        """The petition's way to the House, if there is something to show."""
        found: HousePetition | None = getattr(self.petition, "house", None)
        return found if found and found.is_shown else None

    @property
    def sheet_languages(self) -> list[str]:
        """The languages of the paper sheets that visitors may download: none once the petition is won or archived."""
        is_done = self.petition.state(timezone.now()) in (PetitionState.WON, PetitionState.ARCHIVED)
        return self.house.languages if self.house and self.house.is_offered and not is_done else []

    def url(self, name: str = "petition") -> str:
        return reverse(f"actions:{name}", args=[self.petition.slug])

    def former_url(self, number: int) -> str:
        return reverse("actions:petition_text", args=[self.petition.slug, number])

    def alternates(self, name: str = "petition") -> dict[str, str]:
        """The petition's page of that name in each language, for the language picker; a POST may have led here."""
        found = {}
        for code in CODES:
            with translation.override(code):
                found[code] = self.url(name)
        return found
