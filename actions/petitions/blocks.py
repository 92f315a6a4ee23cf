"""The block that puts a petition on any page; the form itself is drawn by a template tag."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks

from actions.campaigns.blocks import ActionChooserBlock


class PetitionBlock(blocks.StructBlock):
    """Points at a petition. The record lives on its own: moving or deleting the block loses no signature."""

    petition = ActionChooserBlock(
        "actions.Petition",
        label=_("Petition"),
        help_text=_("It may stand on several pages; all signatures count together."),
    )
    heading = blocks.CharBlock(
        required=False,
        max_length=80,
        label=_("Heading"),
        help_text=_("Empty: “Sign the petition” in the visitor’s language."),
    )

    class Meta:
        icon = "edit"
        label = _("Petition")
        group = pgettext_lazy("block group", "Actions")
        template = "actions/petitions/block.html"
        description = _("A bar with the number of signatures, and the form to sign.")
        preview_template = "actions/petitions/block_preview.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        context["petition"] = value.get("petition")
        return context
