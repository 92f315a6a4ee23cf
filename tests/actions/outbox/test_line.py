"""Who is next: the oldest of each recipient, a few at a time, and not the same few for every worker."""

from __future__ import annotations

from datetime import timedelta

import pytest

from actions.outbox import line
from actions.outbox.clock import database_now
from actions.outbox.dispatch import take
from actions.outbox.line import next_in_line
from actions.outbox.states import DispatchState
from tests.factories.outbox import queued_mail

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def test_only_the_oldest_mail_of_each_recipient_is_read(queue):
    now = database_now()
    younger, older = (queued_mail(pace_key="a", next_attempt_at=now - age * MINUTE) for age in (1, 2))
    free = [queued_mail(), queued_mail()]
    assert next_in_line(queue, database_now()) == [older, *free]
    assert younger not in next_in_line(queue, database_now())


def test_where_more_waits_than_one_worker_reads_workers_begin_at_different_places(queue, monkeypatch):
    monkeypatch.setattr(line, "READS", 3)
    rows = [queued_mail() for _ in range(8)]
    for start, expected in ((0, rows[:3]), (6, [rows[6], rows[7], rows[0]])):
        monkeypatch.setattr(line.random, "randrange", lambda _end, start=start: start)
        assert next_in_line(queue, database_now()) == expected


def test_what_fits_into_one_reading_is_tried_in_order_of_age(queue, monkeypatch):
    monkeypatch.setattr(line, "READS", 8)
    rows = [queued_mail() for _ in range(8)]
    assert next_in_line(queue, database_now()) == rows


def test_a_row_that_another_worker_took_after_it_was_read_is_not_taken_again(queue):
    queued_mail()
    now = database_now()
    [mine], [theirs] = next_in_line(queue, now), next_in_line(queue, now)
    assert take(queue, theirs, now)
    assert not take(queue, mine, now)
    assert mine.state == DispatchState.QUEUED


def test_a_row_that_came_back_since_it_was_read_is_not_taken_by_its_old_reading(queue):
    row = queued_mail()
    now = database_now()
    [mine] = next_in_line(queue, now)
    type(row).objects.update(next_attempt_at=now + MINUTE)
    assert not take(queue, mine, now)
    type(row).objects.update(next_attempt_at=row.next_attempt_at, attempts=1)
    assert not take(queue, mine, now)
