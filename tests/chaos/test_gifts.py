"""Thousands of gifts, workers and web processes killed, webhooks dropped, tripled and shuffled: right to the cent.

CHAOS_GIFTS and CHAOS_GIFT_KILLS make it longer; CHAOS_SEED repeats one. The stand-in is a process of its own, which the
site asks over HTTP and which calls the site back over HTTP; the worker is ``manage.py worker``.
"""

from __future__ import annotations

import logging
import os
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import TypeVar

import pytest
from django.db import connection
from django.db.models import Sum
from django.utils import timezone

from actions.donations import comparing, reconcile
from actions.donations.emails import RECEIPT_KIND
from actions.donations.gateway import StripeTrouble
from actions.donations.models import Donation, Payment, Payout, PayoutLine, StripeEvent
from actions.donations.processing import KINDS
from actions.donations.states import CameBy
from actions.outbox.models import OutboxMessage
from actions.outbox.states import DispatchState
from tests.actions.donations.reading import SECRET, books, books_of
from tests.chaos.donors import Donors, intents
from tests.chaos.killing import OPEN, WORKERS
from tests.chaos.web import Web, web_server
from tests.chaos.workers import Crew, wait_until
from tests.factories.donations import AppealFactory
from tests.stubs.smtp import SmtpStub
from tests.stubs.stripe_server import StripeStandIn, stripe_stand_in

T = TypeVar("T")
log = logging.getLogger(__name__)
pytestmark = [pytest.mark.chaos, pytest.mark.django_db(transaction=True)]

GIFTS = int(os.environ.get("CHAOS_GIFTS", "60"))
KILLS = int(os.environ.get("CHAOS_GIFT_KILLS", "4"))
CONTROL_GIFTS = 24
SECONDS = 120 + GIFTS / 4
WEBHOOKS = {"drop": 0.1, "copies": 3, "shuffle": 2.0}
REQUESTS = [
    {"kind": "lost_reply", "probability": 0.01, "method": "POST", "path": "/v1/checkout/sessions"},
    {"kind": "error_after", "probability": 0.01, "method": "POST", "path": "/v1/checkout/sessions"},
    {"kind": "rate_limit", "probability": 0.002},
    {"kind": "lost_request", "probability": 0.002},
]


@pytest.fixture
def stripe(settings, workers, seed) -> Iterator[StripeStandIn]:
    with stripe_stand_in(seed=str(seed), process=True) as stand_in:
        settings.STRIPE_SECRET_KEY, settings.STRIPE_API_BASE = stand_in.key, stand_in.url
        stand_in.settings(retry_pauses=[0.2, 0.5, 1])
        stand_in.faults(webhooks=WEBHOOKS, requests=REQUESTS, seed=seed)
        workers.environment |= {
            "STRIPE_SECRET_KEY": stand_in.key,
            "STRIPE_API_BASE": stand_in.url,
            "STRIPE_WEBHOOK_SECRETS": SECRET,
        }
        yield stand_in


class Fire:
    """Kills a worker whenever so many events have been handled, and each fourth time a web process too."""

    def __init__(self, workers: Crew, web: Web, dice: random.Random, *, turns: list[int], unprotected: str) -> None:
        self.workers, self.web, self.dice, self.turns, self.unprotected = workers, web, dice, turns, unprotected
        self.killed = self.web_killed = 0

    def burn_until(self, is_over: Callable[[], bool]) -> None:
        """Kill and keep the crew at its strength until it is over."""
        wait_until(lambda: self._strike() or is_over(), seconds=SECONDS)

    def _strike(self) -> None:
        if self.turns and StripeEvent.objects.exclude(handled_at=None).count() >= self.turns[0]:
            self.turns.pop(0)
            self.dice.choice([worker for worker in self.workers.everyone if worker.is_running]).kill()
            self.killed += 1
            if self.killed % 4 == 0:
                self.web_killed += self.web.kill_one()
        while sum(worker.is_running for worker in self.workers.everyone) < WORKERS:
            self.workers.hire(unprotected=self.unprotected)


def is_settled(stripe: StripeStandIn) -> bool:
    """Return whether no webhook, event or mail is on its way."""
    if not stripe.control("drain", seconds=0)["drained"]:
        return False
    waiting = OutboxMessage.objects.filter(state__in=OPEN)
    return not StripeEvent.objects.filter(handled_at=None).exists() and not waiting.exists()


def all_given(stripe, workers, folder, seed, *, gifts: int, kills: int, unprotected: str = "") -> Donors:
    """Let the gifts be made and the monthly ones renewed under fire, and Stripe be asked for what was missed."""
    dice = random.Random(seed)
    donors = Donors(stripe, AppealFactory(), intents(dice, gifts))
    turns = sorted(dice.sample(range(1, int(gifts * 1.9)), kills))
    with web_server(folder / "web.log", **workers.environment, CHAOS_WITHOUT_PROTECTION=unprotected) as web:
        wait_until(web.is_up)
        stripe.send_webhooks_to(f"{web.address}/stripe/webhook/", secret=SECRET, kinds=sorted(KINDS))
        fire, began = Fire(workers, web, dice, turns=turns, unprotected=unprotected), time.monotonic()
        give_and_settle(stripe, donors, fire)
        given = time.monotonic()
        if not unprotected:
            insist_on_no_difference()
        go_to_the_renewals(stripe)
        settle(stripe, fire)
    times = given - began, time.monotonic() - given
    log.info(
        "%s: %s gifts given in %.0f s, renewed in %.0f s; %s workers killed, %s web processes",
        *(connection.vendor, gifts, *times, fire.killed, fire.web_killed),
    )
    assert fire.killed == kills
    return donors


def give_and_settle(stripe: StripeStandIn, donors: Donors, fire: Fire) -> None:
    shares = donors.give()
    fire.burn_until(lambda: all(share.done() for share in shares))
    for share in shares:
        share.result()
    settle(stripe, fire)


def settle(stripe: StripeStandIn, fire: Fire) -> None:
    """Pay out, let the webhooks bring what they bring, and do at once what the worker's job does each hour."""
    stripe.payout()
    fire.burn_until(lambda: is_settled(stripe))
    for look in (reconcile.hear_of_events, reconcile.look_at_pages):
        insistently(partial(look, timezone.now()))
    fire.burn_until(lambda: is_settled(stripe))


def insistently(ask: Callable[[], T]) -> T:
    """Ask until Stripe has answered everything: what one run is refused, the next run asks again."""
    for _ in range(20):
        with suppress(StripeTrouble):
            return ask()
    raise AssertionError("Stripe never answered")


def go_to_the_renewals(stripe: StripeStandIn) -> None:
    """Put the stand-in's clock to the last renewal of the next month, and no further: ours stays where it is."""
    begun = [event["data"]["object"] for event in stripe.events("customer.subscription.created")]
    last = max(one["items"]["data"][0]["current_period_end"] for one in begun)
    stripe.advance(seconds=last - stripe.state()["now"] + 1)


def insist_on_no_difference() -> None:
    """Compare as the worker does each day, by a clock that leaves nothing out for being new."""
    run = insistently(partial(comparing.compare, timezone.now() + comparing.STILL_ON_ITS_WAY * 1.1))
    assert (run.difference_cents, run.details, run.looked_at) == (0, [], Payment.objects.count())


def sums(rows, *fields: str) -> list[int]:
    found = rows.aggregate(**{field: Sum(field) for field in fields})
    return [found[field] or 0 for field in fields]


@pytest.mark.long
def test_nothing_is_lost_nothing_is_doubled_and_the_sums_are_right_to_the_cent(
    stripe, workers, mail_server, tmp_path, seed
):
    donors = all_given(stripe, workers, tmp_path, seed, gifts=GIFTS, kills=KILLS)
    state = stripe.state()
    log.info("%s; forms sent again %s; events %s; taken up again after a kill or a fault %s",
             state["cents"], donors.repeated, Counter(StripeEvent.objects.values_list("came_by", flat=True)),
             StripeEvent.objects.filter(tries__gt=1).count())  # fmt: skip
    assert books() == books_of(stripe)
    assert state["sessions"] == Donation.objects.count() == GIFTS
    assert {number: again.state for number, again in found_again(donors).items()} == {
        intent.number: intent.story.state_after_renewal or intent.story.state for intent in donors.everyone
    }
    cents = state["cents"]
    assert sums(Payment.objects, "amount_cents", "refunded_cents") == [cents["charged"], cents["refunded"]]
    assert sums(PayoutLine.objects, "fee_cents", "net_cents") == [cents["fees"], cents["net"]]
    assert sums(Payout.objects, "amount_cents") == [cents["paid_out"]] == [cents["net"]]
    assert StripeEvent.objects.filter(came_by=CameBy.RECONCILE).exists(), "nothing was dropped"
    insist_on_one_receipt_for_each_charge(mail_server)


def found_again(donors: Donors) -> dict[int, Donation]:
    rows = Donation.objects.in_bulk()
    return {number: rows[donation.pk] for number, donation in donors.started.items()}


def insist_on_one_receipt_for_each_charge(mail_server: SmtpStub) -> None:
    arrived = Counter(one.message_id for one in mail_server.accepted)
    receipts = OutboxMessage.objects.filter(kind=RECEIPT_KIND)
    assert receipts.count() == Payment.objects.exclude(receipt_asked_at=None).count() == Payment.objects.count()
    for mail in receipts:
        assert mail.state in (DispatchState.SENT, DispatchState.UNCERTAIN)
        assert arrived[mail.message_id] <= 1 + mail.repeats, "twice"
        assert arrived[mail.message_id] or mail.state == DispatchState.UNCERTAIN, "lost"


def test_without_the_dedupe_the_same_webhooks_count_gifts_twice(stripe, workers, tmp_path, seed):
    all_given(stripe, workers, tmp_path, seed, gifts=CONTROL_GIFTS, kills=1, unprotected="dedupe")
    ours, theirs = sums(Payment.objects, "amount_cents")[0], stripe.state()["cents"]["charged"]
    log.info("without the dedupe the books say %s cents, Stripe %s", ours, theirs)
    assert ours > theirs
    assert books() != books_of(stripe)
