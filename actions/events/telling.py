"""What everybody with a place is told: changes five minutes after they were saved, a reminder a day and an hour before.

Jobs make at most BATCH mails a minute; each row carries what it was told, so a run that is cut off goes on from there.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import F, Q, QuerySet

from actions.events import emails
from actions.events.models import TOLD, Event, EventSignUp
from actions.events.services import DAY_BEFORE, LAST_HOUR, fill_places, reminders_due
from actions.events.states import ACTIVE, PlaceState
from actions.outbox.models import OutboxMessage
from actions.outbox.states import NOT_WANTED

EVERY = timedelta(minutes=1)
BATCH = 200
# So that a slip of the pen which is mended at once makes one mail, not two, and none where all is as it was.
SETTLED_AFTER = timedelta(minutes=5)


def note_change(event: Event, *, before: Event | None, now: datetime) -> bool:
    """Raise the version of an event that is about to be saved if people must hear of it; return whether it was."""
    if before is None or all(getattr(before, name) == getattr(event, name) for name in TOLD):
        return False
    event.version, event.changed_at = before.version + 1, now
    event.said_before = {**before.said_before, str(before.version): before.digest}
    return True


def must_hear(row: EventSignUp, event: Event) -> bool:
    """Whether what somebody was told last is not what holds now."""
    return row.told < event.version and event.said_before.get(str(row.told)) != event.digest


def tell_changes(now: datetime) -> int:
    """Write to those who know an earlier version; return how many mails were made."""
    behind = EventSignUp.objects.filter(
        state__in=ACTIVE,
        told__lt=F("event__version"),
        event__changed_at__lte=now - SETTLED_AFTER,
        event__ends_at__gt=now,
    )
    return sum(_tell(pk, now) for pk in _first(behind))


def _tell(pk: int, now: datetime) -> bool:
    with transaction.atomic():
        row = _locked(pk)
        if row is None or row.told >= row.event.version:
            return False
        is_news = must_hear(row, row.event) or _missed_a_mail(row)
        row.told = row.event.version
        if is_news:
            row.reminders = reminders_due(row.event, now)
            emails.send_change(row)
        row.save(update_fields=["told", "reminders"])
    return is_news


def _missed_a_mail(row: EventSignUp) -> bool:
    """Whether one that was still to leave was dropped because something else held when its turn came."""
    mine = [Q(dedupe_key__startswith=f"{start}:{row.pk}:") for start in emails.PLACE_KEYS]
    return OutboxMessage.objects.filter(reduce(or_, mine), held_reason=NOT_WANTED).exists()


def remind(now: datetime) -> int:
    """Remind who has a place: the day before, and in the last hour where it is online; return how many mails.

    Who confirmed within that time has just had the same mail, and is left alone.
    """
    coming = EventSignUp.objects.filter(
        state=PlaceState.CONFIRMED, event__is_cancelled=False, event__starts_at__gt=now, told=F("event__version")
    )
    tomorrow = coming.filter(reminders=0, event__starts_at__lte=now + DAY_BEFORE)
    soon = coming.filter(reminders__lt=2, event__starts_at__lte=now + LAST_HOUR).exclude(event__online_link="")
    return sum(_remind(pk, now) for pk in dict.fromkeys([*_first(soon), *_first(tomorrow)]))


def _remind(pk: int, now: datetime) -> bool:
    with transaction.atomic():
        row = _locked(pk)
        stage = reminders_due(row.event, now) if row else 0
        if row is None or row.state != PlaceState.CONFIRMED or row.reminders >= stage:
            return False
        ahead = LAST_HOUR if stage == 2 else DAY_BEFORE
        row.reminders = stage
        row.save(update_fields=["reminders"])
        if row.confirmed_at is None or row.confirmed_at > row.event.starts_at - ahead:
            return False
        emails.send_reminder(row, stage=stage)
    return True


def fill_all(now: datetime) -> None:
    """Give places that became free by an editor's hand, such as a larger room, to those who wait."""
    waiting = EventSignUp.objects.filter(state=PlaceState.WAITING, event__ends_at__gt=now)
    for pk in list(waiting.order_by().values_list("event", flat=True).distinct()):
        with transaction.atomic():
            fill_places(Event.objects.select_for_update().get(pk=pk))


def is_expected(sign_up_id: int) -> bool:
    """Return whether a mail about a place is still true: the place stands, and nothing has changed since."""
    row = EventSignUp.objects.select_related("event").filter(pk=sign_up_id, state__in=ACTIVE).first()
    return row is not None and row.told == row.event.version and not row.event.is_over


def _first(rows: QuerySet[EventSignUp]) -> list[int]:
    return list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH])


def _locked(pk: int) -> EventSignUp | None:
    rows = EventSignUp.objects.select_for_update(of=("self",)).select_related("event")
    return rows.filter(pk=pk, state__in=ACTIVE).first()
