"""The base of every model that holds personal data, the keys per record, and the log of who looked."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actions.privacy.querysets import PersonalQuerySet

if TYPE_CHECKING:
    from actions.privacy.retention import RetentionRule


class PersonalModel(models.Model):
    """A row about a person. Subclasses declare how long each encrypted column lives and why other text is not personal.

    ``retention`` holds the rules that blank columns when they are due; ``plain_columns`` says of every text-like column
    that is not encrypted why it needs no encryption. A manager of their own must be built on ``PersonalQuerySet``.
    """

    retention: ClassVar[tuple[RetentionRule, ...]] = ()
    plain_columns: ClassVar[dict[str, str]] = {}
    wagtail_reference_index_ignore = True

    row_key = models.UUIDField(default=uuid4, unique=True, editable=False)

    objects = PersonalQuerySet.as_manager()

    class Meta:
        abstract = True


class RecordKey(models.Model):
    """The random fingerprint key of one record (a petition, a letter campaign), wrapped by the key ring.

    One key per record, so that lists of two records cannot be joined. Once destroyed, fingerprints match nobody.
    """

    holds_no_personal_data = "Random keys, wrapped by the environment's key; they say nothing about a person."
    wagtail_reference_index_ignore = True

    owner_kind = models.CharField(max_length=40)
    owner_id = models.PositiveBigIntegerField()
    wrapped = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    destroyed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner_kind", "owner_id"], name="one_key_per_record")]

    def __str__(self) -> str:
        return f"{self.owner_kind} {self.owner_id}"


class AppendOnlyQuerySet(models.QuerySet["AccessLog"]):
    """Adds rows and reads them; nothing else."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise TypeError("The access log is append-only.")

    def delete(self) -> NoReturn:
        raise TypeError("The access log is append-only.")


class AccessLog(models.Model):
    """Who saw, exported or erased personal data: append-only, each entry holding the hash of the one before.

    ``previous_hash`` is unique, so two entries written at once cannot fork the chain. The subject is never an address.
    """

    holds_no_personal_data = "Names staff accounts, whose acts must stay on record; never a supporter."
    wagtail_reference_index_ignore = True

    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    username = models.CharField(max_length=150, blank=True)
    verb = models.CharField(max_length=40)
    subject = models.CharField(max_length=200)
    reason = models.TextField(blank=True)
    count = models.PositiveIntegerField()
    at = models.DateTimeField(default=timezone.now)
    previous_hash = models.CharField(max_length=64, unique=True, blank=True)
    hash = models.CharField(max_length=64)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("access log entry")
        verbose_name_plural = _("access log")
        default_permissions = ("view",)
        permissions = [("erase_person", "Can erase what is held about a person")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.username} {self.verb} {self.subject}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("The access log is append-only.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("The access log is append-only.")

    def computed_hash(self) -> str:
        """Return the SHA-256 of this entry and the one before; without ``user``, which deleting an account clears."""
        content = [self.previous_hash, self.username, self.verb, self.subject, self.reason, self.count]
        content.append(self.at.astimezone(UTC).isoformat())
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()

    @classmethod
    def verify_chain(cls) -> int | None:
        """Return the id of the first entry that was altered or follows a missing one; None when the chain is whole.

        A tail that was cut off shows only against the head that each entry also writes to the process log.
        """
        previous = ""
        for entry in cls.objects.order_by("id").iterator():
            if entry.previous_hash != previous or entry.hash != entry.computed_hash():
                return entry.pk
            previous = entry.hash
        return None
