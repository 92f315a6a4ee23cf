"""The life of a place on the list."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class SubscriberState(models.TextChoices):
    """One mailbox and our list. What waits for its button is a SignUp and no subscriber yet.

    ::

        (sign-up --button in the mail--) ---> subscribed --link in any mail, erasure--> unsubscribed
        (action confirmed with the box ticked)    ^  '--returned for good, complaint--> bounced
                                                  '------- signs up again --------------'
    """

    SUBSCRIBED = "subscribed", _("subscribed")
    UNSUBSCRIBED = "unsubscribed", _("unsubscribed")
    BOUNCED = "bounced", _("mail came back")


class ConsentSource(models.TextChoices):
    """On which form somebody agreed."""

    SIGN_UP = "sign-up", _("sign-up form")
    PETITION = "petition", _("petition")
    LETTER = "letter", _("letter")


class HeldReason(models.TextChoices):
    """Why no mail with a link was sent for a sign-up yet."""

    LIMIT = "limit", _("very many from one connection")
    HONEYPOT = "honeypot", _("the hidden field was filled")
