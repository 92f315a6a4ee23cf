"""Many people at the same moment: never more places than seats, never two for one mailbox."""

from __future__ import annotations

import pytest

from actions.events.models import Event, EventSignUp
from actions.events.services import confirm, give_back
from tests.factories.events import asked, make_event
from tests.factories.subscribers import known_sender
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def event() -> Event:
    known_sender()
    return make_event(seats=3)


def states() -> list[str]:
    return sorted(EventSignUp.objects.values_list("state", flat=True))


def test_there_are_never_more_places_than_seats(event):
    rows = [asked(event).pk for _ in range(10)]
    at_once(10, lambda number: confirm(sign_up_id=rows[number]))
    assert states() == ["confirmed"] * 3 + ["waiting"] * 7


def test_one_mailbox_pressing_ten_buttons_has_one_place(event):
    Event.objects.update(seats=None)
    rows = [asked(event, email="one@guest.example", held_reason="limit").pk for _ in range(10)]
    at_once(10, lambda number: confirm(sign_up_id=rows[number]))
    assert states() == ["confirmed"] + ["repeated"] * 9


def test_places_given_back_at_once_go_to_those_who_wait_longest(event):
    rows = [asked(event).pk for _ in range(9)]
    for pk in rows:
        confirm(sign_up_id=pk)
    at_once(3, lambda number: give_back(sign_up_id=rows[number]))
    assert states() == ["cancelled"] * 3 + ["confirmed"] * 3 + ["waiting"] * 3
    assert set(EventSignUp.objects.filter(state="confirmed").values_list("pk", flat=True)) == set(rows[3:6])
