"""Asking for a place, getting and giving it back: only mailed links act, and the form tells nobody anything."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from actions.events.models import Event, EventSignUp
from actions.events.services import confirm, forget, give_back, release_held
from actions.outbox.models import OutboxMessage
from actions.outbox.worker import Worker
from actions.privacy.models import AccessLog, RecordKey
from actions.privacy.retention import retire_all
from actions.privacy.services import erase, tell
from actions.protection.tokens import issue_token
from tests.actions.events.conftest import ADDRESS, ORIGIN, confirm_link, newest_mail
from tests.factories.events import LINK, asked, coming, make_event
from tests.factories.pages import CODES

pytestmark = pytest.mark.django_db


def state(row: EventSignUp) -> str:
    return EventSignUp.objects.get(pk=row.pk).state


def test_only_the_button_in_the_mail_gives_a_place(client, ask):
    response = ask()
    assert (response.status_code, response["Location"]) == (303, "/en/act/check-your-inbox/")
    link = confirm_link()
    assert LINK not in mail.outbox[-1].body
    for _ in range(3):
        assert "Press the button" in client.get(link).content.decode()
        client.head(link, headers={"Purpose": "prefetch"})
    row = EventSignUp.objects.get()
    assert row.state == "pending"
    assert client.post(link, {}, **ORIGIN).status_code == 303
    assert state(row) == "confirmed"
    page = client.get(link).content.decode()
    assert "You have a place" in page
    assert LINK not in page
    client.post(link, {}, **ORIGIN)
    assert EventSignUp.objects.count() == 1


@pytest.mark.parametrize("code", CODES)
def test_the_mail_about_the_place_has_all_that_is_needed(client, ask, event, code):
    ask(code)
    client.post(confirm_link(), {}, **ORIGIN)
    message = newest_mail()
    names = {"en": "Evening for writers", "fr": "Soirée d’écriture", "zh-hant": "寫信夜"}
    assert names[code] in message.subject
    assert LINK in message.body
    name, content, kind = message.attachments[0]
    assert (name, kind) == ("evening.ics", "text/calendar")
    text = content if isinstance(content, str) else content.decode()
    assert LINK in text.replace("\r\n ", "")
    assert "TZID:America/Toronto" in text


@pytest.mark.parametrize("code", CODES)
def test_a_place_is_given_back_by_the_mailed_link(client, ask, event, code):
    ask(code)
    client.post(confirm_link(), {}, **ORIGIN)
    link = confirm_link()
    for _ in range(3):
        assert client.get(link).status_code == 200
    row = EventSignUp.objects.get()
    assert row.state == "confirmed"
    assert client.post(link, {}, **ORIGIN).status_code == 303
    row.refresh_from_db()
    assert (row.state, row.name, row.email, row.access_needs) == ("cancelled", "", "", "")
    assert row.email_fingerprint == ""  # nobody can find out any more that this mailbox once asked
    assert client.get(link).status_code == 200
    assert not give_back(sign_up_id=row.pk)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "Enter your name"),
        ({"name": "see www.evil.example/x"}, "web address"),
        ({"email": "nobody"}, "Check the e-mail address"),
        ({"access_needs": "x" * 501}, "500"),
    ],
)
def test_what_cannot_be_taken_is_said_and_kept(ask, changes, words):
    response = ask(**changes)
    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert "no-store" in response["Cache-Control"]
    assert "Captions, please" in page or "access_needs" in changes
    assert not EventSignUp.objects.exists()


def test_the_answer_is_the_same_for_everybody(client, ask, event):
    Event.objects.update(seats=1)
    coming(event, email=ADDRESS)
    answers = [ask(), ask(email="other@guest.example"), ask(website="http://spam.example")]
    assert {(one.status_code, one["Location"], one.content) for one in answers} == {
        (303, "/en/act/check-your-inbox/", b"")
    }


def test_a_known_and_an_unknown_mailbox_cost_the_same_queries(client, ask, event):
    coming(event, email=ADDRESS)
    ask(email="warm@guest.example")
    counts = []
    for address in (ADDRESS, "unknown@guest.example"):
        with CaptureQueriesContext(connection) as made:
            ask(email=address)
        counts.append(len(made))
    assert counts[0] == counts[1]


def test_a_form_sent_twice_is_one_sign_up(ask):
    token = issue_token("event")
    ask(form_token=token)
    ask(form_token=token)
    assert EventSignUp.objects.count() == 1


def test_a_mailbox_has_one_place_with_what_it_said_last(event):
    first = coming(event, email=ADDRESS, name="First")
    second = coming(event, email="Tai-Man@guest.example", name="Second", access_needs="Ramp")
    assert (state(first), state(second)) == ("confirmed", "repeated")
    first.refresh_from_db()
    assert (first.name, first.access_needs) == ("Second", "Ramp")
    assert EventSignUp.objects.get(pk=second.pk).email == ""
    Worker().drain()
    places = [message for message in mail.outbox if message.subject == "You have a place: Evening for writers"]
    assert len(places) == 2  # who signs up again has perhaps lost the first one
    assert all(LINK in message.body for message in places)


def test_who_comes_when_all_is_full_waits_and_moves_up(event):
    Event.objects.update(seats=1)
    first, second, third = (coming(event) for _ in range(3))
    assert [state(row) for row in (first, second, third)] == ["confirmed", "waiting", "waiting"]
    Worker().drain()
    waiting = [message for message in mail.outbox if "waiting list" in message.subject]
    assert len(waiting) == 2
    assert all(LINK not in message.body for message in waiting)
    give_back(sign_up_id=first.pk)
    assert [state(row) for row in (second, third)] == ["confirmed", "waiting"]
    message = newest_mail()
    assert "A place came free for you" in message.subject
    assert LINK in message.body


@pytest.mark.parametrize("changes", [{"is_cancelled": True}, {"takes_sign_ups": False}])
def test_a_closed_event_takes_nobody(client, ask, event, changes):
    row = asked(event)
    Event.objects.update(**changes)
    assert ask().status_code == 422
    assert 'data-action="event"' not in client.get("/en/act/events/evening/").content.decode()
    # Who asked in time and has the link may still come, unless there is nothing to come to.
    assert confirm(sign_up_id=row.pk) == ("is_cancelled" not in changes)


def test_a_link_after_the_event_says_so(client, ask, event):
    ask()
    link = confirm_link()
    Event.objects.update(starts_at=timezone.now() - timedelta(hours=3), ends_at=timezone.now() - timedelta(hours=1))
    page = client.get(link)
    assert page.status_code == 200
    assert "came too late" in page.content.decode()
    client.post(link, {}, **ORIGIN)
    assert EventSignUp.objects.get().state == "pending"


def test_what_is_held_waits_for_a_person(event, admin_user):
    held, program = asked(event, held_reason="limit"), asked(event, held_reason="honeypot")
    assert not OutboxMessage.objects.exists()
    assert release_held(event=event, user=admin_user) == 1
    assert EventSignUp.objects.get(pk=held.pk).held_reason == ""
    assert EventSignUp.objects.get(pk=program.pk).held_reason == "honeypot"
    assert OutboxMessage.objects.count() == 1
    assert AccessLog.objects.get().verb == "release sign-ups"


def test_what_is_not_confirmed_is_deleted_after_seven_days(event):
    row, other = asked(event), coming(event)
    forget(row.expires_at + timedelta(seconds=1))
    assert list(EventSignUp.objects.all()) == [other]


def test_thirty_days_after_the_event_nobody_is_known_any_more(event):
    row = coming(event, email=ADDRESS)
    for days, address in ((29, ADDRESS), (31, "")):
        now = event.ends_at + timedelta(days=days)
        retire_all(now)
        forget(now)
        assert EventSignUp.objects.get(pk=row.pk).email == address
    row.refresh_from_db()
    assert (row.name, row.email, row.language, row.state) == ("", "", "", "confirmed")
    assert RecordKey.objects.get(owner_kind="event").destroyed_at


def test_a_person_is_told_what_is_held_and_can_be_forgotten(event):
    coming(event, email=ADDRESS, access_needs="Ramp")
    coming(make_event(), email=ADDRESS)
    held = [row for row in tell(ADDRESS) if row.source == "events"]
    assert len(held) == 2
    assert held[0].content["access_needs"] == "Ramp"
    assert erase(ADDRESS) >= 2
    assert not EventSignUp.objects.exclude(email__isblank=True).exists()
    assert set(EventSignUp.objects.values_list("state", flat=True)) == {"cancelled"}


def test_an_unknown_event_is_not_found(client):
    for path in ("/en/act/events/nowhere/", "/en/act/events/nowhere/calendar.ics"):
        assert client.get(path).status_code == 404
