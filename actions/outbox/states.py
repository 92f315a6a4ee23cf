"""The life of one mail, whatever it carries."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class DispatchState(models.TextChoices):
    """One mail on its way.

    ::

        queued --claim--> sending --250--> sent --nothing came back in time--> delivered
          ^ ^                | | |---5xx--> failed
          | '------4xx-------' | '---worker or connection lost after hand-over--> uncertain
          |                    '---worker lost before hand-over---.
          '-------------------------------------------------------'
        queued|sending --not to be sent as it stands--> held --a person--> queued|failed
        uncertain --provider's word or a person--> sent|queued|failed
        sent|delivered|uncertain --bounced for good--> failed    --bounced for now--> queued
    """

    QUEUED = "queued", _("queued")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    DELIVERED = "delivered", _("delivered")
    FAILED = "failed", _("failed")
    UNCERTAIN = "uncertain", _("uncertain")
    HELD = "held", _("held")


NOT_WANTED = "not-wanted"  # why a mail failed that nobody waits for any more
BOUNCED = "bounced"  # why a mail failed that was taken and then came back
COMPLAINED = "complaint"  # somebody reported it as spam: they have it

LEFT_STATES = (DispatchState.SENT, DispatchState.DELIVERED)
SETTLED_STATES = (*LEFT_STATES, DispatchState.FAILED)
OPEN_STATES = (DispatchState.QUEUED, DispatchState.SENDING, DispatchState.UNCERTAIN, DispatchState.HELD)
