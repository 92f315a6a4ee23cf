"""Mails that wait, the pace per recipient, and the signs of life of the workers."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actions.outbox.states import SETTLED_STATES, DispatchState
from actions.privacy.fields import EncryptedJSONField
from actions.privacy.models import PersonalModel
from actions.privacy.retention import RetentionRule


class Dispatch(models.Model):
    """What every row that leaves as one mail carries; see DispatchState for its life.

    ``claim_id`` names the worker's claim and ``lease_until`` says when it is given up for dead. ``handed_over_at`` is
    committed before the mail server is offered the text: without it the mail has certainly not left.
    ``last_code`` is the server's reply code (0: none) and ``last_status`` its enhanced status code such as 5.1.1
    (RFC 3463); reply texts are not kept, they repeat addresses. ``soft_bounces`` counts the times it came back for now.
    Once it has left, ``next_attempt_at`` is the earliest time at which it may count as delivered.
    """

    State = DispatchState

    state = models.CharField(max_length=12, choices=DispatchState.choices, default=DispatchState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    repeats = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(default=timezone.now)
    claim_id = models.UUIDField(null=True, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)
    handed_over_at = models.DateTimeField(null=True, editable=False)
    settled_at = models.DateTimeField(null=True, editable=False)
    message_id = models.CharField(max_length=120, unique=True, editable=False)
    last_code = models.PositiveSmallIntegerField(default=0)
    last_status = models.CharField(max_length=12, blank=True)
    soft_bounces = models.PositiveSmallIntegerField(default=0)
    held_reason = models.CharField(max_length=40, blank=True)
    pace_key = models.CharField(max_length=64, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["state", "next_attempt_at"], name="%(class)s_due")]


class OutboxMessage(PersonalModel, Dispatch):
    """A mail to a supporter or to staff; the payload is encrypted and blanked once it has left or failed.

    ``kind`` says what it is ("letter.confirm"); ``dedupe_key`` makes a second request for the same mail a no-op.
    """

    kind = models.CharField(max_length=40)
    dedupe_key = models.CharField(max_length=120)
    payload = EncryptedJSONField(blank=True)

    plain_columns = {
        "state": "a state",
        "message_id": "random",
        "held_reason": "one of our own words",
        "last_status": "a mail server's status code",
        "pace_key": "a keyed hash of the recipient's address, for pacing",
        "kind": "one of our own words",
        "dedupe_key": "made of row numbers",
    }
    retention = (
        RetentionRule(
            name="outbox.settled",
            sentence=_("The text of a mail is deleted as soon as it has been sent or has failed for good."),
            columns=("payload",),
            due=lambda now: OutboxMessage.objects.filter(
                models.Q(state__in=SETTLED_STATES) | models.Q(created_at__lt=now - timedelta(days=14))
            ),
        ),
    )

    class Meta(Dispatch.Meta):
        indexes = [models.Index(fields=["state", "next_attempt_at"], name="outboxmessage_due")]
        # Not ``unique=True``: that brings PostgreSQL a second index, for LIKE, which nobody asks for.
        constraints = [models.UniqueConstraint(fields=["dedupe_key"], name="one_mail_per_dedupe_key")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class PaceGate(models.Model):
    """When the next mail to one recipient may leave; ``key`` is a hash of the address."""

    holds_no_personal_data = "hashes of public officials' addresses and times"

    key = models.CharField(max_length=64, primary_key=True)
    free_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key


class WorkerBeat(models.Model):
    """The last sign of life of one worker process."""

    holds_no_personal_data = "process names and times"

    worker_id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    started_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return str(self.worker_id)


class JobRun(models.Model):
    """One due time of one periodic job; the unique pair is what makes it run once."""

    holds_no_personal_data = "job names and times"

    name = models.CharField(max_length=60)
    due_at = models.DateTimeField()
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    succeeded = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "due_at"], name="job_runs_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.due_at:%Y-%m-%d %H:%M}"
