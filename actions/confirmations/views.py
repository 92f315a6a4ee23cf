"""The page behind a mailed link: GET shows what will happen, POST acts."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from actions import registry
from actions.confirmations import services
from actions.protection.decorators import public_form
from actions.protection.limits import limit_named
from actions.protection.stop_pages import stop_page

LIMIT = "confirm"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@public_form("confirm", limit=LIMIT)
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show or do what the link is for.

    Mail scanners open links: however often this is fetched, only the POST of the button changes anything. Only unknown
    links count toward the limit, and the hidden field is not looked at: who brings a mailed secret is no stranger.
    """
    confirmation = services.find(token)
    if confirmation is None and request.method == "POST" and "limit" in request.protection.reasons:  # type: ignore[attr-defined]
        return stop_page(request, status=429, retry_after_seconds=limit_named(LIMIT).seconds)
    handler = confirmation and registry.confirm_handler(confirmation.purpose)
    page = handler.show(confirmation.object_id, request) if confirmation and handler else None
    if not confirmation or not handler or page is None:
        return render(request, "actions/confirmations/unknown.html", status=404)
    if request.method == "POST":
        handler.act(confirmation.object_id, request)
        return HttpResponseRedirect(request.path, status=303)
    return render(request, page.template, {**page.context, "is_done": page.is_done, "is_private": True})


def check_your_inbox(request: HttpRequest) -> HttpResponse:
    """The same page for a new, a repeated and a held act, so that it tells nobody anything."""
    return render(
        request, "actions/confirmations/check_your_inbox.html", {"sender_address": settings.DEFAULT_FROM_EMAIL}
    )
