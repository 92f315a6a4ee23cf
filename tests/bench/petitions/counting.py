"""Reading the number: the page and its JSON with few and with many signatures, beside counting them.

Target: with many at most 1.1 times as long as with few.
"""

from __future__ import annotations

import time
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from tests.bench.contest import Contestant, Heat, Result, Target, alternate
from tests.bench.petitions.client import Request
from tests.bench.petitions.course import Course, Site

COUNTED = "SELECT count(*) FROM actions_signature WHERE state = 'confirmed'"
BY_COUNTING = "count(*) by the database"


def run(name: str, course: Course) -> Result:
    contestants, targets = [], []
    for what, path in (("count.json", count_path), ("the page", page_path)):
        few, many = (f"{what}, {site.signatures:,} there" for site in (course.few, course.many))
        contestants += [
            Contestant(few, partial(read, course, course.few, path(course.few))),
            Contestant(many, partial(read, course, course.many, path(course.many))),
        ]
        targets.append(Target(many, few, 1.1, is_of_time=True))
    by_counting = f"{BY_COUNTING}, {course.many.signatures:,}"
    contestants.append(Contestant(by_counting, partial(count_rows, course)))
    return Result(name, alternate(contestants, rounds=course.size.rounds), targets)


def count_path(site: Site) -> str:
    return f"/act/petitions/{site.known['slug']}/count.json"


def page_path(site: Site) -> str:
    return site.path()


def read(course: Course, site: Site, path: str) -> Heat:
    return course.heat(site, [Request(path)] * (course.size.warm_up + course.size.reads), status=200)


def count_rows(course: Course) -> Heat:
    """Count as a site without a tally would, over one kept connection; processor time of this process."""
    connection, rounds = connect(course.many.url), 5
    connection.execute(COUNTED)
    used, began = time.process_time(), time.perf_counter()
    for _ in range(rounds):
        connection.execute(COUNTED).fetchone()
    heat = Heat(count=rounds, seconds=time.perf_counter() - began, cpu_seconds=time.process_time() - used)
    connection.close()
    return heat


def connect(url: str) -> Any:
    if url.startswith("sqlite"):
        import sqlite3

        return sqlite3.connect(urlsplit(url).path)
    import psycopg

    return psycopg.connect(url.replace("postgres://", "postgresql://", 1), autocommit=True)
