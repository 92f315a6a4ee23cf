"""The block that puts a letter campaign on any page; the form itself is drawn by a template tag."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks

from actions.campaigns.blocks import ActionChooserBlock


class LetterBlock(blocks.StructBlock):
    """Points at a letter campaign. The record lives on its own: moving or deleting the block loses nothing."""

    letter_campaign = ActionChooserBlock(
        "actions.LetterCampaign",
        label=_("Letter campaign"),
        help_text=_("It may stand on several pages; all letters count together."),
    )
    heading = blocks.CharBlock(
        required=False,
        max_length=80,
        label=_("Heading"),
        help_text=_("Empty: the title of the campaign's text in the visitor's language."),
    )

    class Meta:
        icon = "mail"
        label = _("Letter to an MP")
        group = pgettext_lazy("block group", "Actions")
        template = "actions/letters/block.html"
        description = _("A form that finds the visitor's Member of Parliament and sends a letter.")
        preview_template = "actions/letters/block_preview.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        context["campaign"] = value.get("letter_campaign")
        return context
