"""An event's form and its calendar file. Views ask; services.py decides."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from actions.events import services
from actions.events.calendar_file import MIME_TYPE, calendar_file
from actions.events.forms import PlaceForm
from actions.events.models import Event
from actions.events.states import HeldReason
from actions.protection.decorators import public_form
from actions.protection.tokens import is_spent, issue_token, read_token
from actions.protection.verdicts import HOLD, TOKEN_FIELD
from home.languages import CODES, current_language

FOR_EVERYBODY = "public, max-age=300, stale-while-revalidate=60"


@require_http_methods(["GET", "HEAD", "POST"])
@public_form("event")
def event_form(request: HttpRequest, slug: str) -> HttpResponse:
    """The form on a page of its own, where the event pages' forms are sent too; everybody gets the same answer."""
    event = get_object_or_404(Event, slug=slug)
    if request.method != "POST":
        return show_form(request, event, PlaceForm())
    form = PlaceForm(request.POST)
    is_valid = form.is_valid()
    if not event.is_open:
        form.add_error(None, _("It is no longer possible to sign up for this event."))
        is_valid = False
    if not is_valid:
        return show_form(request, event, form, status=422)
    protection = request.protection  # type: ignore[attr-defined]
    reason = protection.reasons[0] if protection.verdict == HOLD else ""
    services.sign_up(
        event=event,
        **form.cleaned_data,
        language=current_language(),
        held_reason=HeldReason(reason) if reason else "",
        attempt_id=protection.token,
    )
    return HttpResponseRedirect(reverse("actions:check_your_inbox"), status=303)


def show_form(request: HttpRequest, event: Event, form: PlaceForm, *, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"event": event, "form": form, "alternates": alternates(event)}
    if status != 200:  # never stored, so it may carry a token
        raw = request.POST.get(TOKEN_FIELD) or ""
        token = read_token(raw, "event")
        context["form_token"] = issue_token("event") if token is None or is_spent(token.attempt_id) else raw
        context["is_private"] = True
    return render(request, "actions/events/page.html", context, status=status)


@require_safe
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """The file for everybody: without the link to take part."""
    event = get_object_or_404(Event, slug=slug)
    content = calendar_file(event, language=current_language(), is_private=False)
    response = HttpResponse(content, content_type=f"{MIME_TYPE}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{event.slug}.ics"'
    response["Cache-Control"] = FOR_EVERYBODY
    return response


def alternates(event: Event) -> dict[str, str]:
    """The page in each language."""
    found = {}
    for code in CODES:
        with translation.override(code):
            found[code] = reverse("actions:event", args=[event.slug])
    return found
