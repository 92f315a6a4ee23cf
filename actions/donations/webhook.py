"""Where Stripe calls us: verify, store once, answer. Nothing is asked of anybody here; the worker does the rest.

https://docs.stripe.com/webhooks#best-practices
"""

from __future__ import annotations

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.http.request import RawPostDataException, UnreadablePostError
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from actions.donations import gateway
from actions.donations.facts import EventFacts
from actions.donations.models import StripeEvent
from actions.donations.processing import KINDS
from actions.donations.states import CameBy
from actions.donations.webhook_signature import NotStripes, read_event

MOST_BYTES = 256 * 1024
IGNORED = "ignored"


@csrf_exempt
@never_cache
@require_POST
@sensitive_variables("body")
def webhook(request: HttpRequest) -> HttpResponse:
    """Answer 200 as soon as the event is stored, for kinds that nobody handles too; 400 for whatever is not ours.

    503 while donations are off lets Stripe try again once the keys are back.
    """
    if not settings.STRIPE_WEBHOOK_SECRETS or not gateway.is_on():
        return _plain("Donations are off.", 503)
    body = _body(request)
    if body is None:
        return _plain("Too large, or without a length.", 413)
    try:
        event = read_event(body, request.headers.get("Stripe-Signature", ""), settings.STRIPE_WEBHOOK_SECRETS)
    except NotStripes:
        return _plain("Not signed by Stripe for this site, or not now.", 400)
    if event.account or event.livemode != gateway.is_live():
        return _plain("For another account, or for the other mode.", 400)
    keep_event(event, came_by=CameBy.WEBHOOK)
    return _plain("Stored.", 200)


def keep_events(events: list[EventFacts], *, came_by: CameBy) -> None:
    """Store each event once, whoever tells of it and how often; what nobody handles is done at once."""
    StripeEvent.objects.bulk_create((_row(event, came_by) for event in events), ignore_conflicts=True)


def keep_event(event: EventFacts, *, came_by: CameBy) -> None:
    """The same for one, as a single statement that commits by itself: to open and end a transaction costs two more."""
    row, columns = _row(event, came_by), [field for field in StripeEvent._meta.concrete_fields if not field.primary_key]
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in columns)
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in columns]
    places = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {quote(StripeEvent._meta.db_table)} ({names}) VALUES ({places}) "  # noqa: S608
            f"ON CONFLICT ({quote('event_id')}) DO NOTHING",
            values,
        )


def _row(event: EventFacts, came_by: CameBy) -> StripeEvent:
    now = timezone.now()
    return StripeEvent(
        event_id=event.id,
        kind=event.kind[:80],
        object_id=event.object_id[:120],
        livemode=event.livemode,
        created_at=event.created_at,
        received_at=now,
        next_try_at=now,
        came_by=came_by,
        handled_at=None if event.kind in KINDS else now,
        outcome="" if event.kind in KINDS else IGNORED,
    )


def _body(request: HttpRequest) -> bytes | None:
    """Return the raw body, looking at its length before a byte is read; None when it is too large."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > MOST_BYTES:
        return None
    try:
        return request.body
    except (UnreadablePostError, RawPostDataException):
        return None


def _plain(text: str, status: int) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
