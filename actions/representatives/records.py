"""What the room keeps for itself: the postal-code table, answers kept for a while, and how imports went."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from actions.representatives.models import PUBLIC_DATA, Riding

_NO_PERSON = "postal codes as an area key, without any person"


class PostalRiding(models.Model):
    """How many addresses of a postal code lie in a riding; loaded from an open address register, if at all."""

    holds_no_personal_data = _NO_PERSON

    code = models.CharField(max_length=6)
    riding = models.ForeignKey(Riding, on_delete=models.CASCADE, related_name="+")
    addresses = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "riding"], name="postal_code_once_per_riding")]


class PostalCache(models.Model):
    """An answer about a postal code, kept for days; an empty ``fed_nums`` means that the source does not know it.

    ``code_key`` is a keyed hash: the table must not tell which codes were asked for, and when.
    """

    holds_no_personal_data = "keyed hashes of postal codes, without any person"

    code_key = models.CharField(max_length=64, primary_key=True)
    fed_nums = models.JSONField(default=list)
    source = models.CharField(max_length=20)
    fetched_at = models.DateTimeField(db_index=True)


class RepresentBudget(models.Model):
    """One row that all processes share: the calls of the last minute and the state of the circuit breaker.

    ``calls`` holds seconds since 1970 (UTC) of each call.
    """

    holds_no_personal_data = "counters only"

    calls = models.JSONField(default=list)
    failures = models.PositiveIntegerField(default=0)
    open_until = models.FloatField(default=0)


class ImportRun(models.Model):
    """What an import did; ``summary`` is a list of sentences for people."""

    class Source(models.TextChoices):
        RIDINGS = "ridings", _("Ridings")
        MEMBERS = "members", _("Members of Parliament")

    class Outcome(models.TextChoices):
        DONE = "done", _("Done")
        REFUSED = "refused", _("Refused, the last good data were kept")
        FAILED = "failed", _("Failed, the last good data were kept")

    holds_no_personal_data = PUBLIC_DATA

    source = models.CharField(max_length=20, choices=Source.choices)
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    rows = models.PositiveIntegerField(default=0)
    summary = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["source", "outcome", "-finished_at"], name="import_run_latest")]
