"""What the protections remember: counts, salts, spent tokens and proofs. No row names a person, and all are swept."""

from __future__ import annotations

from django.db import models


class DailySalt(models.Model):
    """The random salt under which one UTC day's addresses are hashed; once deleted, the day's counts say nothing."""

    holds_no_personal_data = "random bytes of a day"

    day = models.DateField(primary_key=True)
    salt = models.BinaryField(max_length=32)

    wagtail_reference_index_ignore = True


class LimitWindow(models.Model):
    """How often one salted key was hit in one fixed window that ends at ``ends_at_epoch`` (seconds, UTC)."""

    holds_no_personal_data = "counts under keyed hashes whose salt is deleted after 48 hours"

    key = models.CharField(max_length=64)
    ends_at_epoch = models.BigIntegerField(db_index=True)
    hits = models.PositiveIntegerField()

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "ends_at_epoch"], name="one_count_per_window")]


class MailAllowance(models.Model):
    """When the last three mails to one hashed address left or will leave (seconds, UTC; 0 = never)."""

    holds_no_personal_data = "keyed hashes and times, swept after a day"

    key = models.CharField(max_length=64, primary_key=True)
    oldest_epoch = models.BigIntegerField()
    middle_epoch = models.BigIntegerField()
    newest_epoch = models.BigIntegerField(db_index=True)

    wagtail_reference_index_ignore = True


class SpentToken(models.Model):
    """An attempt that was accepted; the primary key makes a second acceptance impossible."""

    holds_no_personal_data = "random numbers of attempts"

    attempt_id = models.UUIDField(primary_key=True)
    spent_at = models.DateTimeField(db_index=True)

    wagtail_reference_index_ignore = True


class SpentProof(models.Model):
    """A proof of work that was used; ``attempt_id`` is the form token's, which may bring it once more."""

    holds_no_personal_data = "hashes of random numbers, and random numbers of attempts"

    key = models.CharField(max_length=64, primary_key=True)
    attempt_id = models.UUIDField(null=True)
    spent_at = models.DateTimeField(db_index=True)

    wagtail_reference_index_ignore = True


class BreakerMinute(models.Model):
    """How often something failed and succeeded in one minute that begins at ``minute_epoch`` (seconds, UTC)."""

    holds_no_personal_data = "counts"

    name = models.CharField(max_length=30)
    minute_epoch = models.BigIntegerField()
    failures = models.PositiveIntegerField(default=0)
    successes = models.PositiveIntegerField(default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "minute_epoch"], name="one_count_per_minute")]


class BreakerNews(models.Model):
    """When staff were last told that a breaker has paused something (UTC)."""

    holds_no_personal_data = "a name and a time"

    name = models.CharField(max_length=30, primary_key=True)
    told_at = models.DateTimeField(null=True)

    wagtail_reference_index_ignore = True
