"""What editors write around one petition, in one language: what people sign, and what stands around it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField
from wagtail_localize.fields import SynchronizedField, TranslatableField

from actions.petitions.petition_models import Petition
from actions.wordings.models import Wording
from actions.wordings.stray_fields import stray_fields

TEXT_FEATURES = ["bold", "link", "ul", "ol"]
LONG_TEXT_FEATURES = ["h3", "bold", "link", "ul", "ol"]

FILLED_IN_NOWHERE = ("title", "target", "text", "background", "at_the_goal", "thank_you", "updates", "share_text")


class PetitionWording(Wording):
    """The texts in one language. Title, addressee and text are what people sign: publishing freezes them."""

    version_fields = ("title", "target", "text")
    ask_fields = version_fields

    petition = models.ForeignKey(
        Petition,
        verbose_name=_("petition"),
        on_delete=models.PROTECT,
        related_name="wordings",
        help_text=_("Chosen once: after the first publication it stays."),
    )
    target = models.CharField(
        _("addressed to"), max_length=160, help_text=_("Such as: the Minister of Immigration. Shown above the text.")
    )
    text = RichTextField(
        _("what people sign"), features=TEXT_FEATURES, help_text=_("What is asked for, in a few sentences.")
    )
    background = RichTextField(
        _("background"),
        features=LONG_TEXT_FEATURES,
        blank=True,
        help_text=_("What readers may want to know before they sign."),
    )
    at_the_goal = models.CharField(
        _("what happens at the goal"),
        max_length=200,
        blank=True,
        help_text=_("One sentence under the bar, such as: at 1,000 signatures we hand it over in Ottawa."),
    )
    thank_you = RichTextField(
        _("thank-you"), features=TEXT_FEATURES, blank=True, help_text=_("Shown after somebody has confirmed.")
    )
    updates = RichTextField(
        _("updates"),
        features=LONG_TEXT_FEATURES,
        blank=True,
        help_text=_("What has happened since, newest first; the outcome too, once it is won or closed."),
    )
    share_text = models.CharField(
        _("text for sharing"),
        max_length=200,
        blank=True,
        help_text=_("One sentence that goes along with the link. Empty: the title."),
    )

    override_translatable_fields = [
        SynchronizedField("petition", overridable=False),
        TranslatableField("title"),
    ]

    class Meta(Wording.Meta):
        verbose_name = _("petition text")
        verbose_name_plural = _("petition texts")
        constraints = [
            models.UniqueConstraint(
                fields=["petition", "locale"],
                name="one_petition_wording_per_language",
                violation_error_message=_("This petition already has texts in this language."),
            )
        ]

    def clean(self) -> None:
        super().clean()
        if errors := stray_fields(self, FILLED_IN_NOWHERE):
            raise ValidationError(errors)

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "actions/petitions/wording_preview.html"
