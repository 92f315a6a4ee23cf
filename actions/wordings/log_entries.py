"""How the history of a text tells what was said of its changes."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter


class TypoEntry(LogFormatter):
    label = gettext_lazy("Say that a text was changed by a small fix")

    def format_message(self, log_entry: Any) -> str:
        words = _("Said of text %(to)s that it is text %(from)s with a typo or a small fix; visitors are told nothing")
        return words % {"to": log_entry.data.get("to", ""), "from": log_entry.data.get("from", "")}


class MaterialEntry(LogFormatter):
    label = gettext_lazy("Change what people agree to")

    def format_message(self, log_entry: Any) -> str:
        numbers = {"to": log_entry.data.get("to", ""), "from": log_entry.data.get("from", "")}
        if log_entry.data.get("follows"):
            return _("Text %(to)s, after text %(from)s, follows the change of another language") % numbers
        if log_entry.data.get("is_said"):
            return _("Said of text %(to)s that people agree to something else than in text %(from)s") % numbers
        words = _("Text %(to)s differs from text %(from)s and nobody said how: it counts as a change of what is asked")
        return words % numbers


class KeepEntry(LogFormatter):
    label = gettext_lazy("Keep a text beside a newer one")

    def format_message(self, log_entry: Any) -> str:
        return _("Kept as it is beside a newer text: %(reason)s") % {"reason": log_entry.data.get("reason", "")}


def register_log_entries(actions: Any) -> None:
    actions.register_action("wordings.typo")(TypoEntry)
    actions.register_action("wordings.material")(MaterialEntry)
    actions.register_action("wordings.keep")(KeepEntry)
