"""Which recipients' letters leave at any hour, because in office hours they would come too late."""

from __future__ import annotations

from django.db import models

from actions.letters.campaign_models import LetterCampaign


class Hurry(models.Model):
    """One inbox whose letters of one letter campaign cannot wait for office hours; made anew every minute.

    ``pace_key`` is the hash of the official's address under which letters to one inbox are paced.
    """

    holds_no_personal_data = "hashes of public officials' addresses"

    letter_campaign = models.ForeignKey(LetterCampaign, on_delete=models.CASCADE, related_name="hurries")
    pace_key = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["letter_campaign", "pace_key"], name="one_hurry_per_inbox")]

    def __str__(self) -> str:
        return f"{self.letter_campaign_id} {self.pace_key}"
