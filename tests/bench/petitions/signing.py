"""Signing: the POST of our form beside the POST of a stock Wagtail form page.

Ours validates, counts toward the limits, encrypts, recognises the mailbox, stores the signature and asks for the mail
with its link, and answers with a redirect; the peer validates, stores the form as JSON and renders its landing page,
and in a third contest also mails the form on within the request, as Wagtail's manual has it. Targets: at least six
times the peer's rate and at most 0.15 of its processor time; with many signatures at least 0.95 of the rate with few.
"""

from __future__ import annotations

import http.client
import re
from functools import partial
from urllib.parse import urlencode

from tests.bench.contest import Contestant, Heat, Result, Target, alternate
from tests.bench.petitions.client import Request
from tests.bench.petitions.course import Course, Site
from tests.bench.petitions.our_side import address, postal_code

STOCK, MAILING = "stock form page", "stock form page that mails"
CSRF = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


def run(name: str, course: Course) -> Result:
    few, many = f"signing, {course.few.signatures:,} there", f"signing, {course.many.signatures:,} there"
    contestants = [
        Contestant(few, partial(our_heat, course, course.few)),
        Contestant(many, partial(our_heat, course, course.many)),
        Contestant(STOCK, partial(peer_heat, course, "/petition/")),
        Contestant(MAILING, partial(peer_heat, course, "/mailing/")),
    ]
    targets = [
        Target(many, STOCK, 6.0),
        Target(many, STOCK, 0.15, is_of_cpu=True),
        Target(many, few, 0.95),
    ]
    standings = alternate(contestants, rounds=course.size.rounds)
    return Result(name, standings, targets, ["the target names the form page that does not mail"])


def our_heat(course: Course, site: Site) -> Heat:
    return course.heat(site, course.new_forms(site, course.size.warm_up + course.size.posts), status=303)


def peer_heat(course: Course, path: str) -> Heat:
    secret = csrf_headers_and_token(course.peer, path)
    number = course.size.warm_up + course.size.posts
    return course.heat(
        course.peer, [peer_form(next(course.peer.numbers), path, *secret) for _ in range(number)], status=200
    )


def peer_form(number: int, path: str, headers: dict[str, str], token: str) -> Request:
    typed = {"name": f"Supporter {number}", "email": address(number), "postal_code": postal_code(number)}
    return Request(path, urlencode({**typed, "comment": "", "csrfmiddlewaretoken": token}), headers)


def csrf_headers_and_token(site: Site, path: str, cookie: str = "") -> tuple[dict[str, str], str]:
    """Open the page and return what a browser sends back: cookies, and the token of the form."""
    connection = http.client.HTTPConnection("127.0.0.1", site.running.port, timeout=60)
    connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
    response = connection.getresponse()
    set_cookies, page = response.headers.get_all("Set-Cookie") or [], response.read().decode()
    connection.close()
    found = CSRF.search(page)
    if found is None:
        raise RuntimeError(f"{path} has no form: {response.status}")
    cookies = [*filter(None, [cookie]), *(one.partition(";")[0] for one in set_cookies)]
    return {"Cookie": "; ".join(cookies)}, found[1]
