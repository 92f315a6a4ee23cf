"""The life of a letter before it becomes deliveries."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LetterState(models.TextChoices):
    """::

    pending --POST of the mailed link--> confirmed --> one LetterDelivery per recipient
      |  |                                  |
      |  '--7 days--> expired               '--the writer--> withdrawn (only what has not left is stopped)
      |--the writer--> withdrawn            repeated: confirmed, but these people already had this writer's letter
      '--a doubt, or the MP changed--> held --a person--> pending | confirmed | refused
    """

    PENDING = "pending", _("waiting for the writer's confirmation")
    CONFIRMED = "confirmed", _("confirmed")
    HELD = "held", _("held for a person to decide")
    WITHDRAWN = "withdrawn", _("withdrawn by the writer")
    REFUSED = "refused", _("refused by staff")
    REPEATED = "repeated", _("already written to the same people")
    EXPIRED = "expired", _("never confirmed")


ENDED_STATES = (LetterState.WITHDRAWN, LetterState.REFUSED, LetterState.REPEATED, LetterState.EXPIRED)


class HeldReason(models.TextChoices):
    """Why a letter or a delivery waits for a person; never shown to strangers."""

    LIMIT = "limit", _("many letters from one address range")
    HONEYPOT = "honeypot", _("a field that people cannot see was filled in")
    CHALLENGE = "challenge", _("sent without the check against programs")
    MP_CHANGED = "mp-changed", _("the MP or the address changed after the letter was written")
    TEXT_CHANGED = "text-changed", _("the stored text is not the one that was confirmed")
    TOO_LATE = "too-late", _("the letter would come too late")
    DISSOLVED = "dissolved", _("Parliament is dissolved")
    AFTER_ELECTION = "after-election", _("held for the election and not sent after it")
    SEAT_FILLED = "seat-filled", _("somebody sits for the riding again, so nobody stands in any more")
    DEAD_ADDRESS = "dead-address", _("the address seems to be dead")
    BOUNCED = "bounced", _("it came back")
    COMPLAINT = "complaint", _("the recipient reported it as unwanted")
    NEAR_DUPLICATE = "near-duplicate", _("nearly the same own words as other letters")
    SELF_MAIL = "self-mail", _("the writer's address belongs to Parliament or to us")
    IMPERSONATION = "impersonation", _("the writer has the name of somebody in office")
    FOREIGN_DOMAIN = "foreign-domain", _("the address is outside the mail domains that letters may go to")
    SAFETY_CATCH = "safety-catch", _("letters are not switched on for real addresses (safety catch)")
    WITHDRAWN = "withdrawn", _("the writer took it back")
    NOT_KNOWN = "not-known", _("nobody could find out whether it arrived")
    GAVE_UP = "gave-up", _("the mail server could not be reached for seven days")
    ERROR = "error", _("something went wrong here")
