"""Asking Stripe what we have missed, each hour: a webhook that never arrives loses nothing.

Two ways, so that one may fail: Stripe's list of events, from where the last complete run ended, and the payment pages
of the last two days. Both end in the same functions as a webhook, so nothing can be counted twice.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import islice

from django.db import transaction
from django.utils import timezone

from actions.donations import gateway
from actions.donations.applying import locked, move
from actions.donations.event_store import keep_events
from actions.donations.facts import EventFacts, SessionFacts
from actions.donations.models import Donation, Reconciliation, StripeEvent
from actions.donations.processing import KINDS, about_session
from actions.donations.states import CameBy, DonationState

log = logging.getLogger(__name__)

# Where no run has ended yet, and at the most: Stripe keeps events for 30 days.
FIRST_LOOK_BACK = timedelta(days=3)
FARTHEST = timedelta(days=29)
# Stripe's list may show an event late.
OVERLAP = timedelta(hours=1)
PAGES_OF = timedelta(hours=48)
BATCH = 500
Kind = Reconciliation.Kind


def reconcile(now: datetime) -> None:
    """Look for missed events and payment pages; each by itself, so that one that fails does not stop the other."""
    if not gateway.is_on():
        return
    for look in (hear_of_events, look_at_pages):
        try:
            look(now)
        except gateway.StripeTrouble as error:
            log.warning("%s: Stripe is not to be reached (%s); the next run begins where the last one ended",
                        look.__name__, error.code)  # fmt: skip
    forget_unasked(now)


def hear_of_events(now: datetime) -> Reconciliation:
    """Store the events that no webhook brought; the worker handles them. Raises StripeTrouble."""
    before = Reconciliation.objects.filter(kind=Kind.EVENTS).exclude(ended_at=None).order_by("-until").first()
    since = max(before.until - OVERLAP, now - FARTHEST) if before else now - FIRST_LOOK_BACK
    run = Reconciliation.objects.create(kind=Kind.EVENTS, since=since, until=now)
    for batch in _batches(gateway.events_since(since, list(KINDS))):
        run.looked_at += len(batch)
        run.found += _keep_new(batch)
    return _ended(run)


def _keep_new(batch: list[EventFacts]) -> int:
    known = set(StripeEvent.objects.filter(event_id__in=[one.id for one in batch]).values_list("event_id", flat=True))
    new = [one for one in batch if one.id not in known and not one.account and one.livemode == gateway.is_live()]
    keep_events(new, came_by=CameBy.RECONCILE)
    return len(new)


def look_at_pages(now: datetime) -> Reconciliation:
    """Bring gifts up to date whose payment page of the last two days says more than we know. Raises StripeTrouble."""
    run = Reconciliation.objects.create(kind=Kind.SESSIONS, since=now - PAGES_OF, until=now)
    for found in gateway.sessions_since(run.since):
        run.looked_at += 1
        if found.status != "open" and _is_news(found):
            apply = about_session(found.id)
            with transaction.atomic():
                apply()
            run.found += 1
    return _ended(run)


def _is_news(found: SessionFacts) -> bool:
    try:
        attempt = uuid.UUID(found.metadata.get("attempt", ""))
    except ValueError:
        return False
    rows = Donation.objects.filter(attempt=attempt, livemode=found.livemode)
    if rows.filter(state=DonationState.STARTED).exists():
        return True
    return found.is_paid and rows.filter(state__in=(DonationState.EXPIRED, DonationState.FAILED)).exists()


def forget_unasked(now: datetime) -> None:
    """End gifts that never got a payment page: whoever began them never saw one, so nothing can have been paid."""
    rows = Donation.objects.filter(state=DonationState.STARTED, session_id=None, created_at__lt=now - PAGES_OF)
    for attempt, livemode in rows.values_list("attempt", "livemode")[:BATCH]:
        with transaction.atomic():
            donation = locked({"attempt": attempt.hex}, livemode=livemode)
            if donation is not None and donation.session_id is None:
                move(donation, DonationState.EXPIRED, at=now)


def _batches(events: Iterable[EventFacts]) -> Iterable[list[EventFacts]]:
    waiting = iter(events)
    while batch := list(islice(waiting, BATCH)):
        yield batch


def _ended(run: Reconciliation) -> Reconciliation:
    run.ended_at = timezone.now()
    run.save()
    return run
