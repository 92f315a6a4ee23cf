"""The life of a place at an event."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlaceState(models.TextChoices):
    """One sign-up for one event.

    ::

        pending --button in the mail--> confirmed | waiting (no place is free)
        waiting --somebody gave theirs back--> confirmed
        confirmed | waiting --link in any mail, erasure--> cancelled
        pending --button, though the mailbox has a place already--> repeated (the place takes over what was typed)
    """

    PENDING = "pending", _("not confirmed")
    CONFIRMED = "confirmed", _("has a place")
    WAITING = "waiting", _("on the waiting list")
    CANCELLED = "cancelled", _("gave the place back")
    REPEATED = "repeated", _("signed up twice")


ACTIVE = (PlaceState.CONFIRMED, PlaceState.WAITING)


class HeldReason(models.TextChoices):
    """Why no mail with a link was sent for a sign-up yet."""

    LIMIT = "limit", _("very many from one connection")
    HONEYPOT = "honeypot", _("the hidden field was filled")


class Zone(models.TextChoices):
    """The zones in which people in Canada live, west to east, by a city that they know; names are those of IANA."""

    YUKON = "America/Whitehorse", _("Yukon time (Whitehorse)")
    PACIFIC = "America/Vancouver", _("Pacific time (Vancouver)")
    MOUNTAIN = "America/Edmonton", _("Mountain time (Edmonton, Calgary)")
    SASKATCHEWAN = "America/Regina", _("Saskatchewan time (Regina)")
    CENTRAL = "America/Winnipeg", _("Central time (Winnipeg)")
    EASTERN = "America/Toronto", _("Eastern time (Toronto, Montréal)")
    ATLANTIC = "America/Halifax", _("Atlantic time (Halifax)")
    NEWFOUNDLAND = "America/St_Johns", _("Newfoundland time (St. John’s)")
