"""Events in the near future and who comes to them; every address is invented and lives at a reserved domain."""

from __future__ import annotations

import itertools
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from actions.events.models import Event, EventSignUp
from actions.events.services import confirm, sign_up

LINK = "https://meet.example/secret-room"
_numbers = itertools.count(1)


def make_event(**changes: Any) -> Event:
    """A webinar in ten days, at seven in the evening in Toronto."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "name_en": "Evening for writers",
        "name_fr": "Soirée d’écriture",
        "name_zh": "寫信夜",
        "slug": f"evening-{number}",
        "day": timezone.localdate() + timedelta(days=10),
        "begins": time(19),
        "ends": time(20, 30),
        "zone": "America/Toronto",
        "online_link": LINK,
        **changes,
    }
    event = Event(**values)
    event.full_clean()
    event.save()
    return event


def beginning(moment: datetime, **changes: Any) -> Event:
    """An event of an hour that begins at that moment."""
    there = moment.astimezone(ZoneInfo("America/Toronto")).replace(second=0, microsecond=0)
    ends = (there + timedelta(hours=1)).time()
    return make_event(day=there.date(), begins=there.time(), ends=ends, **changes)


def asked(event: Event, **changes: Any) -> EventSignUp:
    """Somebody who filled in the form and has not pressed the button of the mail."""
    values: dict[str, Any] = {
        "name": "陳大文",
        "email": f"guest{next(_numbers)}@guest.example",
        "access_needs": "",
        "language": "en",
    }
    return sign_up(event=event, **{**values, **changes})


def coming(event: Event, **changes: Any) -> EventSignUp:
    """Somebody who confirmed; a place or the waiting list, as the event has room."""
    row = asked(event, **changes)
    confirm(sign_up_id=row.pk)
    return EventSignUp.objects.select_related("event").get(pk=row.pk)
