"""Puts a copied PostgreSQL database back to the rows that it was made with.

Another copy costs the server files to remove and a wait for its disk: two seconds beside other tests, and twenty on a
machine that is busy. The rows of the migrations are few and are kept here.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from psycopg import Connection, Error, sql

TABLES = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname"
SHAPE = """
WITH ours AS (SELECT oid, relname, relpersistence FROM pg_class WHERE relnamespace = 'public'::regnamespace)
SELECT array_agg(part ORDER BY part) FROM (
    SELECT concat(oid, relname, relpersistence) FROM ours
    UNION ALL SELECT concat(attrelid, attname, atttypid, atttypmod, attnotnull, pg_get_expr(adbin, adrelid))
        FROM ours JOIN pg_attribute ON attrelid = ours.oid
        LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum WHERE attnum > 0
    UNION ALL SELECT concat(oid, conname, pg_get_constraintdef(oid)) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT concat(oid, tgenabled) FROM pg_trigger
    UNION ALL SELECT concat(oid, proname, prosrc) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
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

    It does when a test has changed tables, constraints, triggers or functions, when a session cannot be ended, and when
    the user may not switch foreign keys off.
    """
    with suppress(Error), server.transaction():
        if not _is_alone(server) or _shape(server) != first.shape:
            return False
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


def _is_alone(server: Connection) -> bool:
    """End what threads and killed processes of the test have left; False if something is there after five seconds."""
    for _ in range(500):
        if not server.execute(END_OTHERS).fetchone()[0]:
            return True
        server.execute("SELECT pg_sleep(0.01), pg_stat_clear_snapshot()")
    return False
