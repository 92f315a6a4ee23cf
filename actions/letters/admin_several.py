"""Ticking letters or deliveries and deciding about all of them at once."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from actions.letters.admin_lists import decisions_of
from actions.letters.deciding import DELIVERY_DECISIONS, LETTER_DECISIONS, Decision
from actions.letters.deciding_several import Rows, decide_several
from actions.outbox.states import DispatchState
from actions.staff import ticking
from actions.staff.several import Summary

DECISIONS: dict[str, tuple[Decision, ...]] = {
    Rows.LETTERS: LETTER_DECISIONS,
    Rows.DELIVERIES: DELIVERY_DECISIONS[DispatchState.UNCERTAIN],
}


def several_context(request: HttpRequest, rows: Rows, page: Any) -> dict[str, Any]:
    """What the form below the table needs; empty when nothing on the page is open."""
    return ticking.several_context(request, rows=rows, page=page, offered=DECISIONS[rows], decisions_about=decisions_of)


def decide_ticked(request: HttpRequest) -> None:
    """Carry out what was posted and say what happened. Raises BadRequest for what the page did not offer."""

    def decide(rows: str, pks: set[int], decision: Decision) -> Summary:
        return decide_several(rows=Rows(rows), pks=pks, decision=decision, user=request.user)

    ticking.decide_ticked(request, offered=DECISIONS, decide=decide)
