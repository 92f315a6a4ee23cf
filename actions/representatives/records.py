"""What the room keeps for itself: the postal-code table, answers kept for a while, and how imports went."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from actions.representatives.models import PUBLIC_DATA

_NO_PERSON = "an open register of addresses, without any person"


class PostalTable(models.Model):
    """Which ridings a postal code lies in, and with how many addresses: one import of an address register.

    A row becomes current when it is whole with its streets; the one before is then deleted. ``content`` is the blob of
    ``postal_format``, ``sha256`` the hash of what is in it; ``ridings`` holds the number of addresses by federal
    number, for the next import to compare with; ``release`` is the register's own date, such as ``2025-07``, which its
    licence wants to be named.
    """

    holds_no_personal_data = _NO_PERSON

    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    codes = models.PositiveIntegerField()
    addresses = models.PositiveIntegerField()
    ridings = models.JSONField(default=dict)
    release = models.CharField(max_length=20, blank=True)
    is_current = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)


class PostalStreets(models.Model):
    """The streets of a postal code that lies in several ridings; the shape of ``streets`` is told in ``streets.py``."""

    holds_no_personal_data = _NO_PERSON

    table = models.ForeignKey(PostalTable, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=6)
    streets = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["table", "code"], name="postal_streets_once_per_code")]


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
        ADDRESSES = "addresses", _("Address register")

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
