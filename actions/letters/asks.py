"""A letter campaign as a visitor sees it: in which language, and whether a letter can be written now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from actions.campaigns.models import Campaign
from actions.letters.campaign_models import Availability, LetterCampaign, LetterTarget
from actions.letters.compose import LETTER_LANGUAGES
from actions.letters.switches import Switches, current_switches
from actions.letters.whom import switches_when_dissolved
from actions.letters.wording_models import LetterWording
from actions.protection.challenge.policy import Challenge, challenge_for
from actions.wordings.services import best_wording
from actions.wordings.shown import ShownText

DISSOLVED = "dissolved"
# What many asks at once can do without: the long texts are read when one of them is shown.
LONG_TEXTS = (
    "introduction", "talking_points", "letter_subjects", "letter_body", "variants", "phone_script", "thank_you",
)  # fmt: skip


@dataclass
class Ask(ShownText):
    """One letter campaign as a visitor with this page language sees it."""

    letter_campaign: LetterCampaign
    language: str
    url_name: ClassVar[str] = "letter"

    @cached_property
    def wordings(self) -> list[LetterWording]:
        return list(self.letter_campaign.wordings.select_related("locale"))

    @cached_property
    def targets(self) -> list[LetterTarget]:
        return list(LetterTarget.objects.filter(letter_campaign=self.letter_campaign).select_related("recipient"))

    @cached_property
    def switches(self) -> Switches:
        return current_switches()

    @cached_property
    def challenge(self) -> Challenge | None:
        return challenge_for("letter", asked=self.letter_campaign.asks_challenge)

    @cached_property
    def wording(self) -> LetterWording | None:
        return best_wording(self.wordings, self.language)

    @property
    def title(self) -> str:
        """The wording's title; a campaign whose texts have all been taken down still has a page that says so."""
        return self.wording.title if self.wording else _("Write a letter")

    @property
    def campaign(self) -> Campaign:
        return self.letter_campaign.campaign

    @property
    def is_in_other_language(self) -> bool:
        return self.wording is not None and self.wording.language != self.language

    @cached_property
    def writes_to_own_mp(self) -> bool:
        return any(target.kind == LetterTarget.Kind.OWN_MP for target in self.targets)

    @cached_property
    def has_others_while_dissolved(self) -> bool:
        """Whether the campaign goes on to others than MPs, and there is somebody."""
        others = (target.recipient for target in self.targets if target.delivery != LetterTarget.Delivery.COPY)
        reached = any(person is not None and person.is_active and person.email for person in others)
        return switches_when_dissolved(self.letter_campaign) and reached

    @property
    def misses_mps(self) -> bool:
        """Whether the letters would go to MPs, and there are none."""
        return self.switches.is_parliament_dissolved and self.writes_to_own_mp

    @cached_property
    def availability(self) -> str:
        """An Availability, or ``dissolved`` when there are no MPs to write to and nobody stands in for them."""
        if not self.letter_languages or self.switches.are_letters_stopped:
            return Availability.STOPPED
        if self.misses_mps and not self.has_others_while_dissolved:
            return DISSOLVED
        return self.letter_campaign.availability(timezone.now())

    @property
    def accepts(self) -> bool:
        """Whether a letter can be written now."""
        return self.availability == Availability.OPEN

    @cached_property
    def letter_languages(self) -> list[str]:
        """The languages in which a live wording holds the letter; the Chinese text alone cannot be sent."""
        live = {wording.language for wording in self.wordings if wording.live}
        return [code for code in LETTER_LANGUAGES if code in live]

    def letter_wording(self, language: str) -> LetterWording | None:
        """The live wording that holds the letter in English or French; the other one when it is missing."""
        sendable = [wording for wording in self.wordings if wording.language in LETTER_LANGUAGES]
        return best_wording(sendable, language)

    def reading_copy(self) -> LetterWording | None:
        """On Chinese pages, the Chinese text shown beside the letter."""
        chosen = self.wording
        return chosen if chosen and chosen.language == "zh-hant" else None

    def url(self, name: str = "letter") -> str:
        return reverse(f"actions:{name}", args=[self.letter_campaign.slug])

    def former_url(self, number: int) -> str:
        return reverse("actions:letter_text", args=[self.letter_campaign.slug, number])

    def alternates(self) -> dict[str, str]:
        """The action's own page in each language, for the language picker on pages that only a POST reaches."""
        found = {}
        for code in ("en", "fr", "zh-hant"):
            with translation.override(code):
                found[code] = self.url()
        return found


def asks_of(letter_campaigns: Iterable[LetterCampaign], language: str) -> list[Ask]:
    """Return one ask each, in their order, with all that says how they stand: three queries, however many."""
    asks = [Ask(one, language) for one in letter_campaigns]
    by_number = {ask.letter_campaign.pk: ask for ask in asks}
    switches = current_switches() if asks else Switches()
    for ask in asks:
        ask.switches, ask.wordings, ask.targets = switches, [], []
    wordings = LetterWording.objects.filter(letter_campaign__in=by_number).select_related("locale").defer(*LONG_TEXTS)
    for wording in wordings if asks else ():
        by_number[wording.letter_campaign_id].wordings.append(wording)
    targets = LetterTarget.objects.filter(letter_campaign__in=by_number).select_related("recipient")
    for target in targets if asks else ():
        by_number[target.letter_campaign_id].targets.append(target)
    return asks
