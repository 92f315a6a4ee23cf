"""An appeal as a visitor sees it: in which language, in which state, with which amounts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from actions.campaigns.models import Campaign
from actions.donations import gateway
from actions.donations.amounts import AmountError, check_limits, parse_amount, typed_form
from actions.donations.models import Appeal, AppealWording
from actions.donations.numbers import Raised, raised
from actions.donations.states import AppealState, Frequency
from actions.protection import breaker
from actions.protection.breaker import BreakerState
from actions.protection.challenge.policy import Challenge, challenge_for
from actions.wordings.models import WordingVersion
from actions.wordings.services import best_wording, current_version
from actions.wordings.shown import ShownText
from home.languages import CODES

ACTION = "donation"  # the form's data-action
BREAKER = "donations"


@dataclass
class AppealAsk(ShownText):
    """One appeal as a visitor with this page language sees it."""

    appeal: Appeal
    language: str
    url_name: ClassVar[str] = "donate"

    @property
    def campaign(self) -> Campaign | None:
        return self.appeal.campaign

    @cached_property
    def wordings(self) -> list[AppealWording]:
        return list(self.appeal.wordings.select_related("locale"))

    @cached_property
    def wording(self) -> AppealWording | None:
        return best_wording(self.wordings, self.language)

    @cached_property
    def version(self) -> WordingVersion | None:
        """The frozen text that is on the page."""
        return current_version(self.wording) if self.wording else None

    @property
    def title(self) -> str:
        """The wording's title; an appeal whose texts have all been taken down still has a page that says so."""
        return self.wording.title if self.wording else _("Donate")

    @property
    def is_in_other_language(self) -> bool:
        return self.wording is not None and self.wording.language != self.language

    @cached_property
    def state(self) -> AppealState:
        """The appeal's state; without a text it is paused, without a key off, and held while cards are tested."""
        state = self.appeal.state(timezone.now())
        if state != AppealState.OPEN:
            return state
        if self.wording is None:
            return AppealState.PAUSED
        if not gateway.is_on():
            return AppealState.OFF
        return AppealState.HELD if breaker.state(BREAKER) == BreakerState.PAUSED else AppealState.OPEN

    @cached_property
    def challenge(self) -> Challenge | None:
        """The check against programs, while too many payments fail."""
        return challenge_for(ACTION)

    @property
    def accepts(self) -> bool:
        return self.state == AppealState.OPEN

    @cached_property
    def raised(self) -> Raised | None:
        return raised(self.appeal)

    @property
    def statement_suffix(self) -> str:
        """What a card statement shows behind our short name."""
        return str(settings.STRIPE_STATEMENT_SUFFIX)

    def url(self, name: str = "donate", *more: Any) -> str:
        return reverse(f"actions:{name}", args=[self.appeal.slug, *more])

    def former_url(self, number: int) -> str:
        """Blank: nobody is bound by what an appeal said before, so no page shows it."""
        return ""

    def alternates(self) -> dict[str, str]:
        """The appeal's own page in each language, for the language picker on pages that only a POST reaches."""
        found = {}
        for code in CODES:
            with translation.override(code):
                found[code] = self.url()
        return found

    def initial(self, query: Mapping[str, str]) -> dict[str, Any]:
        """Return what an address such as ``?amount=25&frequency=monthly`` may fill in; whatever is odd is left out."""
        offered = self.appeal.frequencies
        frequency = next((one for one in offered if one == query.get("frequency")), offered[0])
        values: dict[str, Any] = {"frequency": frequency.value, "starts": query.get("starts", "")[:20]}
        for one, field in ((Frequency.ONE_TIME, "amount"), (Frequency.MONTHLY, "amount_monthly")):
            default = self.appeal.default(one)
            values[field] = typed_form(default, "en") if default else ""
        cents = self._asked_for(query.get("amount", ""))
        if cents is None:
            return values
        if cents in self.appeal.presets(frequency):
            field = "amount_monthly" if frequency == Frequency.MONTHLY else "amount"
            return values | {field: typed_form(cents, "en")}
        return values | {"amount_other": typed_form(cents, self.language)}

    def _asked_for(self, text: str) -> int | None:
        try:
            cents = parse_amount(text, language=self.language)
            return check_limits(cents, minimum=self.appeal.minimum_cents, maximum=self.appeal.maximum_cents)
        except AmountError:
            return None
