"""What the events room offers to the others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from wagtail.permissions import register_permission_policy

from actions import registry
from actions.events import emails, readiness, telling
from actions.events.calendar_file import attached
from actions.events.confirming import PlaceConfirmation, PlaceGivenBack, is_waiting
from actions.events.exporting import PlacesExport
from actions.events.models import KEY_OWNER, Event, EventSignUp
from actions.events.services import erase, forget
from actions.privacy.fingerprints import email_fingerprint, live_record_keys
from actions.privacy.retention import retire
from actions.representatives.permissions import KeptPolicy


def _find(email: str) -> Iterator[EventSignUp]:
    for event_id, key in live_record_keys(KEY_OWNER):
        fingerprint = email_fingerprint(key, email)
        yield from EventSignUp.objects.select_related("event").filter(event=event_id, email_fingerprint=fingerprint)


def _tell(row: EventSignUp) -> dict[str, str]:
    return {
        "event": row.event.name_en,
        "name": row.name,
        "email": row.email,
        "access_needs": row.access_needs,
        "language": row.language,
        "state": row.state,
    }


def _tell_and_remind(now: datetime) -> None:
    telling.tell_changes(now)
    telling.remind(now)
    telling.fill_all(now)


def register() -> None:
    # Places refer to their event for good; editors cancel it instead of deleting it.
    register_permission_policy(Event, KeptPolicy(Event), exact_class=True)
    registry.register_export(PlacesExport())
    registry.register_readiness(Event._meta.label, readiness.about_event)
    registry.register_confirm_handler(PlaceConfirmation())
    registry.register_confirm_handler(PlaceGivenBack())
    registry.register_attachment(emails.CALENDAR, attached)
    registry.register_wanted(emails.CONFIRM_KIND, is_waiting)
    for kind in (emails.PLACE_KIND, emails.REMINDER_KIND, emails.CHANGE_KIND):
        registry.register_wanted(kind, telling.is_expected)
    registry.register_job(registry.PeriodicJob("events.tell", telling.EVERY, _tell_and_remind))
    registry.register_job(registry.PeriodicJob("events.forget", timedelta(hours=1), forget))
    registry.register_source(
        registry.PersonalDataSource(
            name="events",
            model=EventSignUp,
            find=_find,
            tell=_tell,
            erase=erase,
            retire=lambda now: retire(EventSignUp, now),
        )
    )
