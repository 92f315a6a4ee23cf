"""Webhooks: Stripe's call at our site beside the same call at dj-stripe, each served by gunicorn in the same way.

Ours verifies the signature, stores that something happened and answers; the worker asks Stripe afterwards. dj-stripe
verifies, stores the call and the event, asks Stripe for the object and for what belongs to it, and writes all of that
before it answers. Both ask the same stand-in. Targets: 30 times its rate for a finished payment page, 5 times for an
event that neither handles; no question to Stripe within our request; p99 below 100 ms for 20 callers at once.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import count

from tests.bench.contest import Contestant, Heat, Result, Target, alternate, in_the_race
from tests.bench.petitions.client import Answer, Request, send_all
from tests.bench.petitions.course import insist
from tests.bench.petitions.server import Server
from tests.bench.processes import DJSTRIPE_PYTHON, carry_out, environment
from tests.stubs.stripe_server import StripeStandIn, stripe_stand_in, webhook

SECRET = "whsec_0123456789abcdef"
KEY = "sk_test_0123456789abcdef01234567"  # dj-stripe takes none that is shorter
PEER_SETTINGS = "tests.bench.webhooks.peer.settings"
FINISHED, IGNORED = "checkout.session.completed", "radar.early_fraud_warning.created"
WHAT = {FINISHED: "a paid page", IGNORED: "an ignored event"}
RATIOS = {FINISHED: 30.0, IGNORED: 5.0}
CALLERS_AT_ONCE, MOST_MS = 20, 100.0
MakeDatabase = Callable[..., str]


@dataclass(frozen=True)
class Size:
    """``ours`` and ``peer`` are calls of one heat."""

    ours: int = 1500
    peer: int = 60
    warm_up: int = 10
    at_once: int = 3000
    connections: int = 8
    rounds: int = 5


QUICK = Size(ours=20, peer=4, warm_up=2, at_once=40, rounds=1)


@dataclass
class Site:
    server: Server
    path: str
    calls: int
    events: Iterator[dict] = field(repr=False)


def paid_pages(stripe: StripeStandIn, number: int) -> None:
    """Let so many people give CA$25 once."""
    price = {"currency": "cad", "unit_amount": 2500, "product_data": {"name": "Donation"}}
    params = {
        "mode": "payment",
        "ui_mode": "hosted_page",
        "line_items": [{"quantity": 1, "price_data": price}],
        "success_url": "http://127.0.0.1/thanks/",
        "cancel_url": "http://127.0.0.1/",
    }
    client = stripe.client()
    for _ in range(number):
        stripe.pay(client.v1.checkout.sessions.create(params).id)


def numbered(events: list[dict], prefix: str) -> Iterator[dict]:
    """Yield the events over and over, each time under a number of its own."""
    for number in count():
        yield {**events[number % len(events)], "id": f"evt_{prefix}{number}"}


def call(site: Site, kind: str) -> Request:
    """Return the next webhook, signed now."""
    body, signature = webhook({**next(site.events), "type": kind}, SECRET)
    headers = {"Content-Type": "application/json", "Stripe-Signature": signature}
    return Request(site.path, body.decode(), headers)


def answered(site: Site, requests: list[Request], *, connections: int) -> list[Answer]:
    answers = send_all(site.server.port, requests, connections=connections)
    insist(answers, 200)
    return answers


@dataclass
class Course:
    """Where both race; ``asked`` is how often each asked Stripe in one request about a paid page, heat by heat."""

    stripe: StripeStandIn
    size: Size
    asked: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def heat(self, site: Site, kind: str) -> Heat:
        """Send all, those of the warm-up without the watch."""
        how = {"connections": self.size.connections}
        answered(site, [call(site, kind) for _ in range(self.size.warm_up)], **how)
        requests, questions = [call(site, kind) for _ in range(site.calls)], len(self.stripe.sent())
        used, began = site.server.cpu_seconds(), time.perf_counter()
        answers = answered(site, requests, **how)
        seconds, used = time.perf_counter() - began, site.server.cpu_seconds() - used
        if kind == FINISHED:
            self.asked[site.path].append((len(self.stripe.sent()) - questions) / len(answers))
        return Heat(count=len(answers), seconds=seconds, cpu_seconds=used)

    def p99_ms(self, site: Site) -> float:
        """Return within how many milliseconds 99 of 100 calls are answered when 20 come at once."""
        requests = [call(site, FINISHED) for _ in range(self.size.at_once)]
        answers = answered(site, requests, connections=CALLERS_AT_ONCE)
        return 1000 * sorted(answer.seconds for answer in answers)[int(len(answers) * 0.99)]


@contextmanager
def sites(make: MakeDatabase, stripe: StripeStandIn, size: Size) -> Iterator[dict[str, Site]]:
    """Serve both, each on a database of its own; the peer, if installed, hears of each page but once, as in life."""
    paid_pages(stripe, (size.peer + size.warm_up) * size.rounds * len(WHAT))
    events = stripe.events(FINISHED)
    at_stripe = {"STRIPE_SECRET_KEY": stripe.key, "STRIPE_API_BASE": stripe.url, "STRIPE_WEBHOOK_SECRETS": SECRET}
    with ExitStack() as running:
        ours = Server("achk_site.wsgi", env=environment(make("achk_bench_calls"), **at_stripe), ready="/healthz")
        running.callback(ours.end)
        found = {"ours": Site(ours, "/stripe/webhook/", size.ours, numbered(events, "ours"))}
        if DJSTRIPE_PYTHON.exists():
            url = make("achk_bench_djstripe", settings=PEER_SETTINGS, python=DJSTRIPE_PYTHON)
            env = environment(url, **at_stripe) | {"DJANGO_SETTINGS_MODULE": PEER_SETTINGS}
            path = carry_out("tests.bench.webhooks.peer.seed", stripe.key, SECRET, env=env, python=DJSTRIPE_PYTHON)
            theirs = Server("tests.bench.webhooks.peer.wsgi", env=env, ready="/ready/", python=DJSTRIPE_PYTHON)
            running.callback(theirs.end)
            found["dj-stripe"] = Site(theirs, path.strip(), size.peer, numbered(events, "theirs"))
        yield found


def run(where: str, make: MakeDatabase, *, size: Size) -> Result:
    """``where`` is the database's name."""
    with stripe_stand_in(seed="bench", process=True, key=KEY) as stripe, sites(make, stripe, size) as found:
        course = Course(stripe, size)
        contestants = [
            Contestant(f"{name}, {what}", partial(course.heat, site, kind))
            for kind, what in WHAT.items()
            for name, site in found.items()
        ]
        standings = alternate(contestants, rounds=size.rounds)
        asked = {name: max(course.asked[site.path]) for name, site in found.items()}
        limits = {
            "questions to Stripe in a call of ours": (asked["ours"], 0.0),
            f"p99 of ours, {CALLERS_AT_ONCE} at once, ms": (course.p99_ms(found["ours"]), MOST_MS),
        }
    targets = [Target(f"ours, {WHAT[kind]}", f"dj-stripe, {WHAT[kind]}", ratio) for kind, ratio in RATIOS.items()]
    note = "dj-stripe is not installed (make bench)"
    if "dj-stripe" in asked:
        note = f"dj-stripe asks Stripe {asked['dj-stripe']:.1f} times in a call about a paid page"
    return Result(f"Webhooks on {where}", standings, in_the_race(targets, standings), [note], limits)
