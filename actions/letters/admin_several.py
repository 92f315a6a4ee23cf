"""Ticking rows of a list and deciding about all of them at once; works with and without scripts."""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.ui.tables import BaseColumn

from actions.letters.admin_lists import DecisionColumn
from actions.letters.deciding import DELIVERY_DECISIONS, LETTER_DECISIONS, Decision
from actions.letters.deciding_several import MOST_AT_ONCE, Rows, decide_several, list_shown, read_shown
from actions.outbox.states import DispatchState

FORM_ID = "decide-several"
DECISIONS: dict[Rows, tuple[Decision, ...]] = {
    Rows.LETTERS: LETTER_DECISIONS,
    Rows.DELIVERIES: DELIVERY_DECISIONS[DispatchState.UNCERTAIN],
}


class TickColumn(BaseColumn):
    """A box for each row that a person may decide about; it belongs to the form below the table."""

    header_template_name = "actions/admin/tick_header.html"
    cell_template_name = "actions/admin/tick_cell.html"

    def __init__(self) -> None:
        super().__init__("tick", label=gettext_lazy("Select"), classname="bulk-action-checkbox-cell")

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        is_open = bool(DecisionColumn("decision").get_value(instance))
        return {**context, "form_id": FORM_ID, "is_open": is_open}


def several_context(request: HttpRequest, rows: Rows, page: Any) -> dict[str, Any]:
    """What the form below the table needs; empty when nothing on the page is open."""
    decision = DecisionColumn("decision")
    pks = [row.pk for row in page if decision.get_value(row)]
    if not pks:
        return {}
    return {
        "form_id": FORM_ID,
        "decisions": DECISIONS[rows],
        "shown": list_shown(rows=rows, pks=pks, user=request.user),
        "csrf_token": get_token(request),
    }


def decide_ticked(request: HttpRequest) -> None:
    """Carry out what was posted and say what happened. Raises BadRequest for what the page did not offer."""
    try:
        decision = Decision(request.POST.get("decision", ""))
        rows, shown = read_shown(request.POST.get("shown", ""), user=request.user)
        ticked = {int(number) for number in request.POST.getlist("tick")[: MOST_AT_ONCE + 1]}
    except signing.SignatureExpired:
        messages.warning(request, _("Nothing was decided: the page was open for too long. Please choose again."))
        return
    except (signing.BadSignature, ValueError, OverflowError) as error:
        raise BadRequest from error
    if decision not in DECISIONS[rows] or not ticked <= set(shown) or len(ticked) > MOST_AT_ONCE:
        raise BadRequest
    if not ticked:
        messages.warning(request, _("Nothing was decided: tick the rows first."))
        return
    summary = decide_several(rows=rows, pks=ticked, decision=decision, user=request.user)
    _say(request, decision, summary.changed, summary.unchanged)


def _say(request: HttpRequest, decision: Decision, changed: int, unchanged: int) -> None:
    if changed:
        text = ngettext("“%(decision)s”: %(count)d row.", "“%(decision)s”: %(count)d rows.", changed)
        messages.success(request, text % {"decision": decision.label, "count": changed})
    if unchanged:
        text = ngettext(
            "%(count)d row was not changed: somebody was faster, or “%(decision)s” does not apply to it.",
            "%(count)d rows were not changed: somebody was faster, or “%(decision)s” does not apply to them.",
            unchanged,
        )
        messages.warning(request, text % {"decision": decision.label, "count": unchanged})
