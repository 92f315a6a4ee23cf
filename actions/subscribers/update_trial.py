"""A "[TEST]" of an update to a member of staff: the mail as it would arrive, at the account's own address only."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from actions.outbox.messages import checked_address
from actions.outbox.models import OutboxMessage
from actions.outbox.services import enqueue
from actions.outbox.states import DispatchState
from actions.privacy.access import record_access
from actions.subscribers.composing import texts_of, update_content
from actions.subscribers.update_models import Update
from actions.subscribers.wording import no_address
from home.site_settings import SiteSettings

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

KIND = "update.test"
PREFIX = "[TEST]"
ONE_EVERY = timedelta(minutes=5)


class NoTrial(Exception):
    """No test was sent; the message says why, to the member of staff."""


def send_trial(update: Update, *, language: str, user: AbstractUser, now: datetime | None = None) -> str:
    """Queue one test to the user's own address and return the address. Raises NoTrial."""
    now = now or timezone.now()
    text = texts_of(update).get(language)
    if text is None:
        raise NoTrial(_("There is no text in this language."))
    if not SiteSettings.current().can_be_reached:
        raise NoTrial(no_address())
    if refusal := why_not(user):
        raise NoTrial(refusal)
    key = f"update-test:{update.pk}:{user.pk}:{language}:"
    with transaction.atomic():
        get_user_model()._default_manager.select_for_update().get(pk=user.pk)  # two clicks at once are one
        lately = OutboxMessage.objects.filter(kind=KIND, dedupe_key__startswith=key, created_at__gt=now - ONE_EVERY)
        if lately.exists():
            raise NoTrial(_("You have had a test of this text within the last five minutes. Please wait."))
        with translation.override(language):
            leave = _("(here stands each person’s own link)")
        content = update_content(text, is_fallback=False, language=language, site=SiteSettings.current(), leave=leave)
        content.subject = f"{PREFIX} {content.subject}"
        enqueue(
            kind=KIND,
            dedupe_key=f"{key}{now:%Y%m%d%H%M%S%f}",
            to=user.email,
            content=content,
            language=language,
            is_solicited=True,
            about=user.pk,
        )
        record_access(user=user, verb="test update", subject=f"update {update.pk}", reason=language, count=1)
    return user.email


def why_not(user: AbstractUser) -> str:
    """Return why the account can get no test, blank when it can."""
    if not user.email:
        return _("Your account has no e-mail address. Add one in your account settings first.")
    try:
        checked_address(user.email)
    except ValueError:
        return _("The e-mail address of your account cannot be written to. Please correct it in your account settings.")
    return ""


def is_trial_wanted(user_id: int) -> bool:
    """Asked just before a test leaves: the account is still there, and its address is still the same."""
    user = get_user_model()._default_manager.filter(pk=user_id, is_active=True).first()
    if user is None or why_not(user):
        return False
    rows = OutboxMessage.objects.filter(kind=KIND, state=DispatchState.SENDING)
    mine = [row for row in rows if row.payload.get("about") == user_id]
    return all(row.payload.get("to") == user.email for row in mine)
