"""The mailed links of donors: asking for one, and what one opens."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.db import transaction
from django.utils import translation

from actions.confirmations import services as confirmations
from actions.donations.donor_emails import LINK_KIND, link_mail, nothing_mail
from actions.donations.donors import gifts_of
from actions.donations.mailing import CARD_PURPOSE, DONOR_PURPOSE, donor_url
from actions.donations.models import Donation, DonorLinkWish
from actions.outbox.services import enqueue
from actions.privacy.fingerprints import email_fingerprint
from actions.privacy.record_keys import record_key_for
from actions.protection.mailcap import WINDOW_SECONDS
from actions.protection.tokens import spend_token

WORKS_FOR = timedelta(days=2)
# The mail may wait its turn under the mail cap.
LINK_LIFETIME = WORKS_FOR + timedelta(seconds=WINDOW_SECONDS)
NOBODY = 0


def send_link(*, email: str, language: str, attempt_id: uuid.UUID | None = None) -> None:
    """Mail the link to the donor's own page, within the mail cap; who never gave is told so, at the same cost.

    A link is made and the wish is noted in both cases, so that the answer takes as long for a stranger's address as for
    a donor's. Whoever paid a moment ago, so that we have not heard of it, gets the link later (``late_links``). A form
    sent twice (``attempt_id``) is one mail.
    """
    with transaction.atomic():
        if not spend_token(attempt_id):
            return
        newest = gifts_of(email).order_by("-created_at", "-pk").values_list("pk", flat=True).first()
        mail_link(newest or NOBODY, email=email, language=language)
        DonorLinkWish.objects.create(
            email=email,
            email_fingerprint=email_fingerprint(wish_key(), email),
            language=language,
            is_open=newest is None,
        )


def mail_link(donation_id: int, *, email: str, language: str) -> None:
    """Mail the link made for a gift, or that there is none (NOBODY), in the caller's transaction.

    A link that the mail cap keeps back is forgotten.
    """
    with translation.override(language):
        token = confirmations.issue(purpose=DONOR_PURPOSE, object_id=donation_id, lifetime=LINK_LIFETIME)
        is_known = donation_id != NOBODY
        mail = enqueue(
            kind=LINK_KIND,
            dedupe_key=f"{LINK_KIND}:{uuid.uuid4()}",
            to=email,
            content=link_mail(donor_url(token), days=WORKS_FOR.days) if is_known else nothing_mail(),
            language=language,
            is_solicited=False,
        )
        if mail is None:
            confirmations.revoke(token)


def wish_key() -> bytes:
    """Return the key under which those who ask are recognised for two hours."""
    return record_key_for(owner_kind="donor-links", owner_id=1)


def opened_by(token: str) -> tuple[str, Donation] | None:
    """Return what a link is for and the gift it was made for; None when it is unknown, over, or its donor forgotten."""
    found = confirmations.find(token)
    if found is None or found.purpose not in (DONOR_PURPOSE, CARD_PURPOSE):
        return None
    donation = Donation.objects.select_related("appeal").filter(pk=found.object_id, erased_at=None).first()
    return (found.purpose, donation) if donation is not None and donation.email else None
