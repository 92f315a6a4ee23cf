"""The worker's part: ask Stripe anew about what an event names, and write what it answers.

An event is claimed under a lease, so that several workers share the work; a dead worker's comes again. While Stripe is
not to be reached, all events wait: one is tried now and then.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from actions.donations import applying, gateway
from actions.donations.asks import BREAKER
from actions.donations.checkout import locale_of
from actions.donations.gateway import NotThere, Refused, StripeTrouble
from actions.donations.models import Refund, StripeEvent
from actions.donations.payouts import apply_payout
from actions.protection import breaker

log = logging.getLogger(__name__)

Apply = Callable[[], str]

LEASE = timedelta(minutes=2)
TURN_SECONDS = 0.5  # then the mails have their turn
AT_ONCE = 50
PAUSES = [timedelta(seconds=seconds) for seconds in (5, 15, 60, 300, 900, 3600)]
REST_SECONDS = 15.0
KEPT = timedelta(days=60)
UNKNOWN = "unknown-at-stripe"

_rests_until = 0.0  # by this process's steady clock


def about_session(session_id: str) -> Apply:
    asked_at = timezone.now()
    found = gateway.session(session_id)
    status, charge, subscription = "", None, None
    if found.payment_intent_id:
        status, charge = gateway.payment(found.payment_intent_id)
    if found.subscription_id:
        subscription = gateway.subscription(found.subscription_id)
        _tell_language(subscription.customer_id, found.metadata.get("language", ""))

    def apply() -> str:
        outcome = applying.apply_session(found, charge=charge, payment_status=status, asked_at=asked_at)
        if subscription is not None:
            applying.apply_subscription(subscription, asked_at=asked_at)
        return outcome

    return apply


def _tell_language(customer_id: str, language: str) -> None:
    """Where Stripe refuses, for one because the customer was erased, the money is written all the same."""
    try:
        gateway.set_language(customer_id, locale_of(language))
    except Refused:
        log.warning("Stripe takes no language for one of its customers")


def about_invoice(invoice_id: str) -> Apply:
    asked_at = timezone.now()
    found = gateway.invoice(invoice_id)
    is_paid = found.status == "paid" and found.payment_intent_id
    charge = gateway.payment(found.payment_intent_id)[1] if is_paid else None
    subscription = gateway.subscription(found.subscription_id) if found.subscription_id else None

    def apply() -> str:
        outcome = applying.apply_invoice(found, charge=charge, asked_at=asked_at)
        if subscription is not None:
            applying.apply_subscription(subscription, asked_at=asked_at)
        return outcome

    return apply


def about_subscription(subscription_id: str) -> Apply:
    asked_at = timezone.now()
    found = gateway.subscription(subscription_id)
    return lambda: applying.apply_subscription(found, asked_at=asked_at)


def about_charge(charge_id: str) -> Apply:
    asked_at = timezone.now()
    found = gateway.charge(charge_id, had_refunds=Refund.objects.filter(payment__charge_id=charge_id).exists())
    is_single = "attempt" in found.metadata or not found.payment_intent_id
    invoice = None if is_single else gateway.invoice_of(found.payment_intent_id)
    return lambda: applying.apply_charge(found, invoice=invoice, asked_at=asked_at)


def about_refund(refund_id: str) -> Apply:
    return about_charge(gateway.charge_of_refund(refund_id))


def about_dispute(dispute_id: str) -> Apply:
    return about_charge(gateway.dispute(dispute_id).charge_id)


def about_payout(payout_id: str) -> Apply:
    found, lines = gateway.payout(payout_id)
    return lambda: apply_payout(found, lines)


def about_failure(payment_intent_id: str) -> Apply:
    """A card was declined: many at once are a program that tries stolen ones. Renewals fail for other reasons."""
    invoice = gateway.invoice_of(payment_intent_id)
    if invoice is not None and invoice.is_renewal:
        return lambda: "renewal"
    charge = None if invoice else gateway.payment(payment_intent_id)[1]
    metadata = invoice.metadata if invoice else charge.metadata if charge else {}
    if "attempt" not in metadata:
        return lambda: applying.NOT_OURS

    def apply() -> str:
        transaction.on_commit(lambda: breaker.record_failure(BREAKER))
        return "counted"

    return apply


# Every other kind is stored and done at once.
KINDS: dict[str, Callable[[str], Apply]] = {
    "checkout.session.completed": about_session,
    "checkout.session.async_payment_succeeded": about_session,
    "checkout.session.async_payment_failed": about_session,
    "checkout.session.expired": about_session,
    "invoice.paid": about_invoice,
    "invoice.payment_failed": about_invoice,
    "customer.subscription.updated": about_subscription,
    "customer.subscription.deleted": about_subscription,
    "charge.updated": about_charge,
    "charge.refunded": about_charge,
    "refund.created": about_refund,
    "refund.updated": about_refund,
    "refund.failed": about_refund,
    "charge.dispute.created": about_dispute,
    "charge.dispute.updated": about_dispute,
    "charge.dispute.closed": about_dispute,
    "charge.dispute.funds_withdrawn": about_dispute,
    "charge.dispute.funds_reinstated": about_dispute,
    "payment_intent.payment_failed": about_failure,
    "payout.paid": about_payout,
    "payout.failed": about_payout,
    "payout.canceled": about_payout,
    "payout.reconciliation_completed": about_payout,
}


def handle_waiting(now: datetime) -> bool:
    """Handle what is due, oldest first, for TURN_SECONDS; returns whether there was anything. The worker's chore."""
    if not gateway.is_on() or time.monotonic() < _rests_until:
        return False
    until, did = time.monotonic() + TURN_SECONDS, False
    for event in list(_due(now)[:AT_ONCE]):
        if _claim(event, now):
            did = True
            if not handle(event):
                return did
        if time.monotonic() >= until:
            break
    return did


def _due(now: datetime):  # type: ignore[no-untyped-def]
    free = Q(lease_until=None) | Q(lease_until__lt=now)
    return StripeEvent.objects.filter(free, handled_at=None, next_try_at__lte=now).order_by("next_try_at", "pk")


def _claim(event: StripeEvent, now: datetime) -> bool:
    return bool(_due(now).order_by().filter(pk=event.pk).update(lease_until=now + LEASE, tries=F("tries") + 1))


def handle(event: StripeEvent) -> bool:
    """Ask Stripe and write what it says; False when Stripe is not to be reached, so that nothing else is tried now."""
    try:
        apply = KINDS[event.kind](event.object_id)
    except (NotThere, Refused):
        _done(event, UNKNOWN)
        return True
    except StripeTrouble as error:
        _postpone(event, error.code)
        _rest()
        return False
    except Exception as error:  # noqa: BLE001 - one strange answer must not stop all others
        log.error("event %s of kind %s: %s", event.event_id, event.kind, type(error).__name__)
        _postpone(event, type(error).__name__)
        return True
    try:
        with transaction.atomic():
            _done(event, apply())
    except Exception as error:  # noqa: BLE001 - one row that cannot be written must not stop all others
        log.error("event %s of kind %s: %s", event.event_id, event.kind, type(error).__name__)
        _postpone(event, type(error).__name__)
    return True


def _done(event: StripeEvent, outcome: str) -> None:
    rows = StripeEvent.objects.filter(pk=event.pk)
    rows.update(handled_at=timezone.now(), lease_until=None, outcome=outcome[:40])


def _postpone(event: StripeEvent, why: str) -> None:
    """Try again later, for ever: money must not be given up. What fails for long shows in the daily comparison."""
    pause = PAUSES[min(event.tries, len(PAUSES) - 1)]
    rows = StripeEvent.objects.filter(pk=event.pk)
    rows.update(next_try_at=timezone.now() + pause, lease_until=None, outcome=why[:40])


def _rest() -> None:
    """Let this worker's mails go on while Stripe is not to be reached."""
    global _rests_until
    _rests_until = time.monotonic() + REST_SECONDS


def forget_rest() -> None:
    """Ask Stripe again at once (tests, and a person who has mended something)."""
    global _rests_until
    _rests_until = 0.0


def sweep_events(now: datetime) -> None:
    """Delete what was handled long ago: Stripe itself keeps events for 30 days."""
    StripeEvent.objects.filter(handled_at__lt=now - KEPT).delete()
