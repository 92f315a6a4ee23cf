"""What editors write around one letter campaign, in one language: what people read, the letter, and after it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField, StreamField
from wagtail_localize.fields import SynchronizedField, TranslatableField

from actions.letters.campaign_models import LetterCampaign
from actions.letters.texts import ANOTHER_TEXT, lines_of
from actions.letters.variant_blocks import VariantsBlock, merge_field_error, subjects_error
from actions.wordings.fields import LinesField
from actions.wordings.models import Wording
from actions.wordings.stray_fields import stray_fields

INTRODUCTION_FEATURES = ["bold", "link", "ul", "ol"]
FILLED_IN_NOWHERE = ("title", "introduction", "talking_points", "thank_you", "share_text")


class LetterWording(Wording):
    """The texts in one language. The letter sent is the English or the French one; the Chinese one is a reading copy.

    Salutation, closing and the writer's name and address are added to each letter; they are not part of the body.
    What people act on is the title and the letters; neither the introduction nor what is said on the phone.
    """

    version_fields = ("title", "introduction", "letter_subjects", "letter_body", "variants")
    ask_fields = ("title", "letter_subjects", "letter_body", "variants")
    material_label = _("Changes what people send")

    letter_campaign = models.ForeignKey(
        LetterCampaign,
        verbose_name=_("letter campaign"),
        on_delete=models.PROTECT,
        related_name="wordings",
        help_text=_("Chosen once: after the first publication it stays."),
    )
    introduction = RichTextField(
        _("introduction"), features=INTRODUCTION_FEATURES, help_text=_("What is happening, and why a letter helps now.")
    )
    talking_points = LinesField(
        _("ideas for own words"),
        blank=True,
        help_text=_("One per line. Offices read a letter in the writer's own words with more care."),
    )
    letter_subjects = LinesField(
        _("subject lines"), help_text=_("One per line, up to five. Each supporter is offered one of them.")
    )
    letter_body = LinesField(
        _("text of the letter"),
        help_text=_(
            "Without greeting, closing and signature, and without saying where the writer lives: all this is added. "
            "You may use {mp_name}, {riding}, {province}, {bill_number} and {bill_title}. "
            "In Chinese this is a reading copy: the letter that is sent is the English or the French one."
        ),
    )
    variants = StreamField(
        VariantsBlock(),
        verbose_name=_("other texts"),
        blank=True,
        default=[],
        help_text=_(
            "For some of those who receive letters: thanks instead of a request, another text for a critic, another "
            "phone script. The first that fits somebody is used, so put the narrower ones on top. Leave it empty when "
            "one text is for all."
        ),
    )
    phone_script = LinesField(
        _("what to say on the phone"),
        blank=True,
        help_text=_(
            "About 30 seconds, in English or French; on the Chinese text a reading aid. You may use the fields of the "
            "letter."
        ),
    )
    thank_you = RichTextField(
        _("thank-you"), features=INTRODUCTION_FEATURES, blank=True, help_text=_("Shown after the letter was confirmed.")
    )
    share_text = models.CharField(
        _("text for sharing"),
        max_length=200,
        blank=True,
        help_text=_("One sentence that goes along with the link. Empty: the title."),
    )

    override_translatable_fields = [
        SynchronizedField("letter_campaign", overridable=False),
        TranslatableField("title"),
    ]

    class Meta(Wording.Meta):
        verbose_name = _("letter text")
        verbose_name_plural = _("letter texts")
        constraints = [
            models.UniqueConstraint(
                fields=["letter_campaign", "locale"],
                name="one_letter_wording_per_language",
                violation_error_message=_("This letter campaign already has texts in this language."),
            )
        ]

    @classmethod
    def ask_in(cls, content: Mapping[str, Any]) -> dict[str, str]:
        """Of the other texts those that are sent; their attributes too, since they say who gets which."""
        others = [block["value"] for block in content.get("variants", ()) if block["type"] == ANOTHER_TEXT]
        letters = "\n".join(f"{one['attribute']}\n{one['subjects']}\n{one['body']}" for one in others)
        return super().ask_in({**content, "variants": letters})

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {
            "letter_subjects": subjects_error(self.letter_subjects),
            "letter_body": merge_field_error(self.letter_body),
            "phone_script": merge_field_error(self.phone_script),
            "variants": self._variants_error(),
        }
        errors = {name: error for name, error in errors.items() if error} | stray_fields(self, FILLED_IN_NOWHERE)
        if errors:
            raise ValidationError(errors)

    def _variants_error(self) -> ValidationError | None:
        """The editor's form has checked the blocks themselves; a translation comes past it."""
        for block in self.variants:
            for name in ("subjects", "body", "script"):
                error = merge_field_error(block.value.get(name) or "")
                if error:
                    return error
        return None

    @property
    def subjects(self) -> list[str]:
        return list(lines_of(self.letter_subjects))

    @property
    def ideas(self) -> list[str]:
        return [line.strip() for line in self.talking_points.splitlines() if line.strip()]

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "actions/letters/wording_preview.html"
