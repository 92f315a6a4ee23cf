"""How staff see what waits: a cell in the list of letter campaigns, a few lines on the stop page and the front page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.ui.tables import Column

from actions.letters.models import LetterCampaign
from actions.letters.outlook import Outlook, outlooks
from actions.letters.switches import Switches


def request_outlooks(request: HttpRequest) -> dict[int, Outlook]:
    """Return the outlooks of all letter campaigns, reckoned once for a request."""
    if not hasattr(request, "letter_outlooks"):
        request.letter_outlooks = outlooks(timezone.now())  # type: ignore[attr-defined]
    return request.letter_outlooks  # type: ignore[attr-defined]


def about(moment: datetime | None) -> str:
    """Return a moment (UTC) as staff read it, to the minute in Ottawa's time; blank for one that is out of sight."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    return f"{date_format(local, 'DATE_FORMAT')} {date_format(local, 'H:i')}"


def sentences(letter_campaign: LetterCampaign, outlook: Outlook | None, switches: Switches) -> list[str]:
    """Return what waits, and when the last letter would leave; while letters are stopped nobody can reckon that."""
    if outlook is None:
        return [_("No letter waits.")]
    count = outlook.waiting
    waits = ngettext("%(count)d letter waits.", "%(count)d letters wait.", count) % {"count": count}
    if letter_campaign.is_stopped or switches.are_letters_stopped:
        return [waits, _("None leaves while the emergency stop is on.")]
    if outlook.finishes_at is None:
        return [waits, _("It cannot be said yet when the last one leaves.")]
    return [waits, _("The last one leaves about %(moment)s.") % {"moment": about(outlook.finishes_at)}]


def warning(letter_campaign: LetterCampaign, outlook: Outlook | None) -> str:
    """Return what would come too late and to how many people; blank when nothing would."""
    if outlook is None or not outlook.too_late or letter_campaign.useless_after is None:
        return ""
    letters = ngettext("%(count)d letter", "%(count)d letters", outlook.too_late) % {"count": outlook.too_late}
    number = len(outlook.late_lines)
    people = ngettext("%(count)d person", "%(count)d people", number) % {"count": number}
    return _(
        "%(letters)s to %(people)s would come too late, after %(moment)s. Raise the pace, or move “useless after” if "
        "the vote was put off."
    ) % {"letters": letters, "people": people, "moment": about(letter_campaign.useless_after)}


def advice(letter_campaign: LetterCampaign, outlook: Outlook | None, switches: Switches) -> dict[str, Any]:
    """Return the template context of ``actions/admin/outlook.html``."""
    return {
        "sentences": sentences(letter_campaign, outlook, switches),
        "warning": warning(letter_campaign, outlook),
        "most_behind": [(line.name, line.too_late) for line in outlook.most_behind] if outlook else [],
    }


class WaitingColumn(Column):
    """How many letters wait, when the last one leaves, and whether any comes too late."""

    cell_template_name = "actions/admin/waiting_cell.html"

    def get_value(self, instance: LetterCampaign) -> str:
        return ""

    def get_cell_context_data(self, instance: LetterCampaign, parent_context: Any) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        outlook = request_outlooks(parent_context["request"]).get(instance.pk)
        context["outlook"] = outlook
        context["moment"] = about(outlook.finishes_at) if outlook and not instance.is_stopped else ""
        return context
