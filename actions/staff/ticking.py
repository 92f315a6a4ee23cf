"""Ticking rows of a list and deciding about all of them at once; works with and without scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.core import signing
from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from actions.staff.columns import FORM_ID, DecisionsAbout
from actions.staff.several import MOST_AT_ONCE, Summary, list_shown, read_shown


def several_context(
    request: HttpRequest, *, rows: str, page: Iterable[Any], offered: Sequence[Any], decisions_about: DecisionsAbout
) -> dict[str, Any]:
    """What the form below the table needs; empty when nothing on the page is open."""
    pks = [row.pk for row in page if decisions_about(row)]
    if not pks:
        return {}
    return {
        "form_id": FORM_ID,
        "decisions": offered,
        "shown": list_shown(rows=rows, pks=pks, user=request.user),
        "csrf_token": get_token(request),
    }


def decide_ticked(
    request: HttpRequest, *, offered: Mapping[str, Sequence[Any]], decide: Callable[[str, set[int], Any], Summary]
) -> None:
    """Carry out what was posted and say what happened. Raises BadRequest for what the page did not offer.

    ``offered`` holds the decisions by kind of rows; ``decide`` gets the kind, the rows' numbers and the decision.
    """
    try:
        rows, shown = read_shown(request.POST.get("shown", ""), user=request.user)
        ticked = {int(number) for number in request.POST.getlist("tick")[: MOST_AT_ONCE + 1]}
    except signing.SignatureExpired:
        messages.warning(request, _("Nothing was decided: the page was open for too long. Please choose again."))
        return
    except (signing.BadSignature, ValueError, OverflowError) as error:
        raise BadRequest from error
    wanted = request.POST.get("decision", "")
    decision = next((one for one in offered.get(rows, ()) if one.value == wanted), None)
    if decision is None or not ticked <= set(shown) or len(ticked) > MOST_AT_ONCE:
        raise BadRequest
    if not ticked:
        messages.warning(request, _("Nothing was decided: tick the rows first."))
        return
    _say(request, decision, decide(rows, ticked, decision))


def _say(request: HttpRequest, decision: Any, summary: Summary) -> None:
    if summary.changed:
        text = ngettext("“%(decision)s”: %(count)d row.", "“%(decision)s”: %(count)d rows.", summary.changed)
        messages.success(request, text % {"decision": decision.label, "count": summary.changed})
    if summary.unchanged:
        text = ngettext(
            "%(count)d row was not changed: somebody was faster, or “%(decision)s” does not apply to it.",
            "%(count)d rows were not changed: somebody was faster, or “%(decision)s” does not apply to them.",
            summary.unchanged,
        )
        messages.warning(request, text % {"decision": decision.label, "count": summary.unchanged})
