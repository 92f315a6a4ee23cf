"""Asking for a place, confirming it, giving it back. One transaction each; the event's row locks its places."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from actions.events import emails
from actions.events.models import KEPT_AFTER, KEY_OWNER, Event, EventSignUp
from actions.events.states import ACTIVE, HeldReason, PlaceState
from actions.privacy.access import record_access
from actions.privacy.fingerprints import destroy_record_key, email_fingerprint, record_key_for
from actions.privacy.models import RecordKey
from actions.privacy.retention import blank
from actions.protection.tokens import spend_token

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

RELEASED_AT_ONCE = 500
DAY_BEFORE, LAST_HOUR = timedelta(days=1), timedelta(hours=1)


def sign_up(
    *,
    event: Event,
    name: str,
    email: str,
    access_needs: str,
    language: str,
    held_reason: str = "",
    attempt_id: uuid.UUID | None = None,
) -> EventSignUp | None:
    """Store a sign-up and the mail with its link; None when this attempt was accepted before.

    It does not look whether the mailbox has a place or whether any is free, so nobody learns that from the answer.
    """
    key = record_key_for(owner_kind=KEY_OWNER, owner_id=event.pk)
    with transaction.atomic():
        if not spend_token(attempt_id):
            return None
        row = EventSignUp.objects.create(
            event=event,
            name=name,
            email=email,
            access_needs=access_needs,
            email_fingerprint=email_fingerprint(key, email),
            language=language,
            held_reason=held_reason,
        )
        if not held_reason:
            _send_link(row)
    return row


def _send_link(row: EventSignUp) -> bool:
    """Return whether there is a mail: none when the mailbox has too many of them waiting."""
    ends_at = emails.send_confirm_link(row)
    if ends_at is not None:
        EventSignUp.objects.filter(pk=row.pk).update(expires_at=ends_at)
    return ends_at is not None


def confirm(*, sign_up_id: int, now: datetime | None = None) -> bool:
    """Carry out the button of the mail: a place, or one on the waiting list. False when there was nothing to do."""
    now = now or timezone.now()
    with transaction.atomic():
        event = _locked_event(sign_up_id)
        row = EventSignUp.objects.select_for_update().filter(pk=sign_up_id).first()
        if event is None or row is None or not can_be_confirmed(row, event, now):
            return False
        held = EventSignUp.objects.filter(
            event=event, email_fingerprint=row.email_fingerprint, state__in=ACTIVE
        ).first()
        if held is not None:
            _take_over(held, row)
            return True
        row.event, row.state, row.confirmed_at, row.told = event, _state_for_next(event), now, event.version
        row.save(update_fields=["state", "confirmed_at", "told"])
        emails.send_place(row)
    return True


def can_be_confirmed(row: EventSignUp, event: Event, now: datetime) -> bool:
    is_waiting = row.state == PlaceState.PENDING and bool(row.email) and row.expires_at > now
    return is_waiting and not event.is_cancelled and event.ends_at > now


def _locked_event(sign_up_id: int) -> Event | None:
    return Event.objects.select_for_update(of=("self",)).filter(sign_ups=sign_up_id).first()


def _take_over(held: EventSignUp, row: EventSignUp) -> None:
    """A mailbox has one place; what its owner confirmed last is what they want us to know, and the mail comes anew."""
    held.name, held.access_needs, held.language = row.name, row.access_needs, row.language
    held.save(update_fields=["name", "access_needs", "language"])
    emails.send_place(held, asked_again=row.pk)
    _end(row, PlaceState.REPEATED)


def _state_for_next(event: Event) -> PlaceState:
    if event.seats is None:
        return PlaceState.CONFIRMED
    taken = EventSignUp.objects.filter(event=event, state__in=ACTIVE).count()
    return PlaceState.CONFIRMED if taken < event.seats else PlaceState.WAITING


def give_back(*, sign_up_id: int) -> bool:
    """End a place and delete at once what we know of the person; the next who waits gets it. False: none to end."""
    with transaction.atomic():
        event = _locked_event(sign_up_id)
        row = EventSignUp.objects.select_for_update().filter(pk=sign_up_id, state__in=ACTIVE).first()
        if event is None or row is None:
            return False
        _end(row, PlaceState.CANCELLED)
        fill_places(event)
    return True


def erase(row: EventSignUp) -> None:
    """Forget the person: a place is given back, so that whoever waits gets it; any other row keeps its state alone."""
    with transaction.atomic():
        if not give_back(sign_up_id=row.pk):
            _end(row, PlaceState(row.state))


def _end(row: EventSignUp, state: PlaceState) -> None:
    """Delete all that is known of the person, the fingerprint that would recognise their mailbox included."""
    EventSignUp.objects.filter(pk=row.pk).update(state=state, email_fingerprint="")
    blank(row)


def fill_places(event: Event) -> int:
    """Give free places to those who wait longest, inside the caller's transaction; return to how many."""
    if event.is_cancelled or event.is_over:
        return 0
    places = EventSignUp.objects.filter(event=event)
    waiting = places.filter(state=PlaceState.WAITING).order_by("confirmed_at", "pk")
    if event.seats is not None:
        free = event.seats - places.filter(state=PlaceState.CONFIRMED).count()
        waiting = waiting[: max(free, 0)]
    moved = list(waiting)
    for row in moved:
        row.event, row.state, row.told = event, PlaceState.CONFIRMED, event.version
        row.reminders = reminders_due(event, timezone.now())  # the mail about the place says the same
        row.save(update_fields=["state", "told", "reminders"])
        emails.send_place(row, came_free=True)
    return len(moved)


def reminders_due(event: Event, now: datetime) -> int:
    """Return how many are due by now: 0 none, 1 the one of the day before, 2 also the one of the last hour."""
    if event.online_link and event.starts_at <= now + LAST_HOUR:
        return 2
    return 1 if event.starts_at <= now + DAY_BEFORE else 0


def release_held(*, event: Event, user: AbstractBaseUser | AnonymousUser | None, now: datetime | None = None) -> int:
    """A person lets those go on that were held for their number. Returns how many get a mail now.

    Never what filled in the hidden field: programs type other people's addresses.
    """
    now = now or timezone.now()
    with transaction.atomic():
        held = EventSignUp.objects.select_for_update(of=("self",)).filter(
            event=event, state=PlaceState.PENDING, held_reason=HeldReason.LIMIT, expires_at__gt=now
        )
        sent = [one.pk for one in held.order_by("created_at", "pk")[:RELEASED_AT_ONCE] if _send_link(one)]
        EventSignUp.objects.filter(pk__in=sent).update(held_reason="")
        if sent:
            subject = f"held places of event {event.pk}"
            record_access(user=user, verb="release sign-ups", subject=subject, reason="", count=len(sent))
    return len(sent)


def forget(now: datetime) -> None:
    """Delete what was never confirmed, and the keys of events 30 days after them: nobody can be matched any more."""
    EventSignUp.objects.filter(state=PlaceState.PENDING, expires_at__lt=now).delete()
    alive = RecordKey.objects.filter(owner_kind=KEY_OWNER, destroyed_at=None).values("owner_id")
    for pk in list(Event.objects.filter(pk__in=alive, ends_at__lt=now - KEPT_AFTER).values_list("pk", flat=True)):
        destroy_record_key(KEY_OWNER, pk)
