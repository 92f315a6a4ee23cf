"""Officials' addresses that mail came back from."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actions.representatives.models import PUBLIC_DATA


class AddressTrouble(models.Model):
    """One address, in small letters, that does not work or seems to.

    It is open from ``opened_at`` (UTC) until ``closed_at``: then no letter goes there and nobody can write to it.
    ``count`` is how often the address was said to be bad since it was opened, ``status`` the enhanced status code that
    said so last. ``soft_bounces`` counts mails in a row that came back for now; enough of them open it too.
    """

    holds_no_personal_data = PUBLIC_DATA

    address = models.EmailField(_("address"), unique=True)
    status = models.CharField(_("status code"), max_length=12, blank=True)
    count = models.PositiveIntegerField(_("times"), default=0)
    soft_bounces = models.PositiveIntegerField(default=0)
    first_seen_at = models.DateTimeField(_("first"), default=timezone.now)
    last_seen_at = models.DateTimeField(_("last"), default=timezone.now)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("address that does not work")
        verbose_name_plural = _("addresses that do not work")
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(opened_at__isnull=False), name="closed_address_was_opened"
            )
        ]

    def __str__(self) -> str:
        return self.address

    @property
    def is_open(self) -> bool:
        return self.opened_at is not None and self.closed_at is None
