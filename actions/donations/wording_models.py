"""What editors write around one appeal, in one language."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField
from wagtail_localize.fields import SynchronizedField, TranslatableField

from actions.donations.appeal_models import Appeal
from actions.wordings.models import Wording
from actions.wordings.stray_fields import stray_fields

TEXT_FEATURES = ["bold", "link", "ul", "ol"]
LONG_TEXT_FEATURES = ["h3", "bold", "link", "ul", "ol"]

FILLED_IN_NOWHERE = ("title", "text", "background", "other_ways", "thank_you", "share_text")


class AppealWording(Wording):
    """The texts in one language. Title and text are what people give to: publishing freezes them."""

    version_fields = ("title", "text")
    ask_fields = version_fields
    material_label = _("Changes what the money is for")

    appeal = models.ForeignKey(
        Appeal,
        verbose_name=_("appeal"),
        on_delete=models.PROTECT,
        related_name="wordings",
        help_text=_("Chosen once: after the first publication it stays."),
    )
    text = RichTextField(
        _("what the money is for"), features=TEXT_FEATURES, help_text=_("In a few sentences, above the amounts.")
    )
    background = RichTextField(
        _("background"),
        features=LONG_TEXT_FEATURES,
        blank=True,
        help_text=_("What readers may want to know before they give."),
    )
    other_ways = RichTextField(
        _("other ways to give"),
        features=LONG_TEXT_FEATURES,
        blank=True,
        help_text=_("How to give by Interac e-Transfer or cheque. It is shown first while payments by card are off."),
    )
    thank_you = RichTextField(
        _("thank-you"), features=TEXT_FEATURES, blank=True, help_text=_("Shown after a gift, and in the mail about it.")
    )
    share_text = models.CharField(
        _("text for sharing"),
        max_length=200,
        blank=True,
        help_text=_("One sentence that goes along with the link. Empty: the title."),
    )

    override_translatable_fields = [
        SynchronizedField("appeal", overridable=False),
        TranslatableField("title"),
    ]

    class Meta(Wording.Meta):
        verbose_name = _("appeal text")
        verbose_name_plural = _("appeal texts")
        constraints = [
            models.UniqueConstraint(
                fields=["appeal", "locale"],
                name="one_appeal_wording_per_language",
                violation_error_message=_("This appeal already has texts in this language."),
            )
        ]

    def clean(self) -> None:
        super().clean()
        if errors := stray_fields(self, FILLED_IN_NOWHERE):
            raise ValidationError(errors)

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "actions/donations/wording_preview.html"
