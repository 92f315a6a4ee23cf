"""One row changed if it still is as it was read, and who waits for the disk."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from actions.outbox.changing import change
from actions.outbox.clock import database_now
from actions.outbox.models import OutboxMessage
from actions.outbox.states import DispatchState
from tests.factories.outbox import queued_mail

QUEUED, SENDING, SENT = DispatchState.QUEUED, DispatchState.SENDING, DispatchState.SENT


def stored(row) -> OutboxMessage:
    return OutboxMessage.objects.get(pk=row.pk)


@pytest.mark.django_db
@pytest.mark.parametrize("must_last", [True, False])
def test_a_row_that_is_as_it_was_read_is_changed_and_no_other(must_last):
    row, other, now = queued_mail(), queued_mail(), database_now()
    as_read = {"state": QUEUED, "attempts": 0, "next_attempt_at": row.next_attempt_at}
    assert change(row, {"state": SENDING, "lease_until": now}, only_if=as_read, must_last=must_last)
    assert (stored(row).state, stored(row).lease_until) == (SENDING, now)
    assert stored(other).state == QUEUED


@pytest.mark.django_db
@pytest.mark.parametrize("change_meanwhile", [{"state": SENDING}, {"attempts": 1}, {"next_attempt_at": database_now}])
def test_a_row_that_somebody_changed_meanwhile_is_left_alone(change_meanwhile):
    row = queued_mail()
    as_read = {"state": QUEUED, "attempts": 0, "next_attempt_at": row.next_attempt_at}
    OutboxMessage.objects.update(
        **{name: value() if callable(value) else value for name, value in change_meanwhile.items()}
    )
    before = stored(row).state
    assert not change(row, {"state": SENT}, only_if=as_read, must_last=True)
    assert stored(row).state == before


@pytest.mark.django_db
def test_any_of_several_states_will_do():
    row = queued_mail(state=DispatchState.UNCERTAIN)
    assert change(row, {"state": SENT}, only_if={"state": (SENDING, DispatchState.UNCERTAIN)}, must_last=False)
    assert not change(row, {"state": SENT}, only_if={"state": (SENDING, DispatchState.UNCERTAIN)}, must_last=False)


@pytest.mark.django_db
def test_values_are_never_part_of_the_statement():
    row = queued_mail()
    assert change(row, {"held_reason": "'; DROP TABLE x; --%s"}, only_if={"state": QUEUED}, must_last=False)
    assert stored(row).held_reason == "'; DROP TABLE x; --%s"


def disk_setting() -> str:
    name = "synchronous_commit" if connection.vendor == "postgresql" else "synchronous"
    with connection.cursor() as cursor:
        cursor.execute(f"SHOW {name}" if connection.vendor == "postgresql" else f"PRAGMA {name}")
        return str(cursor.fetchone()[0])


def waits() -> tuple[str, ...]:
    return ("on", "2")  # PostgreSQL's word and SQLite's number for FULL


@pytest.mark.django_db(transaction=True)
def test_only_what_must_last_waits_for_the_disk_and_nothing_afterwards_is_relaxed():
    row, seen = queued_mail(), []

    def look(execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        if sql.startswith("UPDATE") and connection.vendor == "sqlite":
            seen.append(disk_setting())
        return result

    with connection.execute_wrapper(look):
        change(row, {"attempts": 1}, only_if={"state": QUEUED}, must_last=True)
        change(row, {"attempts": 2}, only_if={"state": QUEUED}, must_last=False)
    if connection.vendor == "postgresql":  # the setting belongs to the transaction, so look inside one
        for must_last in (True, False):
            with transaction.atomic():
                change(row, {"attempts": 3}, only_if={"state": QUEUED}, must_last=must_last)
                seen.append(disk_setting())
    assert [setting in waits() for setting in seen] == [True, False]
    assert disk_setting() in waits()


@pytest.mark.django_db(transaction=True)
def test_a_change_that_fails_leaves_the_disk_setting_as_it_was():
    row = queued_mail()
    other = queued_mail()
    with pytest.raises(Exception, match=r"(?i)unique"):
        change(row, {"message_id": other.message_id}, only_if={"state": QUEUED}, must_last=False)
    assert disk_setting() in waits()
