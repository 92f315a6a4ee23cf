"""Mailed links: random, bound to one purpose, known to the database only by their hash."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class Confirmation(models.Model):
    """One mailed link. ``purpose`` names the handler in the registry, ``object_id`` the row that it may touch.

    The link itself is never stored: only its SHA-256.
    """

    holds_no_personal_data = "hashes of random tokens and row numbers"

    token_hash = models.CharField(max_length=64)
    purpose = models.CharField(max_length=40)
    object_id = models.PositiveBigIntegerField()
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        # Not ``unique=True``: that brings PostgreSQL a second index, for LIKE, which nobody asks for.
        constraints = [models.UniqueConstraint(fields=["token_hash"], name="one_confirmation_per_link")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.object_id}"
