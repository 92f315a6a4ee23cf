"""What tests are given a copy of is whole, whoever was killed while making it, and made anew when it is another day."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection

from tests import databases
from tests.put_back import first_rows, put_back


@pytest.fixture
def made(monkeypatch, tmp_path: Path) -> Path:
    """Nothing is made yet."""
    monkeypatch.setattr(databases, "MADE", tmp_path)
    return tmp_path


def loads(monkeypatch, content: str, *, is_killed: bool = False) -> None:
    """Let the demo be loaded as this content, or let the process die while it is written."""

    def load(url: str, *, media: Path, into: Path) -> None:
        media.mkdir()
        for file in (media / "picture", into):
            file.write_text(content)
        if is_killed:
            raise KeyboardInterrupt

    monkeypatch.setattr(databases, "load", load)


def test_a_demo_whose_loading_was_killed_is_loaded_again(monkeypatch, made):
    loads(monkeypatch, "half", is_killed=True)
    with pytest.raises(KeyboardInterrupt):
        databases._demo_file()
    loads(monkeypatch, "whole")
    file, media = databases._demo_file()
    assert [file.read_text(), (media / "picture").read_text()] == ["whole", "whole"]
    assert sorted(made.iterdir()) == sorted([file, media])


def test_a_demo_without_its_pictures_is_loaded_again(monkeypatch, made):
    loads(monkeypatch, "one")
    _file, media = databases._demo_file()
    (media / "picture").unlink()
    media.rmdir()
    loads(monkeypatch, "two")
    file, media = databases._demo_file()
    assert [file.read_text(), (media / "picture").read_text()] == ["two", "two"]


@pytest.mark.django_db(transaction=True)  # the next test gets a database of its own again
def test_a_database_whose_migrations_were_killed_is_never_copied(monkeypatch, made):
    def killed(*_args, **_options):
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE half (one INTEGER)")
        raise KeyboardInterrupt

    def make() -> bool:
        """Whether what is made now was migrated to the end."""
        databases.fresh_database()
        return "half" not in connection.introspection.table_names()

    monkeypatch.setattr(databases, "CHECKOUT", "of-this-test")  # on a server, too, the tests' own stays
    monkeypatch.setattr(databases, "call_command", killed)
    with pytest.raises(KeyboardInterrupt):
        make()
    monkeypatch.setattr(databases, "call_command", lambda *_args, **_options: None)
    assert make()
    if connection.vendor == "postgresql":
        databases._drop_all("achk_%_of-this-test_%")


def test_a_new_day_here_or_in_utc_is_another_demo(monkeypatch):
    moments = [datetime(2026, 5, day, hour, tzinfo=UTC) for day, hour in ((1, 12), (2, 1), (2, 12))]
    states = set()
    for moment in moments:
        monkeypatch.setattr(databases, "now", lambda moment=moment: moment)
        states.add(databases.state_of_demo())
    assert len(states) == 3


class TestPutBack:
    """A copy on PostgreSQL after a test with real transactions."""

    pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

    def test_rows_and_sequences_are_what_they_were_in_the_same_database(self):
        with connection.cursor() as cursor:
            before = held(cursor)
            Group.objects.create(name="new")
            Group.objects.filter(name="Moderators").update(name="changed")
            Permission.objects.all().delete()
            assert held(cursor) != before
        databases.fresh_database()
        with connection.cursor() as cursor:
            assert held(cursor) == before

    def test_a_session_that_was_left_open_cannot_write_any_more(self):
        with psycopg.connect(**connection.get_connection_params()) as other:
            other.execute("DELETE FROM auth_group")
            databases.fresh_database()
            with pytest.raises(psycopg.OperationalError):
                other.commit()
        assert Group.objects.exists()

    @pytest.mark.parametrize(
        "change",
        [
            "CREATE TABLE new (one integer)",
            "ALTER TABLE auth_group ADD COLUMN new integer",
            "ALTER TABLE auth_group DROP CONSTRAINT auth_group_name_key",
            "ALTER TABLE auth_group ALTER COLUMN name SET DEFAULT 'new'",
            "DROP INDEX auth_group_name_a6ea08ec_like",
        ],
    )
    def test_a_changed_schema_needs_a_new_copy(self, change):
        with connection.cursor() as cursor:
            before = held(cursor)
            cursor.execute(change)
        databases.fresh_database()
        with connection.cursor() as cursor:
            assert held(cursor)[0] != before[0]
            assert held(cursor)[1:] == before[1:]

    def test_a_user_who_may_not_switch_foreign_keys_off_gets_a_new_copy(self):
        connection.close()
        with psycopg.connect(**connection.get_connection_params(), autocommit=True) as server:
            first = first_rows(server)
            assert put_back(server, first)
            server.execute("SET ROLE pg_monitor")
            assert not put_back(server, first)


def held(cursor) -> list[object]:
    """Which database this is, its rows and where its sequences stand."""
    answers = []
    for statement in (
        "SELECT oid FROM pg_database WHERE datname = current_database()",
        "SELECT array_agg(row(g.*)::text ORDER BY id) FROM auth_group g",
        "SELECT array_agg(row(p.*)::text ORDER BY id) FROM auth_permission p",
        "SELECT array_agg(row(l.*)::text ORDER BY id) FROM auth_group_permissions l",
        "SELECT array_agg(row(sequencename, last_value)::text ORDER BY sequencename) FROM pg_sequences",
    ):
        cursor.execute(statement)
        answers.append(cursor.fetchone()[0])
    return answers
