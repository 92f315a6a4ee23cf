"""What an editor adds to the main text for some recipients: another letter or phone script, or a message instead."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from actions.letters.attributes import attribute_choices
from actions.letters.merge_fields import MERGE_FIELDS, unknown_merge_fields
from actions.letters.texts import lines_of
from actions.listing import listed
from actions.wordings.fields import LinesBlock

SUBJECT_LENGTH = 150
MOST_SUBJECTS = 5
MESSAGE_FEATURES = ["bold", "link", "ul", "ol"]


def merge_field_error(text: str) -> ValidationError | None:
    """Return what is wrong with the merge fields of a text, None when nothing is."""
    unknown = unknown_merge_fields(text)
    if not unknown:
        return None
    known = listed(f"{{{field}}}" for field in MERGE_FIELDS)
    words = _("Unknown field: %(unknown)s. You may use: %(known)s.")
    return ValidationError(words, params={"unknown": listed(unknown), "known": known})


def subjects_error(text: str) -> ValidationError | None:
    lines = lines_of(text)
    if len(lines) > MOST_SUBJECTS or any(len(line) > SUBJECT_LENGTH for line in lines):
        return ValidationError(_("Write one to five subject lines of at most 150 characters each."))
    return merge_field_error(text)


class AnotherTextBlock(blocks.StructBlock):
    """The whole letter for everybody who has the attribute; the main text is then not used for them."""

    attribute = blocks.ChoiceBlock(
        choices=attribute_choices,
        label=_("For everybody who"),
        help_text=_("As our records and “Positions on bills” say."),
    )
    subjects = LinesBlock(rows=3, label=_("Subject lines"), help_text=_("One per line, up to five."))
    body = LinesBlock(
        rows=10, label=_("Text of the letter"), help_text=_("Like the main text: without greeting and closing.")
    )

    class Meta:
        icon = "doc-full"
        label = _("Another text")
        description = _("A whole letter for some recipients, such as thanks to an MP who supports the bill.")
        preview_template = "actions/letters/variant_preview.html"
        label_format = "{attribute}"

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        errors = {"subjects": subjects_error(value["subjects"]), "body": merge_field_error(value["body"])}
        if any(errors.values()):
            raise StructBlockValidationError(block_errors={name: error for name, error in errors.items() if error})
        return value


class AnotherScriptBlock(blocks.StructBlock):
    """What to say on the phone to an MP who has the attribute, instead of the main script."""

    attribute = blocks.ChoiceBlock(
        choices=attribute_choices,
        label=_("For everybody who"),
        help_text=_("As our records and “Positions on bills” say."),
    )
    script = LinesBlock(
        rows=6,
        label=_("What to say on the phone"),
        help_text=_(
            "About 30 seconds, such as thanks to an MP who supports the bill. You may use the letter's fields."
        ),
    )

    class Meta:
        icon = "comment"
        label = _("Another phone script")
        description = _("What to say on the phone to some recipients, instead of the main script.")
        preview_template = "actions/letters/variant_preview.html"
        label_format = "{attribute}"

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        error = merge_field_error(value["script"])
        if error:
            raise StructBlockValidationError(block_errors={"script": error})
        return value


class MessageBlock(blocks.StructBlock):
    """Shown instead of a form where the campaign says that nobody with the attribute gets a letter."""

    attribute = blocks.ChoiceBlock(
        choices=attribute_choices,
        label=_("For everybody who"),
        help_text=_("As our records and “Positions on bills” say."),
    )
    text = blocks.RichTextBlock(
        features=MESSAGE_FEATURES, label=_("Message"), help_text=_("Why no letter is needed, and what helps instead.")
    )

    class Meta:
        icon = "comment"
        label = _("Message instead of a letter")
        description = _("What readers see where the campaign says that somebody gets no letter.")
        preview_template = "actions/letters/variant_preview.html"
        label_format = "{attribute}"


class VariantsBlock(blocks.StreamBlock):
    """In the editors' order: the first that fits somebody wins, so a second one for the same attribute never would."""

    another_text = AnotherTextBlock()
    another_script = AnotherScriptBlock()
    message = MessageBlock()

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        seen: set[tuple[str, str]] = set()
        errors: dict[int, ValidationError] = {}
        for number, block in enumerate(value):
            kind = (block.block_type, block.value["attribute"])
            if kind[1] and kind in seen:
                errors[number] = ValidationError(_("There is one for this above: it would never be used."))
            seen.add(kind)
        if errors:
            raise StreamBlockValidationError(block_errors=errors)
        return value
