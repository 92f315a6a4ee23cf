"""To whom no letter of a campaign goes; the message that is shown instead stands in each language's text."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from actions.letters.attributes import ATTRIBUTE_LENGTH, is_attribute
from actions.letters.campaign_models import NO_PERSONAL_DATA, LetterCampaign


class LetterExclusion(Orderable):
    """One rule: nobody with the attribute gets a letter; a writer whose MP is left out may be led to another campaign.

    It steers the form. A letter that was written before the rule, or before somebody fell under it, still goes.
    """

    holds_no_personal_data = NO_PERSONAL_DATA

    letter_campaign = ParentalKey(LetterCampaign, on_delete=models.CASCADE, related_name="exclusions")
    attribute = models.CharField(
        _("nobody who"), max_length=ATTRIBUTE_LENGTH, help_text=_("For example, nobody who supports the bill already.")
    )
    instead = models.ForeignKey(
        LetterCampaign,
        verbose_name=_("lead on to"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Another letter campaign, such as one that says thank you. It is offered while it is open."),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("exclusion")
        verbose_name_plural = _("exclusions")

    def __str__(self) -> str:
        return self.attribute

    def clean(self) -> None:
        super().clean()
        if self.attribute and not is_attribute(self.attribute):
            raise ValidationError({"attribute": _("Choose one from the list.")})
        if self.instead_id is not None and self.instead_id == self.letter_campaign_id:
            raise ValidationError({"instead": _("Choose another letter campaign than this one.")})
