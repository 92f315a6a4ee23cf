"""Once a day: everything that Stripe has against everything that we have, to the cent.

By months of charges (UTC), so that the work does not grow with the years: those of the last weeks are compared whole,
and of the older ones each whose sums in our books have changed since it was last compared, each that differed then, and
the one that was compared longest ago. What happens late to an old charge is in Stripe's lists of the newest refunds and
disputes; written into our books it changes its month's sums. So the sums told are those of all time.

What differs is asked for and written anew; what differs even then is a fault, and staff are told by mail
(``compared_news``). Charges that other systems make on the same account are none of ours and not compared.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Min, Q, Sum
from django.utils import timezone

from actions.donations import gateway
from actions.donations.applying import OF_SUBSCRIPTION
from actions.donations.compared_months import MOST_DETAILS, CompareMonth, all_months, months_due
from actions.donations.compared_news import tell_of_difference, tell_of_silence
from actions.donations.facts import SubscriptionFacts
from actions.donations.models import ComparedMonth, Dispute, Donation, Payment, Payout, Reconciliation, Refund
from actions.donations.processing import Apply, about_charge, about_payout, about_subscription
from actions.donations.states import RUNNING, RefundState, Source

# What happened a moment ago may be on its way to us.
STILL_ON_ITS_WAY = timedelta(minutes=10)
CLOCK_SLACK = timedelta(days=1)
# Compared whole each day, and as far back Stripe's lists of what happened to older charges are read.
LATELY = timedelta(days=45)
GIVEN_BACK = (RefundState.PENDING, RefundState.REQUIRES_ACTION, RefundState.SUCCEEDED)
log = logging.getLogger(__name__)
Kind = Reconciliation.Kind


@dataclass
class Findings:
    """What was found beside the months; ``details`` are (what, Stripe's number, cents)."""

    healed: int = 0
    looked_at: int = 0
    difference_cents: int = 0
    details: list[tuple[str, str, int]] = field(default_factory=list)

    def differs(self, what: str, number: str, cents: int) -> None:
        self.difference_cents += abs(cents)
        self.details.append((what, number, cents))


def compare(now: datetime) -> Reconciliation | None:
    """Compare everything since the first gift, mend what can be mended, and tell staff of the rest.

    Raises StripeTrouble, after telling staff when there has been no whole comparison for days; months that were done
    stay done.
    """
    since = _beginning()
    if not gateway.is_on() or since is None:
        return None
    run = Reconciliation.objects.create(kind=Kind.FULL, since=since, until=now - STILL_ON_ITS_WAY)
    findings, lately = Findings(), _lately(run)
    try:
        _bring_late_news(lately, findings)
        for month in months_due(run.since, run.until, whole_since=lately):
            found = CompareMonth(month, run.until).compare()
            findings.looked_at += found.looked_at
            findings.healed += found.healed
        _compare_payouts(lately, run.until, findings)
        _bring_subscriptions_up_to_date(findings)
    except gateway.StripeTrouble:
        tell_of_silence(now)
        raise
    _check_refunds(findings)
    _end(run, findings)
    return run


def compare_daily(now: datetime) -> None:
    """The worker's job."""
    compare(now)


def _beginning() -> datetime | None:
    """When the first gift by card was begun or, by our books, paid; None before there was one."""
    begun = Donation.objects.filter(source=Source.STRIPE).aggregate(first=Min("created_at"))["first"]
    paid = Payment.objects.filter(source=Source.STRIPE).aggregate(first=Min("paid_at"))["first"]
    return min(begun, paid or begun) - CLOCK_SLACK if begun else None


def _lately(run: Reconciliation) -> datetime:
    """From when on everything is asked for: some weeks ago, or the end of the last comparison, if that is older."""
    last = Reconciliation.objects.filter(kind=Kind.FULL).exclude(ended_at=None).order_by("-until").first()
    before = last.until - CLOCK_SLACK if last else run.since
    return max(run.since, min(before, run.until - LATELY))


def _write_anew(about: Callable[[str], Apply], number: str, findings: Findings) -> None:
    """Ask about one thing and write what Stripe says, if it knows of it. Raises StripeTrouble."""
    try:
        apply = about(number)
    except gateway.NotThere:
        log.error("comparison: Stripe knows nothing of %s", number)
        return
    with transaction.atomic():
        apply()
    findings.healed += 1


def _bring_late_news(since: datetime, findings: Findings) -> None:
    """Ask anew about each charge of ours of which Stripe's newest refunds or disputes say more than our books."""
    refunds = ((one.id, one.charge_id, one.amount_cents, one.status) for one in gateway.refunded_since(since))
    disputes = (
        (one.id, one.charge_id, one.amount_cents, one.status, len(one.moves)) for one in gateway.disputed_since(since)
    )
    theirs = {number: said for number, *said in (*refunds, *disputes)}
    known = Dispute.objects.filter(dispute_id__in=theirs).annotate(moves=Count("entries"))
    rows = (
        *Refund.objects.filter(refund_id__in=theirs).values_list("refund_id", "amount_cents", "status"),
        *known.values_list("dispute_id", "amount_cents", "status", "moves"),
    )
    ours = {number: said for number, *said in rows}
    changed = {charge for number, (charge, *said) in theirs.items() if ours.get(number) != said}
    mine = Payment.objects.filter(charge_id__in=changed, livemode=gateway.is_live())
    for charge_id in mine.order_by("pk").values_list("charge_id", flat=True):
        _write_anew(about_charge, str(charge_id), findings)
    _follow_open_disputes(since, findings)


def _follow_open_disputes(since: datetime, findings: Findings) -> None:
    """A dispute that was opened before that time and is not decided may have been since."""
    rows = Dispute.objects.filter(status__in=Dispute.OPEN, created_at__lt=since, payment__livemode=gateway.is_live())
    for row in rows.select_related("payment"):
        if gateway.dispute(row.dispute_id).status != row.status:
            _write_anew(about_charge, str(row.payment.charge_id), findings)


def _check_refunds(findings: Findings) -> None:
    """The refunds one by one must add up to what each payment says was given back."""
    rows = Payment.objects.filter(source=Source.STRIPE, livemode=gateway.is_live())
    sums = rows.filter(refunds__status__in=GIVEN_BACK).annotate(sum=Sum("refunds__amount_cents"))
    by_payment = dict(sums.values_list("pk", "sum"))
    refunded = rows.filter(Q(refunded_cents__gt=0) | Q(pk__in=sums.values("pk")))
    for pk, number, cents in refunded.values_list("pk", "charge_id", "refunded_cents"):
        if by_payment.get(pk, 0) != cents:
            findings.differs("refunds", str(number), cents - by_payment.get(pk, 0))


def _compare_payouts(since: datetime, until: datetime, findings: Findings) -> None:
    """Each transfer must be here with the same sum, and its lines must add up to it (manual ones have none)."""
    for found in gateway.payouts_since(since, until):
        ours = Payout.objects.filter(payout_id=found.id).first()
        if ours is None or (ours.amount_cents, ours.status) != (found.amount_cents, found.status):
            _write_anew(about_payout, found.id, findings)
    added_up = Payout.objects.filter(livemode=gateway.is_live()).annotate(sum=Sum("lines__net_cents"))
    for number, cents, lines in added_up.exclude(sum=None).values_list("payout_id", "amount_cents", "sum"):
        if lines != cents:
            findings.differs("payout", number, cents - lines)


def _bring_subscriptions_up_to_date(findings: Findings) -> None:
    """Monthly gifts that stand otherwise at Stripe than here; no money differs by that alone."""
    rows = Donation.objects.exclude(subscription_id=None).filter(livemode=gateway.is_live())
    ours = {number: (state, ends) for number, state, ends in rows.values_list("subscription_id", "state", "ends_at")}
    living = {one.id: one for one in gateway.living_subscriptions()}
    changed = [number for number, found in living.items() if number in ours and _stands_otherwise(found, *ours[number])]
    gone = [number for number, (state, _ends) in ours.items() if state in RUNNING and number not in living]
    for number in (*changed, *gone):
        _write_anew(about_subscription, str(number), findings)


def _stands_otherwise(found: SubscriptionFacts, state: str, ends_at: datetime | None) -> bool:
    said = OF_SUBSCRIPTION.get(found.status)
    return said is not None and (said, found.cancels_at) != (state, ends_at)


def _end(run: Reconciliation, findings: Findings) -> None:
    """Add up all months, those that were compared earlier too."""
    months: list[ComparedMonth] = all_months()
    run.looked_at, run.found = findings.looked_at, findings.healed
    run.stripe_cents = sum(month.stripe_cents for month in months)
    run.ledger_cents = sum(month.ledger_cents for month in months)
    run.difference_cents = findings.difference_cents + sum(month.difference_cents for month in months)
    details = [detail for month in months for detail in month.details] + [list(one) for one in findings.details]
    run.details = details[:MOST_DETAILS]
    run.ended_at = timezone.now()
    with transaction.atomic():
        if run.difference_cents and tell_of_difference(run):
            run.alarmed_at = run.ended_at
        run.save()
