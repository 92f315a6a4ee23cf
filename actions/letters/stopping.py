"""Stopping and pausing one letter campaign: at once, never by saving a form, and on record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from actions.letters.models import LetterCampaign
from actions.privacy.access import record_access

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser


class Switch(models.TextChoices):
    STOP = "stop", _("Stop now")
    RESUME = "resume", _("Lift the emergency stop")
    PAUSE = "pause", _("Pause")
    REOPEN = "reopen", _("End the pause")


COLUMNS = {
    Switch.STOP: {"is_stopped": True},
    Switch.RESUME: {"is_stopped": False},
    Switch.PAUSE: {"is_paused": True},
    Switch.REOPEN: {"is_paused": False},
}


def switch(*, letter_campaign_id: int, to: Switch, user: AbstractBaseUser | AnonymousUser | None) -> bool:
    """Throw a switch and return whether it stood differently. Raises LetterCampaign.DoesNotExist.

    Only this column is written, without any check: an emergency stop must work whatever else is wrong.
    """
    columns = COLUMNS[to]
    with transaction.atomic():
        LetterCampaign.objects.select_for_update().only("pk").get(pk=letter_campaign_id)
        if not LetterCampaign.objects.filter(pk=letter_campaign_id).exclude(**columns).update(**columns):
            return False
        record_access(
            user=user, verb="switch", subject=f"letter campaign {letter_campaign_id}", reason=to.value, count=1
        )
    return True


def possible_switches(letter_campaign: LetterCampaign) -> list[Switch]:
    """Return the switches that would change something, the stop first."""
    return [
        Switch.RESUME if letter_campaign.is_stopped else Switch.STOP,
        Switch.REOPEN if letter_campaign.is_paused else Switch.PAUSE,
    ]
