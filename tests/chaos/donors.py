"""What donors, staff and banks do with many gifts at the stand-in, drawn from a seed, and what must come of each."""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from django.db import connection

from actions.donations import services
from actions.donations.gateway import StripeTrouble
from actions.donations.models import Appeal, Donation
from actions.donations.states import DonationState, Frequency
from tests.factories.donations import gift
from tests.stubs.stripe_server import StripeStandIn

PAYOUT_AFTER = 1000  # gifts; the site asks for at most 10,000 bookings of one payout
THREADS = 2  # as many as one process lets wait for Stripe
State = DonationState


@dataclass(frozen=True)
class Story:
    """``weight`` gifts of a hundred; ``cards`` are tried in turn; ``then`` gets the stand-in and the session."""

    weight: int
    state: DonationState
    cards: tuple[str, ...] = ("works",)
    then: Callable[[StripeStandIn, dict], object] = lambda _stripe, _session: None
    frequency: Frequency = Frequency.ONE_TIME
    state_after_renewal: DonationState | None = None


def refund_part(stripe: StripeStandIn, session: dict) -> None:
    stripe.refund(session["id"], amount=101)
    stripe.refund(session["id"], amount=202)


def cancel(stripe: StripeStandIn, session: dict) -> None:
    stripe.cancel(subscription=session["subscription"])


STORIES = (
    Story(58, State.PAID),
    Story(5, State.PAID, cards=("declined", "no-funds", "works")),
    Story(3, State.EXPIRED, cards=("declined",), then=lambda stripe, session: stripe.expire(session=session["id"])),
    Story(3, State.PAID, cards=("debit",), then=lambda stripe, session: stripe.settle(session=session["id"])),
    Story(1, State.FAILED, cards=("debit-fails",), then=lambda stripe, session: stripe.settle(session=session["id"])),
    Story(5, State.PAID, then=refund_part),
    Story(4, State.REFUNDED, then=lambda stripe, session: stripe.refund(session["id"])),
    Story(4, State.DISPUTED, then=lambda stripe, session: stripe.dispute(session["id"])),
    Story(12, State.ACTIVE, frequency=Frequency.MONTHLY),
    Story(1, State.ACTIVE, then=refund_part, frequency=Frequency.MONTHLY),
    Story(2, State.ACTIVE, ("fails-later",), frequency=Frequency.MONTHLY, state_after_renewal=State.PAST_DUE),
    Story(2, State.CANCELLED, then=cancel, frequency=Frequency.MONTHLY),
)


@dataclass(frozen=True)
class Intent:
    """Somebody about to give; ``token`` is their form's."""

    number: int
    token: uuid.UUID
    amount_cents: int
    story: Story


def intents(dice: random.Random, count: int) -> list[Intent]:
    """Draw so many; each kind of story is there at least once."""
    drawn = dice.choices(STORIES, weights=[story.weight for story in STORIES], k=max(count - len(STORIES), 0))
    stories = [*STORIES, *drawn]
    dice.shuffle(stories)
    return [
        Intent(number, uuid.UUID(int=dice.getrandbits(128), version=4), dice.randrange(5_00, 500_00), story)
        for number, story in enumerate(stories)
    ]


class Donors:
    """They give in threads of the test's own process; ``started`` says which gift became of which intent."""

    def __init__(self, stripe: StripeStandIn, appeal: Appeal, everyone: list[Intent]) -> None:
        self.stripe, self.appeal, self.everyone = stripe, appeal, everyone
        self.started: dict[int, Donation] = {}
        self.repeated = 0

    def give(self) -> list[Future[None]]:
        """Begin, and return what may be waited for."""
        pool = ThreadPoolExecutor(THREADS)
        shares = [pool.submit(self._all_of, self.everyone[start::THREADS]) for start in range(THREADS)]
        pool.shutdown(wait=False)
        return shares

    def _all_of(self, share: list[Intent]) -> None:
        try:
            for intent in share:
                self._one(intent)
        finally:
            connection.close()

    def _one(self, intent: Intent) -> None:
        donation = self.started[intent.number] = self._begun(intent)
        email, session = f"donor{intent.number}@donor.example", {}
        for card in intent.story.cards:
            session = self.stripe.pay(donation.session_id, card=card, email=email, name="陳大文")["session"]
        intent.story.then(self.stripe, session)
        if (intent.number + 1) % PAYOUT_AFTER == 0:
            self.stripe.payout()

    def _begun(self, intent: Intent) -> Donation:
        """Send the form until it leads to a page, as people do, and then once more in one of ten cases."""
        wanted = gift(amount_cents=intent.amount_cents, frequency=intent.story.frequency)
        needed = 2 if intent.number % 10 == 0 else 1
        for _ in range(20):
            try:
                donation = services.start(appeal=self.appeal, wording_version=None, gift=wanted, token=intent.token)
            except StripeTrouble:
                self.repeated += 1
                continue
            needed -= donation.session_id is not None
            if needed == 0:
                return donation
        raise AssertionError(f"gift {intent.number} never got its page")
