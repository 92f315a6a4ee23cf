"""Where people in office stand on a bill, as staff noted it: for all parties in the same way, with the source."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actions.campaigns.models import Campaign
from actions.listing import labelled


class BillPosition(models.Model):
    """One person's stand on one campaign's bill; ``noted_on`` is the day on which staff read the source.

    Exactly one of ``representative`` and ``recipient`` is set. Kept by hand, never imported: nothing here is a guess.
    """

    class Stand(models.TextChoices):
        SUPPORTS = "supports", _("supports the bill")
        UNDECIDED = "undecided", _("is undecided")
        OPPOSES = "opposes", _("opposes the bill")

    holds_no_personal_data = "public officials' published positions"

    campaign = models.ForeignKey(
        Campaign,
        verbose_name=_("campaign"),
        on_delete=models.CASCADE,
        related_name="bill_positions",
        help_text=_("The campaign whose bill it is about."),
    )
    representative = models.ForeignKey(
        "actions.Representative",
        verbose_name=_("Member of Parliament"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="bill_positions",
        help_text=_("Who said so. For somebody else leave this empty."),
    )
    recipient = models.ForeignKey(
        "actions.Recipient",
        verbose_name=_("or another recipient"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="bill_positions",
        help_text=_("Only for somebody who is no Member of Parliament, such as a senator."),
    )
    stand = models.CharField(
        _("position"),
        max_length=10,
        choices=Stand.choices,
        help_text=_("What they said or did in public, not what we think they think."),
    )
    source_url = models.URLField(
        _("where they said so"),
        help_text=_("A speech, a vote, an article, a post. It is shown beside the position, whatever the party."),
    )
    noted_on = models.DateField(
        _("noted on"), default=timezone.localdate, help_text=_("The day on which you read the source.")
    )

    class Meta:
        verbose_name = _("position on a bill")
        verbose_name_plural = _("positions on bills")
        ordering = ["campaign", "-noted_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(representative=None, recipient__isnull=False)
                | models.Q(representative__isnull=False, recipient=None),
                name="bill_position_of_one_person",
                violation_error_message=_("Choose a Member of Parliament or another recipient, not both."),
            ),
            models.UniqueConstraint(
                fields=["campaign", "representative"],
                name="one_bill_position_per_member",
                violation_error_message=_("This person's position is noted already: change it there."),
            ),
            models.UniqueConstraint(
                fields=["campaign", "recipient"],
                name="one_bill_position_per_recipient",
                violation_error_message=_("This person's position is noted already: change it there."),
            ),
        ]

    def __str__(self) -> str:
        return labelled(self.person, self.get_stand_display())

    @property
    def person(self) -> models.Model | None:
        return self.representative or self.recipient

    def clean(self) -> None:
        super().clean()
        if (self.representative_id is None) == (self.recipient_id is None):
            raise ValidationError(
                {"representative": _("Choose a Member of Parliament or another recipient, not both.")}
            )
