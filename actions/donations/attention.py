"""What waits for the finance role: disputes with their deadlines, differences, and whether gifts can come in at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F

from actions.donations import gateway
from actions.donations.asks import BREAKER
from actions.donations.models import Dispute, Donation, Reconciliation, StripeEvent
from actions.donations.modes import counted, counts_live
from actions.donations.month_sums import payments
from actions.donations.states import DonationState, Source
from actions.protection import breaker
from actions.protection.breaker import BreakerState

# The hourly question and the daily comparison, with room for a night without a worker.
LATE = {Reconciliation.Kind.EVENTS: timedelta(hours=3), Reconciliation.Kind.FULL: timedelta(hours=36)}
SHOWN = 20
WINDOW = 600


@dataclass(frozen=True)
class Check:
    """The newest run of one kind that ended, and whether it is too long ago."""

    kind: Reconciliation.Kind
    run: Reconciliation | None
    is_late: bool


@dataclass(frozen=True)
class Flow:
    """Whether gifts by card come in: ``breaker`` with the failures and successes of the last ten minutes."""

    is_on: bool
    is_live: bool
    breaker: BreakerState
    failures: int
    successes: int
    events_waiting: int
    past_due: int


def open_disputes() -> list[Dispute]:
    """Return disputes that are not decided, the nearest deadline first."""
    rows = Dispute.objects.filter(status__in=Dispute.OPEN, payment__in=payments()).select_related("payment")
    return list(rows.order_by(F("evidence_due_at").asc(nulls_last=True), "pk")[:SHOWN])


def checks(now: datetime) -> list[Check]:
    """Return how the comparisons with Stripe stand."""
    ended = Reconciliation.objects.exclude(ended_at=None).order_by("-until")
    found = {kind: ended.filter(kind=kind).first() for kind in Reconciliation.Kind}
    return [Check(kind, run, _is_late(kind, run, now)) for kind, run in found.items()]


def _is_late(kind: Reconciliation.Kind, run: Reconciliation | None, now: datetime) -> bool:
    """Since the last run, or, where there was none, since the first gift by card."""
    late = LATE.get(kind)
    if late is None or not gateway.is_on():
        return False
    if run is not None and run.ended_at is not None:
        return now - run.ended_at > late
    return Donation.objects.filter(source=Source.STRIPE, created_at__lt=now - late).exists()


def flow() -> Flow:
    failures, successes = breaker.counts(BREAKER, seconds=WINDOW)
    return Flow(
        is_on=gateway.is_on(),
        is_live=counts_live(),
        breaker=breaker.state(BREAKER),
        failures=failures,
        successes=successes,
        events_waiting=StripeEvent.objects.filter(handled_at=None).count(),
        past_due=counted(Donation.objects.filter(state=DonationState.PAST_DUE)).count(),
    )
