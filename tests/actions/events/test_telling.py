"""Changes and reminders: everybody with a place hears of it once, and nobody else does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from actions.events.models import Event, EventSignUp
from actions.events.services import give_back
from actions.events.telling import SETTLED_AFTER, fill_all, note_change, remind, tell_changes
from actions.outbox.models import OutboxMessage
from actions.outbox.worker import Worker
from tests.actions.events.conftest import newest_mail
from tests.factories.events import LINK, asked, beginning, coming

pytestmark = pytest.mark.django_db


def change(event: Event, **changes) -> Event:
    """As the editors' form does."""
    before, after = Event.objects.get(pk=event.pk), Event.objects.get(pk=event.pk)
    for name, value in changes.items():
        setattr(after, name, value)
    after.full_clean()
    note_change(after, before=before, now=timezone.now())
    after.save()
    return after


def sent() -> list[str]:
    """Subjects of what leaves now."""
    mail.outbox.clear()
    Worker().drain()
    return [message.subject for message in mail.outbox]


@pytest.fixture
def later():
    return timezone.now() + SETTLED_AFTER + timedelta(minutes=1)  # a busy machine takes seconds until the change


def test_everybody_with_a_place_hears_of_a_change_once(event, later):
    person, waiting = coming(event), asked(event)
    gone = coming(event)
    give_back(sign_up_id=gone.pk)
    sent()
    change(event, day=event.day + timedelta(days=1))
    assert tell_changes(timezone.now()) == 0  # so that a slip can be mended
    assert tell_changes(later) == 1
    assert tell_changes(later) == 0
    assert sent() == ["Changed: Evening for writers"]
    assert mail.outbox[0].to == [person.email]
    assert LINK in mail.outbox[0].body
    assert EventSignUp.objects.get(pk=waiting.pk).told == 0


def test_two_changes_in_five_minutes_are_one_mail(event, later):
    coming(event)
    sent()
    change(event, place_en="1 Invented Street")
    change(event, place_en="2 Invented Street")
    assert tell_changes(later) == 1
    assert sent() == ["Changed: Evening for writers"]
    assert "2 Invented Street" in mail.outbox[0].body


def test_a_change_that_is_taken_back_in_five_minutes_is_no_mail(event, later):
    coming(event)
    sent()
    place = event.place_en
    remind(event.starts_at - timedelta(hours=23))
    sent()
    change(event, place_en="1 Invented Street")
    change(event, place_en=place)
    assert tell_changes(later) == 0
    assert sent() == []
    row = EventSignUp.objects.get()
    assert (row.told, row.reminders) == (3, 1)  # who was reminded is not reminded again
    change(event, place_en="2 Invented Street")
    assert tell_changes(later + timedelta(minutes=6)) == 1


def test_one_that_was_told_already_is_told_back(event, later):
    coming(event)
    sent()
    change(event, place_en="1 Invented Street")
    tell_changes(later)
    sent()
    change(event, place_en="")
    assert tell_changes(later + timedelta(minutes=6)) == 1
    assert sent() == ["Changed: Evening for writers"]


def test_who_missed_a_mail_meanwhile_hears_all_the_same(event, later):
    """The mail about their place was to leave just then, and was dropped as overtaken."""
    coming(event)
    change(event, place_en="1 Invented Street")
    assert sent() == []
    change(event, place_en=event.place_en)
    assert tell_changes(later) == 1
    assert sent() == ["Changed: Evening for writers"]


def test_who_signed_up_in_between_hears_of_it(event, later):
    change(event, place_en="1 Invented Street")
    coming(Event.objects.get())
    sent()
    change(event, place_en=event.place_en)
    assert tell_changes(later) == 1


@pytest.mark.parametrize("changes", [{"name_en": "Other"}, {"seats": 5}, {"takes_sign_ups": False}])
def test_what_matters_to_nobody_is_not_told(event, later, changes):
    coming(event)
    assert change(event, **changes).version == 1
    assert tell_changes(later) == 0


def test_a_cancelled_event_is_told_and_its_calendar_entry_withdrawn(event, later):
    coming(event)
    sent()
    change(event, is_cancelled=True)
    assert tell_changes(later) == 1
    assert sent() == ["Cancelled: Evening for writers"]
    message = mail.outbox[0]
    content = message.attachments[0][1]
    assert "STATUS:CANCELLED" in (content if isinstance(content, str) else content.decode())
    assert LINK not in message.body
    assert remind(event.starts_at - timedelta(hours=20)) == 0


def test_a_mail_that_a_change_overtook_does_not_leave(event):
    coming(event)
    change(event, day=event.day + timedelta(days=1))
    mail.outbox.clear()
    Worker().drain()
    assert [message.subject for message in mail.outbox] == []
    assert set(OutboxMessage.objects.filter(kind="event.place").values_list("held_reason", flat=True)) == {"not-wanted"}


def test_reminders_come_a_day_and_an_hour_before(event):
    person = coming(event)
    asked(event)
    sent()
    assert remind(event.starts_at - timedelta(hours=25)) == 0
    for _ in range(2):
        remind(event.starts_at - timedelta(hours=23))
    assert sent() == ["Tomorrow: Evening for writers"]
    assert mail.outbox[0].to == [person.email]
    assert remind(event.starts_at - timedelta(hours=2)) == 0
    for _ in range(2):
        remind(event.starts_at - timedelta(minutes=50))
    assert sent() == ["Soon: Evening for writers"]
    assert LINK in mail.outbox[0].body
    assert remind(event.starts_at + timedelta(minutes=1)) == 0


def test_where_one_has_to_travel_there_is_no_reminder_in_the_last_hour(event):
    change(event, online_link="", place_en="1 Invented Street")
    event.refresh_from_db()
    coming(event)
    assert remind(event.starts_at - timedelta(hours=23)) == 1
    assert remind(event.starts_at - timedelta(minutes=50)) == 0


def test_who_signed_up_just_before_is_not_reminded_at_once(db):
    event = beginning(timezone.now() + timedelta(hours=5))
    coming(event)
    assert remind(timezone.now()) == 0
    assert remind(event.starts_at - timedelta(minutes=50)) == 1


def test_nor_is_who_gets_a_place_that_came_free_in_the_last_hours(db):
    event = beginning(timezone.now() + timedelta(hours=5), seats=1)
    first, second = coming(event), coming(event)
    EventSignUp.objects.update(confirmed_at=timezone.now() - timedelta(days=3))
    sent()
    give_back(sign_up_id=first.pk)
    remind(timezone.now())
    assert sent() == ["A place came free for you: Evening for writers"]
    assert remind(event.starts_at - timedelta(minutes=50)) == 1
    assert EventSignUp.objects.get(pk=second.pk).reminders == 2


def test_a_worker_that_slept_sends_one_reminder(event):
    coming(event)
    assert remind(event.starts_at - timedelta(minutes=50)) == 1
    assert remind(event.starts_at - timedelta(minutes=49)) == 0
    sent()
    assert EventSignUp.objects.get().reminders == 2


def test_a_moved_event_is_reminded_of_anew(event, later):
    coming(event)
    remind(event.starts_at - timedelta(hours=23))
    moved = change(event, day=event.day + timedelta(days=7))
    tell_changes(later)
    assert remind(moved.starts_at - timedelta(hours=30)) == 0
    assert remind(moved.starts_at - timedelta(hours=23)) == 1


def test_a_larger_room_lets_those_in_who_wait(event):
    Event.objects.update(seats=1)
    rows = [coming(Event.objects.get()) for _ in range(3)]
    Event.objects.update(seats=2)
    fill_all(timezone.now())
    states = [EventSignUp.objects.get(pk=row.pk).state for row in rows]
    assert states == ["confirmed", "confirmed", "waiting"]
    assert "A place came free" in newest_mail().subject


def test_the_jobs_are_registered():
    from actions import registry

    assert {"events.tell", "events.forget"} <= {job.name for job in registry.jobs()}
