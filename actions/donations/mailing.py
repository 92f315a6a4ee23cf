"""What the mails to donors share: the language, the addresses in them, and that nobody who was erased gets one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from actions.confirmations import services as confirmations
from actions.donations.models import Donation
from actions.outbox.messages import MailContent
from actions.outbox.services import enqueue

# What a mailed link opens: the donor's whole page, or only the way to another card for one monthly gift.
DONOR_PURPOSE = "donor"
CARD_PURPOSE = "donor-card"
# A card that fails is tried for some weeks; the notice before comes a month and more ahead.
CARD_LINK_LIFETIME = timedelta(days=60)


def mail_donor(donation: Donation, *, kind: str, key: str, write: Callable[[], MailContent]) -> None:
    """Put what ``write`` returns into the outbox, in the gift's language, once for each ``key``."""
    if not donation.email:
        return
    with translation.override(donation.language):
        content = write()
    enqueue(
        kind=kind,
        dedupe_key=key,
        to=donation.email,
        content=content,
        language=donation.language,
        is_solicited=True,
        about=donation.pk,
    )


def is_known(donation_id: int) -> bool:
    """Return whether the donor may still be written to; who asked to be forgotten gets nothing more."""
    return Donation.objects.filter(pk=donation_id, erased_at=None).exists()


def hello(donation: Donation) -> str:
    return _("Hello %(name)s,") % {"name": donation.name} if donation.name else _("Hello,")


def because() -> str:
    return _("You get this mail because somebody paid with this address on our site.")


def ask_again_url() -> str:
    """The form, in the active language, by which a donor gets a link to their own page: it needs no secret."""
    return f"{settings.SITE_URL}{reverse('actions:donor_ask')}"


def donor_url(token: str) -> str:
    """The address of what the token opens, in the active language."""
    return f"{settings.SITE_URL}{reverse('actions:donor_page', args=[token])}"


def new_card_link(donation: Donation) -> str:
    """Return a new address at which the card of one monthly gift can be changed."""
    token = confirmations.issue(purpose=CARD_PURPOSE, object_id=donation.pk, lifetime=CARD_LINK_LIFETIME)
    return donor_url(token)
