"""Where Stripe calls us: verify, store once, answer. Nothing is asked of anybody here; the worker does the rest.

https://docs.stripe.com/webhooks#best-practices
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.request import RawPostDataException, UnreadablePostError
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from actions.donations import gateway
from actions.donations.event_store import keep_event
from actions.donations.states import CameBy
from actions.donations.webhook_signature import NotStripes, read_event

MOST_BYTES = 256 * 1024


@csrf_exempt
@require_POST
@sensitive_variables("body")
def webhook(request: HttpRequest) -> HttpResponse:
    """Answer 200 as soon as the event is stored, for kinds that nobody handles too; 400 for whatever is not ours.

    503 while donations are off lets Stripe try again once the keys are back.
    """
    if not settings.STRIPE_WEBHOOK_SECRETS or not gateway.is_on():
        return _plain(b"Donations are off.", 503)
    body = _body(request)
    if body is None:
        return _plain(b"Too large, or without a length.", 413)
    try:
        event = read_event(body, request.META.get("HTTP_STRIPE_SIGNATURE", ""), settings.STRIPE_WEBHOOK_SECRETS)
    except NotStripes:
        return _plain(b"Not signed by Stripe for this site, or not now.", 400)
    if event.account or event.livemode != gateway.is_live():
        return _plain(b"For another account, or for the other mode.", 400)
    keep_event(event, came_by=CameBy.WEBHOOK)
    return _plain(b"Stored.", 200)


def _body(request: HttpRequest) -> bytes | None:
    """Return the raw body, looking at its length before a byte is read; None when it is too large."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > MOST_BYTES:
        return None
    try:
        return request.body
    except (UnreadablePostError, RawPostDataException):
        return None


def _plain(words: bytes, status: int) -> HttpResponse:
    """Its length is told, or the server sends it in three parts."""
    headers = {"Content-Type": "text/plain", "Content-Length": str(len(words)), "Cache-Control": "no-store"}
    return HttpResponse(words, status=status, headers=headers)
