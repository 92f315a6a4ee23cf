"""Stopping all letters, and saying that Parliament is dissolved: at once, never by saving a form, and on record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from actions.letters.switches import Switches
from actions.privacy.access import record_access
from home.site_settings import SiteSettings

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser


class SiteSwitch(models.TextChoices):
    STOP = "stop", _("Stop all letters now")
    RESUME = "resume", _("Lift the stop of all letters")
    DISSOLVE = "dissolve", _("Parliament is dissolved")
    RETURN = "return", _("There are Members of Parliament again")


COLUMNS = {
    SiteSwitch.STOP: {"letters_stopped": True},
    SiteSwitch.RESUME: {"letters_stopped": False},
    SiteSwitch.DISSOLVE: {"parliament_dissolved": True},
    SiteSwitch.RETURN: {"parliament_dissolved": False},
}


def switch_site(*, to: SiteSwitch, user: AbstractBaseUser | AnonymousUser | None) -> bool:
    """Throw a switch for the whole site and return whether it stood differently.

    Only this column is written, without any check: an emergency stop must work whatever else is wrong.
    """
    columns = COLUMNS[to]
    site = Site.objects.get(is_default_site=True)
    with transaction.atomic():
        SiteSettings.for_site(site)  # makes the row where there is none yet
        rows = SiteSettings.objects.filter(site=site)
        rows.select_for_update().only("pk").get()
        if not rows.exclude(**columns).update(**columns):
            return False
        record_access(user=user, verb="switch", subject="all letters", reason=to.value, count=1)
    return True


def possible_site_switches(switches: Switches) -> list[SiteSwitch]:
    """Return the switches that would change something, the stop first."""
    return [
        SiteSwitch.RESUME if switches.are_letters_stopped else SiteSwitch.STOP,
        SiteSwitch.RETURN if switches.is_parliament_dissolved else SiteSwitch.DISSOLVE,
    ]
