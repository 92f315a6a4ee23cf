"""The list for staff beside Wagtail's stock viewset on a typed table of as many rows, with as many rows on a page.

Times are the 95th percentile of one reader's pages. Targets: the first page at most 0.5 of the peer's, the last at most
0.2, one person's e-mail at most 0.06; with many rows at most 1.1 times as long as with few.
"""

from __future__ import annotations

from functools import partial
from urllib.parse import quote, urlencode

from actions.staff.several import MOST_AT_ONCE
from tests.bench.contest import Contestant, Heat, Result, Target, alternate
from tests.bench.petition_seed import address
from tests.bench.petitions.client import Request, send
from tests.bench.petitions.connection import Connection
from tests.bench.petitions.course import Course, Site, insist
from tests.bench.petitions.signing import csrf_headers_and_token

OUR_LIST, OUR_FIND, PEER_LIST = "/admin/signatures/", "/admin/signatures/find/", "/admin/signatures/"
REASON = "How quick is it?"
FIRST, LAST, EMAIL = "first page", "last page", "one e-mail"
TARGETS = {FIRST: 0.5, LAST: 0.2, EMAIL: 0.06}


def run(name: str, course: Course) -> Result:
    contestants, targets = [], []
    for what, ratio in TARGETS.items():
        few, many = (f"{what}, ours, {site.signatures:,}" for site in (course.few, course.many))
        peer = f"{what}, stock viewset"
        contestants += [
            Contestant(few, partial(our_heat, course, course.few, what)),
            Contestant(many, partial(our_heat, course, course.many, what)),
            Contestant(peer, partial(peer_heat, course, what)),
        ]
        targets += [Target(many, peer, ratio, is_of_time=True), Target(many, few, 1.1, is_of_time=True)]
    return Result(name, alternate(contestants, rounds=course.size.rounds), targets)


def our_heat(course: Course, site: Site, what: str) -> Heat:
    cookie = {"Cookie": site.known["cookie"]}
    if what == EMAIL:
        headers, token = csrf_headers_and_token(site, OUR_FIND, site.known["cookie"])
        posts = [
            Request(OUR_FIND, urlencode({"email": one, "reason": REASON, "csrfmiddlewaretoken": token}), headers)
            for one in sought(course, site)
        ]
        return p95(site, posts)
    path = OUR_LIST if what == FIRST else f"{OUR_LIST}?at=end"
    return p95(site, [Request(path, headers=cookie)] * course.size.pages)


def peer_heat(course: Course, what: str) -> Heat:
    site = course.peer
    last = -(-site.signatures // MOST_AT_ONCE)
    paths = {
        FIRST: [PEER_LIST] * course.size.pages,
        LAST: [f"{PEER_LIST}?p={last}"] * course.size.pages,
        EMAIL: [f"{PEER_LIST}?q={quote(one)}" for one in sought(course, site)],
    }
    return p95(site, [Request(path, headers={"Cookie": site.known["cookie"]}) for path in paths[what]])


def sought(course: Course, site: Site) -> list[str]:
    """Return addresses from all over the table; both sides look for the same ones."""
    return [address(1 + at * 7919 % site.signatures) for at in range(course.size.pages)]


def p95(site: Site, requests: list[Request]) -> Heat:
    """Send one after the other; the first two only warm up."""
    connection = Connection(site.running.port)
    insist([send(connection, request) for request in requests[:2]], 200)
    used = site.running.cpu_seconds()
    answers = [send(connection, request) for request in requests]
    connection.close()
    insist(answers, 200)
    seconds = sorted(answer.seconds for answer in answers)[int(len(answers) * 0.95)]
    return Heat(count=1, seconds=seconds, cpu_seconds=(site.running.cpu_seconds() - used) / len(answers))
