"""Subscribers and what they agreed to; every address is invented and lives at a reserved domain."""

from __future__ import annotations

import itertools
from typing import Any

from django.utils import timezone
from wagtail.models import Site

from actions.campaigns.models import Campaign
from actions.subscribers.models import SignUp, Subscriber
from actions.subscribers.seen import sign_seen
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


def known_sender(**changes: str) -> SiteSettings:
    """The site names its addresses, as it must before anybody can sign up."""
    values = {"postal_address": "1 Invented Street\nOttawa", "contact_email": "us@achk.example", **changes}
    site = Site.objects.get(is_default_site=True)
    return SiteSettings.objects.update_or_create(site=site, defaults=values)[0]


def written_update(**changes: Any) -> Update:
    """An update in English and French to everybody, of a sender with addresses."""
    known_sender()
    values = {
        "name": "Vote on Tuesday",
        "subject_en": "The vote is on Tuesday",
        "body_en": "Dear friends,\n\nRead on: https://achk.example/vote?a=1&b=2",
        "subject_fr": "Le vote est mardi",
        "body_fr": "Chers amis,\n\nÀ mardi.",
    }
    return Update.objects.create(**{**values, **changes})


def begin(update: Update, *, missing: Missing = Missing.FALLBACK, seen: str | None = None) -> bool:
    """Press the button on the page as it stands now, or as it stood when ``seen`` was made."""
    return start(update_id=update.pk, missing=missing, seen=sign_seen(update) if seen is None else seen, user=None)


def on_its_way(update: Update | None = None, *, missing: Missing = Missing.FALLBACK) -> UpdateRun:
    """Start the update and make its first rows."""
    update = update or written_update()
    begin(update, missing=missing)
    make_rows(timezone.now())
    return UpdateRun.objects.get(pk=update.pk)
