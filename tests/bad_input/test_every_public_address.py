"""Each address that strangers reach, found by a walk: what it must refuse, and that looking changes nothing."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actions.protection.limits import Limit
from tests.bad_input import corpus
from tests.bad_input.addresses import ADDRESSES, CONFIRMED, Door, examples, public_patterns
from tests.bad_input.rows import rows
from tests.bad_input.sample_site import CANARY, make_sample_site
from tests.kept_rows import kept_rows

WRITES = re.compile(r'\s*(INSERT (OR \w+ )?INTO|UPDATE|DELETE FROM) "?(\w+)')
LEADS_AWAY = re.compile(r"//|/\\|[^/]")
REFUSED = (302, 400, 403, 404, 405)
ODD_ENDS = (
    "%00", "/%00", "%ff/", "/%ed%a0%80/", "//", "//evil.example/", "/%2e%2e/", "/..%2f..%2f", ";x=1", "%20",
    "%E2%80%AE", "/.", "///", "?%00", "?x=%ff", "?page=9999999999", "?p=" + "9" * 40, "?next=//evil.example/",
    "?" + "a=1&" * 45,
    "?session_id=%F0%9F%87%AD&session_id=x", "?amount=1e500&frequency=yearly&starts=x", "?action=" + "x" * 900,
    "?q=" + "%F0%AA%9A%B2" * 90, "?v=x&format=json",
)  # fmt: skip


@pytest.fixture(scope="module")
def places(django_db_setup, django_db_blocker) -> Iterator[dict[str, str]]:
    found: dict[str, str] = {}
    with kept_rows(django_db_blocker, lambda: found.update(make_sample_site())):
        yield found


@pytest.fixture(autouse=True)
def _payments(settings, db):
    settings.STRIPE_SECRET_KEY = "sk_test_0123456789abcdef"
    settings.STRIPE_WEBHOOK_SECRETS = ["whsec_0123456789abcdef"]
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"


def paths(places: dict[str, str], *doors: Door) -> list[str]:
    return [one.format(**places) for one in examples(*doors)]


def written(seen: CaptureQueriesContext) -> set[str]:
    """The tables that were written to."""
    return {match[3] for one in seen if (match := WRITES.match(one["sql"]))}


def test_the_table_knows_every_public_address():
    assert public_patterns() == set(ADDRESSES)


def test_looking_changes_nothing(stranger, places):
    ours = {"HTTP_SEC_FETCH_SITE": "same-origin"}
    for path in paths(places, *Door):
        stranger.client.get(path, **ours)  # what is made once for the whole site
    before = rows()
    for path in paths(places, *Door):
        for method in ("GET", "HEAD", "OPTIONS"):
            with CaptureQueriesContext(connection) as seen:
                answer = stranger.client.generic(method, f"{path}{'&' if '?' in path else '?'}intent=send", **ours)
            assert answer.status_code < 500 or "thanks" in path, (method, path)
            assert written(seen) == set(), (method, path)
    assert rows() == before


def test_other_methods_and_other_hosts_are_refused_everywhere(stranger, places):
    for path in paths(places, *Door):
        for method in corpus.METHODS_REFUSED:
            assert stranger.client.generic(method, path).status_code == 405, (method, path)
        for method, host in (("GET", "evil.example"), ("POST", "evil.example"), ("GET", ""), ("HEAD", "a b")):
            answer = stranger.client.generic(method, path, HTTP_HOST=host)
            assert answer.status_code in (400, 405), (method, path, host)


def test_no_address_takes_what_comes_from_elsewhere(stranger, places):
    """Without our origin, and to pages that ask nothing also with it: nothing is written, whatever is in it."""
    data = {**CANARY, "postal_code": "K1A 0A6", "amount": "25", "frequency": "one_time", "intent": "send"}
    before = rows()
    for path in paths(places, Door.READ, Door.FORM):
        for headers in ({}, {"origin": "https://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}):
            answer = stranger.client.post(path, data, headers=headers)
            assert answer.status_code in REFUSED, (path, headers, answer.status_code)
    for path in paths(places, Door.READ):
        assert stranger.post(path, data).status_code in REFUSED, path
    assert rows() == before


def test_every_form_is_part_of_the_flood_limit(stranger, places, settings):
    settings.PROTECTION_LIMITS = {"flood": Limit(1, 600)}
    for number, path in enumerate(paths(places, Door.FORM)):
        address = {"REMOTE_ADDR": f"198.51.100.{number}", "HTTP_ORIGIN": "http://testserver"}
        first, second = (stranger.client.post(path, {"intent": "nonsense"}, **address) for _ in range(2))
        assert (first.status_code != 429, second.status_code) == (True, 429), path


def test_every_door_refuses_a_body_that_no_form_of_ours_sends(stranger, places):
    before = rows()
    bodies = [*corpus.BODIES, many_files(1_000)]
    for path, (kind, body) in itertools.product(paths(places, Door.FORM, Door.SECRET), bodies):
        answer = stranger.client.generic("POST", path, body, content_type=kind, HTTP_ORIGIN="http://testserver")
        assert answer.status_code in (400, 413, 415, 422), (path, kind, body[:40], answer.status_code)
    assert rows() == before


def many_files(number: int) -> tuple[str, bytes]:
    part = b'--x\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\nx\r\n'
    return "multipart/form-data; boundary=x", part * number + b"--x--"


def test_a_broken_path_query_or_cookie_is_answered_everywhere(stranger, places):
    for number, path in enumerate(paths(places, *Door)):
        bare = path.partition("?")[0]
        for odd, method in zip(ODD_ENDS, itertools.cycle(("GET", "POST")[:: 1 - 2 * (number % 2)])):
            answer = stranger.client.generic(method, bare + odd, HTTP_ORIGIN="http://testserver")
            assert answer.status_code < 500 or "thanks" in path, (method, bare + odd)
            assert LEADS_AWAY.match(answer.get("Location", "")) is None, bare + odd
        for cookie in corpus.HEADERS["Cookie"][::3]:
            assert stranger.client.get(path, headers={"cookie": cookie}).status_code < 500 or "thanks" in path, cookie


def test_every_mailed_link_bears_what_mail_programs_add_and_nothing_else(stranger, places):
    links = [one for one in examples(Door.FORM, Door.SECRET) if one.endswith("}/")]
    assert len(links) == 6
    for link, (name, token) in itertools.product(links, places.items()):
        if f"{{{name}}}" not in link:
            continue
        for dressed in corpus.dressed(token):
            assert stranger.get(link.format(**{name: dressed}).rstrip("/"), follow=True).status_code == 200, link
        for damaged in corpus.damaged(token):
            for answer in (
                stranger.get(link.format(**{name: damaged})),
                stranger.post(link.format(**{name: damaged}), {}),
            ):
                assert answer.status_code in (400, 404, 405, 301, 302, 422) or damaged == "", (link, damaged)
                assert not any(known in answer.content.decode() for known in CANARY.values()), (link, damaged)


def test_no_link_opens_what_another_one_is_for(stranger, places):
    links = {"confirm": CONFIRMED, "donate/manage": ("donor",), "leave": ("leave",)}
    places_of = {
        "confirm": "/en/act/confirm/",
        "donate/manage": "/en/act/donate/manage/",
        "leave": "/en/subscribe/leave/",
    }
    for (room, names), (other, address) in itertools.product(links.items(), places_of.items()):
        for name in names if room != other else ():
            for answer in (stranger.get(f"{address}{places[name]}/"), stranger.post(f"{address}{places[name]}/", {})):
                assert answer.status_code == 404, (name, address)
