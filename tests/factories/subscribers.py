"""Subscribers and what they agreed to; every address is invented and lives at a reserved domain."""

from __future__ import annotations

import itertools
from typing import Any

from actions.campaigns.models import Campaign
from actions.subscribers.models import SignUp, Subscriber
from actions.subscribers.services import Place, offer, subscribe
from actions.subscribers.wording import Shown

WORDING = "You agree that we send you mail."
_numbers = itertools.count(1)


def subscribed(*, campaign: Campaign | None = None, language: str = "en", **changes: Any) -> Subscriber:
    """Somebody who confirmed a petition with the box ticked."""
    values: dict[str, Any] = {
        "email": f"reader{next(_numbers)}@reader.example",
        "name": "陳大文",
        "riding": None,
        "consent_text": WORDING,
        "page": "/en/act/",
        "source": "petition",
    }
    return offer(campaign=campaign, language=language, **{**values, **changes})


def signed_up(*, email: str = "tai-man@reader.example", name: str = "陳大文", **changes: Any) -> SignUp:
    """Somebody who filled in the form and has not pressed the button of the mail."""
    values: dict[str, Any] = {"place": Place(), "shown": Shown(WORDING, "en", "/en/subscribe/")}
    return subscribe(email=email, name=name, **{**values, **changes})
