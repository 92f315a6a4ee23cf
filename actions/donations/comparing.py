"""Once a day: everything that Stripe has against everything that we have, to the cent.

What differs is asked for and written anew; what differs even then is a fault, and staff are told by mail. Charges that
other systems make on the same account are none of ours and not compared.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Min, Sum
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from actions.donations import gateway
from actions.donations.amounts import format_amount
from actions.donations.applying import NOT_OURS, OF_SUBSCRIPTION
from actions.donations.facts import ChargeFacts
from actions.donations.models import Donation, Payment, Payout, Reconciliation
from actions.donations.processing import about_charge, about_payout, about_subscription
from actions.donations.states import PaymentState, RefundState, Source
from actions.outbox.messages import MailContent
from actions.outbox.staff_mail import mail_staff

# What happened a moment ago may be on its way to us.
STILL_ON_ITS_WAY = timedelta(minutes=10)
CLOCK_SLACK = timedelta(days=1)
SILENT_FOR = timedelta(days=3)
GIVEN_BACK = (RefundState.PENDING, RefundState.REQUIRES_ACTION, RefundState.SUCCEEDED)
MOST_DETAILS = 200
Kind = Reconciliation.Kind


@dataclass
class Findings:
    """What a comparison found; ``details`` are (what, Stripe's number, cents)."""

    healed: int = 0
    looked_at: int = 0
    stripe_cents: int = 0
    ledger_cents: int = 0
    difference_cents: int = 0
    details: list[tuple[str, str, int]] = field(default_factory=list)

    def differs(self, what: str, number: str, cents: int) -> None:
        self.difference_cents += abs(cents)
        self.details.append((what, number, cents))


def compare(now: datetime) -> Reconciliation | None:
    """Compare everything since the first gift, mend what can be mended, and tell staff of the rest.

    Raises StripeTrouble, after telling staff when there has been no whole comparison for days.
    """
    first = Donation.objects.filter(source=Source.STRIPE).aggregate(first=Min("created_at"))["first"]
    if not gateway.is_on() or first is None:
        return None
    run = Reconciliation.objects.create(kind=Kind.FULL, since=first - CLOCK_SLACK, until=now - STILL_ON_ITS_WAY)
    findings = Findings()
    try:
        _compare_charges(run, findings)
        _compare_payouts(run, findings)
        _bring_subscriptions_up_to_date(run, findings)
    except gateway.StripeTrouble:
        _tell_of_silence(now)
        raise
    _end(run, findings)
    return run


def compare_daily(now: datetime) -> None:
    """The worker's job."""
    compare(now)


def _compare_charges(run: Reconciliation, findings: Findings) -> None:
    at_stripe = {one.id: one for one in gateway.charges_since(run.since, run.until) if one.is_paid}
    ours = _payments(run)
    for number, found in at_stripe.items():
        findings.looked_at += 1
        if _differences(found, ours.get(number)):
            if _written_anew(number) == NOT_OURS:
                continue
            findings.healed += 1
            found, ours[number] = gateway.charge(number), Payment.objects.filter(charge_id=number).first()
        for what, cents in _differences(found, ours.get(number)):
            findings.differs(what, number, cents)
        findings.stripe_cents += found.amount_cents - found.refunded_cents
        findings.ledger_cents += payment.kept_cents if (payment := ours.get(number)) else 0
    for number, payment in ours.items():
        if number not in at_stripe and payment is not None:
            findings.differs("not at Stripe", number, payment.amount_cents)
            findings.ledger_cents += payment.kept_cents
    _check_refunds(run, findings)


def _payments(run: Reconciliation) -> dict[str, Payment | None]:
    rows = Payment.objects.filter(source=Source.STRIPE, livemode=gateway.is_live())
    return {str(row.charge_id): row for row in rows.filter(paid_at__gte=run.since, paid_at__lt=run.until)}


def _differences(found: ChargeFacts, payment: Payment | None) -> list[tuple[str, int]]:
    """Return what differs and by how many cents."""
    if payment is None:
        return [("not in our books", found.amount_cents)]
    taken = payment.amount_cents if payment.state == PaymentState.DISPUTED else 0
    pairs = [
        ("amount", found.amount_cents, payment.amount_cents),
        ("given back", found.refunded_cents, payment.refunded_cents),
        ("fee", found.fee_cents or 0, payment.fee_cents or 0),
        ("net", found.net_cents or 0, payment.net_cents or 0),
        ("disputed", found.amount_cents if found.is_disputed else 0, taken),
    ]
    return [(what, theirs - mine) for what, theirs, mine in pairs if theirs != mine]


def _written_anew(charge_id: str) -> str:
    apply = about_charge(charge_id)
    with transaction.atomic():
        return apply()


def _check_refunds(run: Reconciliation, findings: Findings) -> None:
    """The refunds one by one must add up to what each payment says was given back."""
    rows = Payment.objects.filter(source=Source.STRIPE, livemode=gateway.is_live(), refunded_cents__gt=0)
    sums = rows.filter(refunds__status__in=GIVEN_BACK).annotate(sum=Sum("refunds__amount_cents"))
    by_payment = dict(sums.values_list("pk", "sum"))
    for pk, number, cents in rows.values_list("pk", "charge_id", "refunded_cents"):
        if by_payment.get(pk, 0) != cents:
            findings.differs("refunds", str(number), cents - by_payment.get(pk, 0))


def _compare_payouts(run: Reconciliation, findings: Findings) -> None:
    """Each transfer must be here with the same sum, and its lines must add up to it (manual ones have none)."""
    for found in gateway.payouts_since(run.since, run.until):
        ours = Payout.objects.filter(payout_id=found.id).first()
        if ours is None or (ours.amount_cents, ours.status) != (found.amount_cents, found.status):
            apply = about_payout(found.id)
            with transaction.atomic():
                apply()
            findings.healed += 1
        lines = Payout.objects.filter(payout_id=found.id).aggregate(sum=Sum("lines__net_cents"))["sum"]
        if lines is not None and lines != found.amount_cents:
            findings.differs("payout", found.id, found.amount_cents - lines)


def _bring_subscriptions_up_to_date(run: Reconciliation, findings: Findings) -> None:
    """Monthly gifts whose state at Stripe is another than ours; no money differs by that alone."""
    ours = dict(Donation.objects.exclude(subscription_id=None).values_list("subscription_id", "state"))
    for found in gateway.subscriptions_since(run.since):
        state = OF_SUBSCRIPTION.get(found.status)
        if found.id in ours and state is not None and ours[found.id] != state:
            apply = about_subscription(found.id)
            with transaction.atomic():
                apply()
            findings.healed += 1


def _end(run: Reconciliation, findings: Findings) -> None:
    run.looked_at, run.found = findings.looked_at, findings.healed
    run.stripe_cents, run.ledger_cents = findings.stripe_cents, findings.ledger_cents
    run.difference_cents = findings.difference_cents
    run.details = [list(detail) for detail in findings.details[:MOST_DETAILS]]
    run.ended_at = timezone.now()
    with transaction.atomic():
        if run.difference_cents and _told(f"difference:{run.started_at:%Y%m%d}", _difference_mail(run)):
            run.alarmed_at = run.ended_at
        run.save()


def _tell_of_silence(now: datetime) -> None:
    whole = Reconciliation.objects.filter(kind=Kind.FULL).exclude(ended_at=None)
    if not whole.filter(ended_at__gte=now - SILENT_FOR).exists() and whole.exists():
        _told(f"silence:{now:%Y%m%d}", _silence_mail())


def _told(key: str, content: MailContent) -> int:
    return mail_staff(dedupe_key=f"donations-{key}", content=content)


def _difference_mail(run: Reconciliation) -> MailContent:
    with translation.override(settings.LANGUAGE_CODE):
        return MailContent(
            subject=_("Donations: our books differ from Stripe"),
            paragraphs=[
                _("Today's comparison found %(sum)s that could not be explained.")
                % {"sum": format_amount(run.difference_cents)},
                _("Until it is, please do not close the month. These are the places:"),
                *(f"{what}: {number} ({format_amount(cents)})" for what, number, cents in run.details[:10]),
            ],
            reason=_("You get this mail because you are an administrator of the site."),
        )


def _silence_mail() -> MailContent:
    with translation.override(settings.LANGUAGE_CODE):
        return MailContent(
            subject=_("Donations: no comparison with Stripe for three days"),
            paragraphs=[
                _("Stripe could not be asked. Gifts may be missing from our books until it can."),
                _("Please look at the keys in the environment and at https://status.stripe.com ."),
            ],
            reason=_("You get this mail because you are an administrator of the site."),
        )
