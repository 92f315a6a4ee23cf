"""What staff have against a flood: names of mail domains that many share, and invalidations by condition."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actions.petitions.petition_models import Petition
from actions.petitions.states import HeldReason, SignatureState


class MailDomain(models.Model):
    """The name of a mail domain once so many have confirmed with it that it names none of them (domain_names.py)."""

    holds_no_personal_data = "a mail domain that at least ten confirmed signers of the petition share"
    wagtail_reference_index_ignore = True

    petition = models.ForeignKey(Petition, on_delete=models.CASCADE, related_name="+", db_index=False)
    key = models.CharField(max_length=64)
    name = models.CharField(max_length=255)
    noted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["petition", "key"], name="one_name_per_mail_domain")]

    def __str__(self) -> str:
        return self.name


class InvalidationState(models.TextChoices):
    """::

    running --nothing left--> done;   running --staff--> cancelled
    done, cancelled --staff--> undoing --nothing left--> undone
    """

    RUNNING = "running", _("being invalidated")
    CANCELLED = "cancelled", _("cancelled on the way")
    DONE = "done", _("invalidated")
    UNDOING = "undoing", _("being undone")
    UNDONE = "undone", _("undone")


class Invalidation(models.Model):
    """Signatures of one petition that staff invalidate together: the condition as looked over, and how far it is.

    Blank parts of the condition narrow nothing down; ``since`` and ``until`` (UTC) are of the form. Rows up to
    ``last_id`` belong to it: what is signed after somebody looked is not touched. ``expected`` is the number shown
    before, ``reached_id`` how far the worker is, ``changed`` and ``restored`` what it has done.
    """

    State = InvalidationState

    holds_no_personal_data = "a condition by keyed hashes and our own words, the words of staff, and numbers"
    wagtail_reference_index_ignore = True

    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="invalidations")
    mail_domain_key = models.CharField(max_length=64, blank=True)
    address_key = models.CharField(max_length=40, blank=True)
    held_reason = models.CharField(max_length=20, choices=HeldReason.choices, blank=True)
    signature_state = models.CharField(max_length=12, choices=SignatureState.choices, blank=True)
    language = models.CharField(max_length=12, choices=settings.LANGUAGES, blank=True)
    riding = models.ForeignKey("actions.Riding", on_delete=models.PROTECT, null=True, related_name="+")
    since = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    last_id = models.BigIntegerField()
    expected = models.PositiveIntegerField()
    reason = models.CharField(max_length=400)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=10, choices=InvalidationState.choices, default=InvalidationState.RUNNING)
    reached_id = models.BigIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    restored = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-started_at"]
        indexes = [models.Index(fields=["state"], name="invalidation_under_way")]

    def __str__(self) -> str:
        return f"Invalidation {self.pk}"


class InvalidatedSignature(models.Model):
    """What a signature was before an invalidation took it: all that undoing it needs.

    It is this invalidation's as long as the signature is invalidated and ended ``at`` that very moment: whatever a
    person or another invalidation did with it since is theirs.
    """

    holds_no_personal_data = "row numbers and states"
    wagtail_reference_index_ignore = True

    invalidation = models.ForeignKey(Invalidation, on_delete=models.CASCADE, related_name="rows", db_index=False)
    signature = models.ForeignKey("actions.Signature", on_delete=models.CASCADE, related_name="+")
    state_before = models.CharField(max_length=12, choices=SignatureState.choices)
    slot_before = models.PositiveSmallIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["invalidation", "signature"], name="invalidated_once_per_invalidation")
        ]

    def __str__(self) -> str:
        return f"Signature {self.signature_id}"
