"""The numbers of a petition, kept apart from the record so that an editor's save can never write an old one back."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from actions.petitions.petition_models import Petition


class Tally(models.Model):
    """How many signatures count: ``confirmed`` in all, ``abroad`` of them outside Canada, in how many ``ridings``.

    ``untold`` changes are in the number but not yet in the parts that the public sees (tally.py); the other ``untold_``
    columns are what they come to.

    ``drift`` is what the nightly check found the number to be off by (counted minus signed); None: it agrees.
    """

    holds_no_personal_data = "numbers"

    petition = models.OneToOneField(Petition, on_delete=models.CASCADE, related_name="tally", primary_key=True)
    confirmed = models.IntegerField(default=0)
    abroad = models.IntegerField(default=0)
    ridings = models.PositiveSmallIntegerField(default=0)
    untold = models.PositiveSmallIntegerField(default=0)
    untold_confirmed = models.SmallIntegerField(default=0)
    untold_abroad = models.SmallIntegerField(default=0)
    untold_ridings = models.SmallIntegerField(default=0)
    counted_at = models.DateTimeField(null=True)
    drift = models.IntegerField(null=True)
    drift_found_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.confirmed)


class RidingTally(models.Model):
    """How many signatures of one petition come from one riding; ``untold`` of them the public does not know yet."""

    holds_no_personal_data = "numbers"

    petition = models.ForeignKey(Petition, on_delete=models.CASCADE, related_name="riding_tallies", db_index=False)
    riding = models.ForeignKey("actions.Riding", on_delete=models.PROTECT, related_name="+")
    confirmed = models.IntegerField(default=0)
    untold = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["petition", "riding"], name="one_tally_per_riding")]

    def __str__(self) -> str:
        return str(self.confirmed)


class DayTally(models.Model):
    """By how much the number of one petition changed on one day of the organisation's own time zone.

    Staff's chart reads thirty such rows, however many have signed; what is taken back counts on the day of that.
    """

    holds_no_personal_data = "numbers"

    petition = models.ForeignKey(Petition, on_delete=models.CASCADE, related_name="day_tallies", db_index=False)
    on = models.DateField()
    change = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["petition", "on"], name="one_tally_per_day")]

    def __str__(self) -> str:
        return f"{self.on} {self.change:+d}"


class TallyDelta(models.Model):
    """One signature more or less, written in the transaction that confirms or takes it back; the worker adds them up.

    So no two signers ever wait for each other's row lock. ``change`` is 1 or -1, or as many as one
    batch of an invalidation has in the riding; 0 never.
    """

    holds_no_personal_data = "one more or one less in a riding, deleted within seconds"

    petition = models.ForeignKey(Petition, on_delete=models.CASCADE, related_name="+")
    riding = models.ForeignKey("actions.Riding", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    is_abroad = models.BooleanField(default=False)
    change = models.SmallIntegerField()
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.change:+d}"
