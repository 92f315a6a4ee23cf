"""Puts a copied PostgreSQL database back to the rows that it was made with.

Another copy costs the server files to remove and a wait for its disk: two seconds beside other tests, and twenty on a
machine that is busy. The rows of the migrations are few and are kept here.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from psycopg import Connection, errors, sql

TABLES = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname"
SHAPE = """
SELECT array_agg(part ORDER BY part) FROM (
    SELECT concat(oid, relname) FROM pg_class WHERE relnamespace = 'public'::regnamespace
    UNION ALL SELECT concat(attrelid, attname, atttypid, attnotnull) FROM pg_attribute WHERE attnum > 0
        AND attrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)
    UNION ALL SELECT concat(oid, conname) FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT concat(oid, tgenabled) FROM pg_trigger
    UNION ALL SELECT concat(oid, proname) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
) AS parts(part)
"""
SEQUENCES = """
SELECT sequencename, coalesce(last_value, start_value), last_value IS NOT NULL
FROM pg_sequences WHERE schemaname = 'public'
"""
END_OTHERS = """
SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
"""
SET_SEQUENCES = """
SELECT setval(format('public.%%I', name)::regclass, value, is_called)
FROM unnest(%s::text[], %s::bigint[], %s::boolean[]) AS sequences(name, value, is_called)
"""


@dataclass(frozen=True)
class FirstRows:
    """What a copy holds before any test has written: its shape, the rows of each table, where its sequences stand."""

    shape: list[str]
    rows: dict[str, bytes]
    sequences: list[tuple[str, int, bool]]


def first_rows(server: Connection) -> FirstRows:
    """Read a new copy."""
    rows = {name: _rows_of(server, name) for [name] in server.execute(TABLES).fetchall()}
    return FirstRows(_shape(server), rows, server.execute(SEQUENCES).fetchall())


def put_back(server: Connection, first: FirstRows) -> bool:
    """Make the database what it was, in one transaction; False if that needs a new copy.

    It does when a test has changed the schema, or when the user may not switch foreign keys off.
    """
    _end_other_sessions(server)
    if _shape(server) != first.shape:
        return False
    with suppress(errors.InsufficientPrivilege), server.transaction():
        server.execute("SET LOCAL session_replication_role = replica; SET LOCAL synchronous_commit = off")
        for name in _with_rows(server, list(first.rows)):
            server.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(name)))
        for name, rows in first.rows.items():
            if rows:
                with server.cursor().copy(sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(name))) as copy:
                    copy.write(rows)
        server.execute(SET_SEQUENCES, [list(column) for column in zip(*first.sequences, strict=True)])
        return True
    return False


def _shape(server: Connection) -> list[str]:
    return server.execute(SHAPE).fetchone()[0]


def _rows_of(server: Connection, name: str) -> bytes:
    with server.cursor().copy(sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(name))) as copy:
        return b"".join(copy)


def _with_rows(server: Connection, names: list[str]) -> list[str]:
    asked = (sql.SQL("EXISTS(SELECT FROM {})").format(sql.Identifier(name)) for name in names)
    found = server.execute(sql.SQL("SELECT {}").format(sql.SQL(", ").join(asked))).fetchone()
    return [name for name, has_rows in zip(names, found, strict=True) if has_rows]


def _end_other_sessions(server: Connection) -> None:
    """End what threads and killed processes of the test have left, as ``DROP DATABASE … WITH (FORCE)`` would."""
    while server.execute(END_OTHERS).fetchone()[0]:
        server.execute("SELECT pg_sleep(0.01)")
