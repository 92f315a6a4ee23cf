"""Signing up and leaving. Views ask; services.py and leaving.py decide."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from actions.protection.decorators import public_form
from actions.protection.posted_content import UnacceptableContent, check_posted_content
from actions.protection.same_origin import is_same_origin
from actions.protection.stop_pages import stop_page
from actions.protection.tokens import is_spent, issue_token, read_token
from actions.protection.verdicts import HOLD, TOKEN_FIELD
from actions.subscribers import leaving, services
from actions.subscribers.forms import SubscribeForm
from actions.subscribers.states import HeldReason
from actions.subscribers.wording import Shown, read_shown
from home.languages import CODES
from home.site_settings import SiteSettings

METHODS = ["GET", "HEAD", "POST"]
ONE_CLICK = "List-Unsubscribe"  # the field that RFC 8058 lets mail programs post
CAMPAIGN_ONLY = "campaign"


@require_http_methods(METHODS)
@public_form("subscribe")
def subscribe(request: HttpRequest) -> HttpResponse:
    """The form on a page of its own, where each block's form is sent too; the answer is the same for everybody."""
    if request.method != "POST":
        return show_form(request, SubscribeForm())
    form = SubscribeForm(request.POST)
    shown = read_shown(request.POST.get("shown", ""))
    is_valid = form.is_valid()
    if not SiteSettings.current(request).can_be_reached:
        return show_form(request, form, shown=shown, status=422)
    if shown is None:
        form.add_error(None, _("Please read once more what you agree to, then press the button again."))
        is_valid = False
    if not is_valid or shown is None:
        return show_form(request, form, shown=shown, status=422)
    protection = request.protection  # type: ignore[attr-defined]
    reason = protection.reasons[0] if protection.verdict == HOLD else ""
    services.subscribe(
        email=form.cleaned_data["email"],
        name=form.cleaned_data["name"],
        place=services.place_of(form.cleaned_data["postal_code"]),
        shown=shown,
        held_reason=HeldReason(reason) if reason else "",
        attempt_id=protection.token,
    )
    return HttpResponseRedirect(reverse("subscribers:inbox"), status=303)


def show_form(
    request: HttpRequest, form: SubscribeForm, *, shown: Shown | None = None, status: int = 200
) -> HttpResponse:
    """``shown`` is what a refused form had shown: its words stay, wherever it stood."""
    context: dict[str, Any] = {"form": form, "shown": shown, "alternates": alternates("subscribe")}
    if status != 200:  # never stored, so it may carry a token
        raw = request.POST.get(TOKEN_FIELD) or ""
        token = read_token(raw, "subscribe")
        context["form_token"] = issue_token("subscribe") if token is None or is_spent(token.attempt_id) else raw
        context["is_private"] = True
    return render(request, "actions/subscribers/page.html", context, status=status)


def check_your_inbox(request: HttpRequest) -> HttpResponse:
    """The same page for a new, a known, a former and a held subscriber."""
    context = {"sender_address": settings.DEFAULT_FROM_EMAIL, "alternates": alternates("inbox")}
    return render(request, "actions/subscribers/check_your_inbox.html", context)


def alternates(name: str) -> dict[str, str]:
    """The page in each language."""
    found = {}
    for code in CODES:
        with translation.override(code):
            found[code] = reverse(f"subscribers:{name}")
    return found


@csrf_exempt
@sensitive_post_parameters()
@never_cache
@require_http_methods(METHODS)
def leave(request: HttpRequest, token: str, campaign_id: int | None = None) -> HttpResponse:
    """GET shows, POST acts, for ever and without logging in.

    Mail programs post here by themselves, from elsewhere and many from one address, so neither the origin nor the
    address is looked at: the token is the secret (https://www.rfc-editor.org/rfc/rfc8058#section-3.1). Their answer is
    no redirect, and they leave everything; a button may leave one campaign only.
    """
    if request.method == "POST":
        try:
            check_posted_content(request)
        except UnacceptableContent as error:
            return stop_page(request, status=error.status)
    subscriber = leaving.subscriber_of(token)
    campaign_id = leaving.known_campaign(campaign_id)
    if subscriber is None:
        return render(request, "actions/subscribers/unknown.html", {"is_private": True}, status=404)
    if request.method == "POST":
        is_one_click = ONE_CLICK in request.POST
        if not is_one_click and not is_same_origin(request):
            return stop_page(request, status=403)
        if request.POST.get("intent") == CAMPAIGN_ONLY and campaign_id is not None and not is_one_click:
            leaving.leave_campaign(subscriber_id=subscriber.pk, campaign_id=campaign_id)
        else:
            leaving.leave(subscriber_id=subscriber.pk)
        if not is_one_click:
            return HttpResponseRedirect(request.path, status=303)
        subscriber.refresh_from_db()
    state = leaving.leaving_of(subscriber, campaign_id)
    has_left_campaign = leaving.has_left(subscriber, campaign_id)
    context = {"leaving": state, "has_left_campaign": has_left_campaign, "is_private": True}
    return render(request, "actions/subscribers/leave.html", context)
