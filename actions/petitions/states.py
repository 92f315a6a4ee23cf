"""The lives of a petition and of a signature."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PetitionState(models.TextChoices):
    """Worked out from dates and switches, never stored::

    not-yet --opens_at--> open --7 days before the end--> closing-soon --closes_at--> closed
    open, closing-soon <--editor--> paused;   any --editor--> won --editor--> archived
    """

    NOT_YET = "not-yet", _("opens later")
    OPEN = "open", _("open")
    CLOSING_SOON = "closing-soon", _("closing soon")
    PAUSED = "paused", _("paused")
    CLOSED = "closed", _("closed")
    WON = "won", _("won")
    ARCHIVED = "archived", _("archived")


ACCEPTING = (PetitionState.OPEN, PetitionState.CLOSING_SOON)


class SignatureState(models.TextChoices):
    """::

    pending --POST of the mailed link--> confirmed (counted) --the signer--> withdrawn
      |  |                                  '--staff--> invalidated --staff--> as it was before
      |  |                                                  '--the signer--> withdrawn, with the day of the decision
      |  '--7 days--> expired            repeated: confirmed, but the mailbox has all its places already
      '--a doubt, at the form or at the POST--> held --the signer's POST, then staff--> confirmed | invalidated
    """

    PENDING = "pending", _("waiting for the signer's confirmation")
    CONFIRMED = "confirmed", _("confirmed and counted")
    HELD = "held", _("held for a person to decide")
    WITHDRAWN = "withdrawn", _("withdrawn by the signer")
    INVALIDATED = "invalidated", _("invalidated by staff")
    REPEATED = "repeated", _("this mailbox has signed already")
    EXPIRED = "expired", _("never confirmed")


# Nobody can come back from these, so nothing about the person is kept.
ENDED_STATES = (SignatureState.WITHDRAWN, SignatureState.REPEATED, SignatureState.EXPIRED)


class HeldReason(models.TextChoices):
    """Why a signature waits for a person; never shown to strangers."""

    LIMIT = "limit", _("many signatures from one address range")
    HONEYPOT = "honeypot", _("a field that people cannot see was filled in")
    CHALLENGE = "challenge", _("signed without the check against programs")
    DISPOSABLE = "disposable", _("the mail domain gives out addresses to be thrown away")
    LOOKALIKE = "lookalike", _("letters of several scripts in one word, or a copy of a known mail domain")
    VARIANTS = "variants", _("one mailbox written in several ways")
    DOMAIN_BURST = "domain-burst", _("many signatures from one mail domain in a short time")
    RANGE_BURST = "range-burst", _("many signatures from one address range in a short time")
    INVALIDATED = "invalidated", _("an earlier signature of this mailbox was invalidated")


class Place(models.TextChoices):
    """What is known of where a signer lives."""

    RIDING = "riding", _("in one riding")
    SEVERAL = "several", _("the postal code lies in several ridings")
    WAITING = "waiting", _("the riding is still to be looked up")
    UNKNOWN = "unknown", _("nobody knows the postal code")
    ABROAD = "abroad", _("outside Canada")


class CommentState(models.TextChoices):
    """hidden --staff--> approved <--staff--> refused;   any --the signer hides or withdraws it--> none"""

    NONE = "none", _("no comment")
    HIDDEN = "hidden", _("waits for approval")
    APPROVED = "approved", _("approved")
    REFUSED = "refused", _("refused")


class CommentRefusal(models.TextChoices):
    """Why a comment is not shown; the signer is not told, and the signature counts all the same."""

    PERSON = "person", _("it says who somebody is")
    DANGER = "danger", _("it could put somebody in danger")
    INSULT = "insult", _("insult, hatred or threat")
    UNLAWFUL = "unlawful", _("it may be against the law, such as a false claim about somebody")
    ADVERT = "advert", _("advertising or a link")
    OFF_TOPIC = "off-topic", _("it is not about this petition")
