"""Who asked for a link while their payment was still on its way to us."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actions.privacy.fields import EncryptedTextField
from actions.privacy.models import PersonalModel
from actions.privacy.retention import RetentionRule

# Longer than Stripe's news usually take, even when they are late; a payment page is open for an hour.
WISH_KEPT = timedelta(hours=2)


def _over(now):  # type: ignore[no-untyped-def]
    return DonorLinkWish.objects.filter(created_at__lt=now - WISH_KEPT)


class DonorLinkWish(PersonalModel):
    """An address that was typed to get a donor's link; one row each time, whether it was known or not.

    ``is_open`` for one that was not known: should a payment from it be heard of within ``WISH_KEPT``, its link is
    mailed then. The others are written only so that asking costs the same for donors and strangers.
    """

    email = EncryptedTextField(blank=True)
    email_fingerprint = models.CharField(max_length=64)
    language = models.CharField(max_length=12)
    is_open = models.BooleanField()
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    plain_columns = {
        "email_fingerprint": "keyed hash; the key belongs to these rows alone, which go within two hours",
        "language": "a language code",
    }
    retention = (
        RetentionRule(
            name="donations.link_wishes",
            sentence=_(
                "The address of somebody who asks for the link to their gifts is kept for two hours, and in the mail "
                "we send."
            ),
            columns=("email",),
            due=_over,
        ),
    )

    def __str__(self) -> str:
        return f"Wish {self.pk}"
