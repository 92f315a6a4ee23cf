"""The block that puts an appeal on any page; the form itself is drawn by a template tag."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks

from actions.campaigns.blocks import ActionChooserBlock


class DonationBlock(blocks.StructBlock):
    """Points at an appeal. The record lives on its own: moving or deleting the block loses no gift."""

    appeal = ActionChooserBlock(
        "actions.Appeal", label=_("Appeal"), help_text=_("It may stand on several pages; all gifts count together.")
    )
    heading = blocks.CharBlock(
        required=False,
        max_length=80,
        label=_("Heading"),
        help_text=_("Empty: “Donate” in the visitor’s language."),
    )

    class Meta:
        icon = "pick"
        label = _("Donation")
        group = pgettext_lazy("block group", "Actions")
        template = "actions/donations/block.html"
        description = _("Amounts to choose and the way to the payment page.")
        preview_template = "actions/donations/block_preview.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        context["appeal"] = value.get("appeal")
        return context
