"""Panels of a letter campaign's form that steer letters: who is left out, who stands in, whether all parties hear."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.choices import CallableChoiceIterator
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel, MultiFieldPanel, Panel

from actions.letters.attributes import attribute_choices
from actions.letters.balance import warnings_about
from actions.letters.models import LetterCampaign


def _with_blank() -> list[tuple[Any, Any]]:
    return [("", _("Choose")), *attribute_choices()]


class AttributeSelect(forms.Select):
    """The vocabulary as it is now: parties come and go with the members."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, choices=CallableChoiceIterator(_with_blank))


class BalancePanel(HelpPanel):
    """Under the recipients: what is one-sided about them, as they were saved last; nothing when nothing is."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.pop("content", None)
        super().__init__(**{"template": "actions/admin/balance.html", **kwargs})

    class BoundPanel(HelpPanel.BoundPanel):
        @property
        def warnings(self) -> list[str]:
            return warnings_about(self.instance) if self.instance.pk else []


def steering_panels() -> list[Panel]:
    return [
        MultiFieldPanel([FieldPanel("when_dissolved")], heading=_("When Parliament is dissolved")),
        InlinePanel(
            "exclusions",
            heading=_("Who gets no letter"),
            label=_("Rule"),
            help_text=_(
                "For letters that are written from now on. What the writer reads instead stands in the letter's text, "
                "under “Other texts”, in each language. Positions are kept under “Positions on bills”."
            ),
            panels=[FieldPanel("attribute", widget=AttributeSelect), FieldPanel("instead")],
        ),
    ]


def warn_when_one_sided(request: HttpRequest, instance: Any) -> None:
    """After a letter campaign was saved: a warning that blocks nothing."""
    if isinstance(instance, LetterCampaign):
        for sentence in warnings_about(instance):
            messages.warning(request, sentence)
