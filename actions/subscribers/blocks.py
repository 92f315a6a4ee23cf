"""The block that puts the sign-up form for updates on any page."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks

from actions.campaigns.blocks import RecordChooserBlock


class SubscribeBlock(blocks.StructBlock):
    """Heading, text and button are the editors'; what people agree to stands below them and is always ours."""

    heading = blocks.CharBlock(
        required=False, max_length=80, label=_("Heading"), help_text=_("Empty: “Stay in touch”.")
    )
    text = blocks.TextBlock(
        required=False, max_length=400, label=_("Text"), help_text=_("What subscribers get, and how often.")
    )
    button = blocks.CharBlock(
        required=False, max_length=40, label=_("Text of the button"), help_text=_("Empty: “Send me updates”.")
    )
    campaign = RecordChooserBlock(
        "actions.Campaign",
        required=False,
        label=_("Campaign"),
        help_text=_("Whoever signs up here can be written to about this campaign alone."),
    )

    class Meta:
        icon = "mail"
        label = _("Sign-up for updates")
        group = pgettext_lazy("block group", "Actions")
        template = "actions/subscribers/block.html"
        description = _("A form for an e-mail address; nothing is sent before its owner has confirmed it.")
        preview_template = "actions/subscribers/block_preview.html"
