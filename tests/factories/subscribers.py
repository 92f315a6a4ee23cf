"""Subscribers and what they agreed to; every address is invented and lives at a reserved domain."""

from __future__ import annotations

import itertools
from typing import Any

from django.utils import timezone

from actions.campaigns.models import Campaign
from actions.subscribers.models import SignUp, Subscriber
from actions.subscribers.sending import make_rows, start
from actions.subscribers.services import Place, offer, subscribe
from actions.subscribers.update_models import Missing, Update, UpdateRun
from actions.subscribers.wording import Shown
from home.site_settings import SiteSettings

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


def say_who_we_are() -> None:
    site = SiteSettings.current()
    site.postal_address, site.contact_email = "1 Invented Street\nOttawa ON  K1A 0A6", "office@achk.example"
    site.save()


def written_update(**changes: Any) -> Update:
    """An update in English and French to everybody, on a site that says who it is, as the law wants."""
    say_who_we_are()
    values = {
        "name": "Vote on Tuesday",
        "subject_en": "The vote is on Tuesday",
        "body_en": "Dear friends,\n\nRead on: https://achk.example/vote?a=1&b=2",
        "subject_fr": "Le vote est mardi",
        "body_fr": "Chers amis,\n\nÀ mardi.",
    }
    return Update.objects.create(**{**values, **changes})


def on_its_way(update: Update | None = None, *, missing: Missing = Missing.FALLBACK) -> UpdateRun:
    """Start the update and make its first rows."""
    update = update or written_update()
    start(update_id=update.pk, missing=missing, user=None)
    make_rows(timezone.now())
    return UpdateRun.objects.get(pk=update.pk)
