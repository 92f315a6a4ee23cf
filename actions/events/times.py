"""When an event is, in words: in its own zone with the zone's name, and for who follows it from elsewhere in Canada.

Worked out on the server, so that everybody reads the same and no script asks a browser where it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from actions.events.models import Event
from actions.events.states import Zone
from home.languages import current_language


@dataclass(frozen=True)
class TimeThere:
    """The beginning by the clocks of one zone; ``day`` is blank where it is the event's own day."""

    zone: str
    clock: str
    day: str


def local(event: Event, moment: datetime) -> datetime:
    return moment.astimezone(ZoneInfo(event.zone))


def day_of(event: Event) -> str:
    """Weekday and date, in the active language."""
    starts = local(event, event.starts_at)
    return _("%(weekday)s, %(date)s") % {"weekday": date_format(starts, "l"), "date": date_format(starts)}


def hours_of(event: Event) -> str:
    """From when to when, with the name of the zone."""
    return _("%(begins)s to %(ends)s, %(zone)s") % {
        "begins": _clock(local(event, event.starts_at)),
        "ends": _clock(local(event, event.ends_at)),
        "zone": Zone(event.zone).label,
    }


def when(event: Event) -> str:
    """Day, hours and zone in one line, in the active language."""
    return _("%(day)s, %(hours)s") % {"day": day_of(event), "hours": hours_of(event)}


def elsewhere(event: Event) -> list[TimeThere]:
    """The beginning in all other zones of Canada, west to east; nothing for what is held at a place alone."""
    if not event.online_link:
        return []
    own_day = local(event, event.starts_at).date()
    found = []
    for zone in Zone:
        there = event.starts_at.astimezone(ZoneInfo(zone.value))
        if zone != event.zone:
            day = date_format(there) if there.date() != own_day else ""
            found.append(TimeThere(str(zone.label), _clock(there), day))
    return found


def _clock(moment: datetime) -> str:
    """As each language writes it; Django's French is that of France.

    https://vitrinelinguistique.oqlf.gouv.qc.ca/21249/la-typographie/nombres/ecriture-de-lheure
    """
    if current_language() == "fr":
        return date_format(moment, "G\u00a0\\h\u00a0i" if moment.minute else "G\u00a0\\h")
    return date_format(moment, "TIME_FORMAT")
