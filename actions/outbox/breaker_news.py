"""Tells staff when a breaker has paused something, once for an attack and again after six hours of it."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from actions.outbox.messages import MailContent
from actions.outbox.staff_mail import mail_staff
from actions.protection.breaker import Breaker, BreakerState, breakers, counts, state
from actions.protection.models import BreakerNews

log = logging.getLogger(__name__)

AGAIN_AFTER = timedelta(hours=6)


def tell_of_pauses(now: datetime) -> None:
    """Look at every breaker, in the worker, so that no donor waits for a mail."""
    for name, breaker in breakers().items():
        if state(name) == BreakerState.PAUSED:
            _tell(name, breaker, now)


def _tell(name: str, breaker: Breaker, now: datetime) -> None:
    failures, successes = counts(name, seconds=breaker.seconds)
    BreakerNews.objects.get_or_create(name=name)
    with transaction.atomic():
        news = BreakerNews.objects.select_for_update().get(name=name)
        if news.told_at and now - news.told_at < AGAIN_AFTER:
            return
        news.told_at = now
        news.save(update_fields=["told_at"])
        with translation.override(settings.LANGUAGE_CODE):
            content = _content(breaker, failures, successes)
        if not mail_staff(dedupe_key=f"breaker:{name}:{now:%Y%m%d%H%M}", content=content):
            log.error("%s is paused, and nobody has an address to be told at", name)


def _content(breaker: Breaker, failures: int, successes: int) -> MailContent:
    counted = {"failures": failures, "successes": successes, "minutes": breaker.seconds // 60}
    return MailContent(
        subject=_("Paused: %(what)s") % {"what": breaker.label},
        paragraphs=[
            _("%(failures)d failed and %(successes)d succeeded within %(minutes)d minutes.") % counted,
            _("So many failures are usually a program at work, for instance one that tests stolen cards."),
            _(
                "The site has paused it and tells visitors so. It resumes by itself once the failures stop, at first "
                "with a check against programs. Please look at what got through."
            ),
        ],
        reason=_("You get this mail because you are an administrator of the site."),
    )
