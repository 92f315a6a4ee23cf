"""The file for calendars and the times in words: true in every zone, over midnight and over the change of clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from icalendar import Calendar

from actions.events.models import Event
from actions.events.states import Zone
from actions.events.telling import note_change
from actions.events.times import elsewhere, when
from tests.factories.events import LINK, make_event
from tests.factories.pages import CODES

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("code", CODES)
def test_everybody_gets_the_file_without_the_link(client, event, code):
    response = client.get(f"/{code}/act/events/evening/calendar.ics")
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/calendar")
    assert not response.cookies
    calendar = Calendar.from_ical(response.content)
    entry = next(iter(calendar.walk("VEVENT")))
    assert str(entry["summary"]) == {"en": "Evening for writers", "fr": "Soirée d’écriture", "zh-hant": "寫信夜"}[code]
    assert entry.decoded("dtstart").astimezone(UTC) == event.starts_at
    assert list(calendar.walk("VTIMEZONE"))
    assert b"secret-room" not in response.content.replace(b"\r\n ", b"")


def test_what_an_editor_types_is_what_the_clock_there_shows(db):
    event = make_event(day=date(2027, 7, 2), begins=time(19), ends=time(20), zone="America/Vancouver")
    assert event.starts_at == datetime(2027, 7, 3, 2, 0, tzinfo=UTC)
    winter = make_event(day=date(2027, 1, 2), begins=time(23), ends=time(0, 30), zone="America/St_Johns")
    assert winter.starts_at == datetime(2027, 1, 3, 2, 30, tzinfo=UTC)
    assert winter.ends_at == datetime(2027, 1, 3, 4, 0, tzinfo=UTC)


def test_who_lives_elsewhere_reads_their_own_time_and_day(db):
    event = make_event(day=date(2027, 7, 2), begins=time(21), ends=time(22), zone="America/Vancouver")
    there = {one.zone: (one.clock, one.day) for one in elsewhere(event)}
    assert len(there) == len(Zone) - 1
    assert there["Eastern time (Toronto, Montréal)"] == ("midnight", "July 3, 2027")
    assert there["Mountain time (Edmonton, Calgary)"] == ("10 p.m.", "")
    assert there["Newfoundland time (St. John’s)"] == ("1:30 a.m.", "July 3, 2027")


def test_a_place_alone_needs_no_other_time(db):
    assert elsewhere(make_event(online_link="", place_en="1 Invented Street")) == []


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("en", "Friday, July 2, 2027, 7 p.m. to 8:30 p.m., Eastern time (Toronto, Montréal)"),
        ("fr", "vendredi 2 juillet 2027, de 19 h à 20 h 30, heure de l’Est (Toronto, Montréal)"),
        ("zh-hant", "2027年7月2日（星期五）"),
    ],
)
def test_the_time_is_said_in_each_language(db, code, words):
    event = make_event(day=date(2027, 7, 2))
    with translation.override(code):
        assert words in when(event).replace("\u00a0", " ")


def test_an_event_is_somewhere(db):
    with pytest.raises(ValidationError, match="Give a place"):
        make_event(online_link="")


def test_a_link_that_is_no_web_address_is_refused(db):
    with pytest.raises(ValidationError):
        make_event(online_link="javascript:alert(1)")


@pytest.mark.parametrize("path", ["", "calendar.ics"])
def test_few_queries(client, event, path):
    url = f"/en/act/events/{event.slug}/{path}"
    client.get(url)
    with CaptureQueriesContext(connection) as made:
        page = client.get(url)
    assert len(made) <= 5
    assert LINK not in page.content.decode()
    assert Event.objects.count() == 1


@pytest.mark.parametrize(("begins", "ends"), [((2, 30), (3, 15)), ((1, 0), (2, 30))])
@pytest.mark.parametrize("zone", ["America/Toronto", "America/St_Johns"])
def test_a_time_that_the_clocks_skip_is_refused(db, begins, ends, zone):
    with pytest.raises(ValidationError, match="skip this time"):
        make_event(day=date(2027, 3, 14), begins=time(*begins), ends=time(*ends), zone=zone)


def test_where_they_do_not_change_it_is_a_time_like_any_other(db):
    event = make_event(day=date(2027, 3, 14), begins=time(2, 30), ends=time(3, 15), zone="America/Regina")
    assert event.ends_at - event.starts_at == timedelta(minutes=45)


def test_a_time_that_comes_twice_is_the_first_one_and_no_change_when_it_is_saved_again(db):
    event = make_event(day=date(2027, 11, 7), begins=time(1, 30), ends=time(3))
    assert (event.starts_at.hour, event.ends_at.hour) == (5, 8)
    again = Event.objects.get()
    again.full_clean()
    assert not note_change(again, before=event, now=timezone.now())
    assert not note_change(again, before=Event.objects.get(), now=timezone.now())
