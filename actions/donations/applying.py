"""What Stripe says about a gift, written into our books. Each function runs in its caller's transaction.

The gift's row is locked first, always, so that two messages about one gift wait for each other. What is written is what
Stripe answered when it was asked (``asked_at``, UTC), never what a message claimed, and an older answer never undoes a
newer one. So any order and any number of messages ends in one state. Each returns a short word for the event's row.
"""

from __future__ import annotations

import logging
import uuid
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from actions.donations.appeal_models import KEY_OWNER
from actions.donations.asks import BREAKER
from actions.donations.donation_models import CURRENCY
from actions.donations.emails import send_receipt
from actions.donations.facts import ChargeFacts, InvoiceFacts, SessionFacts, SubscriptionFacts
from actions.donations.following_up import after_move, after_payment
from actions.donations.models import Dispute, DisputeEntry, Donation, Payment, PayoutLine, Refund
from actions.donations.month_sums import bounds
from actions.donations.states import DonationState, PaymentState, RefundState, may_move
from actions.privacy.addresses import in_ascii
from actions.privacy.fingerprints import email_fingerprint
from actions.privacy.record_keys import record_key_for
from actions.protection import breaker

log = logging.getLogger(__name__)

APPLIED = "applied"
NOT_OURS = "not-ours"
WRONG_CURRENCY = "wrong-currency"
# https://docs.stripe.com/api/subscriptions/object#subscription_object-status
OF_SUBSCRIPTION = {
    "active": DonationState.ACTIVE,
    "trialing": DonationState.ACTIVE,
    "paused": DonationState.ACTIVE,
    "past_due": DonationState.PAST_DUE,
    "unpaid": DonationState.PAST_DUE,
    "canceled": DonationState.CANCELLED,
    "incomplete_expired": DonationState.FAILED,
}
# Nobody closes the books of a month on the first morning of the next one.
NOT_CLOSED_BEFORE = timedelta(days=1)
FAILED_PAYMENT = ("requires_payment_method", "canceled")


def apply_session(found: SessionFacts, *, charge: ChargeFacts | None, payment_status: str, asked_at: datetime) -> str:
    """The visit to the payment page, with what was charged; ``payment_status`` is its payment intent's."""
    donation = locked(found.metadata, livemode=found.livemode)
    if donation is None:
        return NOT_OURS
    if donation.session_id not in (None, found.id) and not found.is_paid:
        return "another-page"  # a page that the donor never saw says nothing about this gift
    _fill(donation, session_id=found.id, customer_id=found.customer_id, subscription_id=found.subscription_id or None)
    know_donor(donation, name=found.name, email=found.email)
    if charge is not None and charge.is_paid:
        return record_payment(donation, charge, asked_at=asked_at)
    if found.status == "expired":
        move(donation, DonationState.EXPIRED, at=asked_at)
    elif found.is_paid and donation.is_monthly:
        move(donation, DonationState.ACTIVE, at=asked_at)
    elif found.status == "complete" and payment_status in FAILED_PAYMENT:
        move(donation, DonationState.FAILED, at=asked_at)
    return APPLIED


def apply_charge(found: ChargeFacts, *, invoice: InvoiceFacts | None, asked_at: datetime) -> str:
    """A charge by itself: booked, given back or disputed; ``invoice`` when it paid a month of a monthly gift."""
    known = Payment.objects.filter(charge_id=found.id).values_list("donation__attempt", flat=True).first()
    said = invoice.metadata if invoice else found.metadata
    donation = locked({"attempt": str(known)} if known else said, livemode=found.livemode)
    if donation is None:
        return NOT_OURS
    know_donor(donation, name=found.name, email=found.email)
    return record_payment(donation, found, asked_at=asked_at, invoice_id=invoice.id if invoice else "")


def apply_invoice(found: InvoiceFacts, *, charge: ChargeFacts | None, asked_at: datetime) -> str:
    """A month of a monthly gift: the only thing that says that it was paid."""
    donation = locked(found.metadata, livemode=found.livemode)
    if donation is None:
        return NOT_OURS
    _fill(donation, customer_id=found.customer_id, subscription_id=found.subscription_id or None)
    know_donor(donation, name=found.name, email=found.email)
    if charge is None:
        return APPLIED
    return record_payment(donation, charge, asked_at=asked_at, invoice_id=found.id)


def apply_subscription(found: SubscriptionFacts, *, asked_at: datetime) -> str:
    """How a monthly gift stands."""
    donation = locked(found.metadata, livemode=found.livemode)
    if donation is None:
        return NOT_OURS
    _fill(donation, customer_id=found.customer_id, subscription_id=found.id)
    _note_ending(donation, found, asked_at)
    state = OF_SUBSCRIPTION.get(found.status)
    if state is not None:
        move(donation, state, at=asked_at, ended_at=found.ended_at)
    return APPLIED


def _note_ending(donation: Donation, found: SubscriptionFacts, asked_at: datetime) -> None:
    """Keep when a gift that still runs will end, for one that its donor stopped from the next month on."""
    if donation.ends_looked_at is not None and donation.ends_looked_at > asked_at:
        return
    donation.ends_at, donation.ends_looked_at = found.cancels_at, asked_at
    donation.save(update_fields=["ends_at", "ends_looked_at"])


def record_payment(donation: Donation, found: ChargeFacts, *, asked_at: datetime, invoice_id: str = "") -> str:
    """Write the charge with its refunds and disputes; the gift must be locked."""
    if not found.is_paid:
        return "not-paid"
    if found.currency != CURRENCY:
        log.error("charge %s is not in %s", found.id, CURRENCY)
        return WRONG_CURRENCY
    payment = Payment.objects.select_for_update().filter(charge_id=found.id).first()
    if payment is None:
        payment = _new_payment(donation, found, asked_at)
    if payment.synced_at is not None and payment.synced_at > asked_at:
        return "older"
    payment.invoice_id = invoice_id or payment.invoice_id
    payment.fee_cents, payment.net_cents = found.fee_cents, found.net_cents
    payment.balance_transaction_id = found.balance_transaction_id
    payment.refunded_cents = found.refunded_cents
    payment.state = _payment_state(found)
    payment.synced_at = asked_at
    payment.save()
    _write_refunds(payment, found, asked_at)
    _write_disputes(payment, found)
    _count_in(donation, payment, asked_at)
    send_receipts(donation)
    after_payment(donation, payment)
    return APPLIED


def _new_payment(donation: Donation, found: ChargeFacts, asked_at: datetime) -> Payment:
    """A charge that we had not heard of; its payout may have come before it.

    Where its month is over (a bank debit succeeds days after it began) the books count it now.
    """
    _start, end = bounds(timezone.localdate(found.created_at).replace(day=1))
    line = PayoutLine.objects.filter(source_id=found.id).first()
    transaction.on_commit(lambda: breaker.record_success(BREAKER))
    return Payment(
        donation=donation,
        charge_id=found.id,
        payment_intent_id=found.payment_intent_id or None,
        amount_cents=found.amount_cents,
        paid_at=found.created_at,
        booked_at=asked_at if asked_at >= end + NOT_CLOSED_BEFORE else None,
        payout_id=line.payout_id if line else None,
        livemode=found.livemode,
    )


def _payment_state(found: ChargeFacts) -> PaymentState:
    """Stripe calls a charge disputed for ever; for us it is so as long as the bank has the money."""
    if any(one.status in Dispute.TAKEN for one in found.disputes):
        return PaymentState.DISPUTED
    return PaymentState.REFUNDED if found.refunded_cents >= found.amount_cents else PaymentState.PAID


def _write_refunds(payment: Payment, found: ChargeFacts, asked_at: datetime) -> None:
    """One that failed keeps when it did: by Stripe's booking, else when we heard of it. Nothing moves it later."""
    undone = dict(payment.refunds.exclude(undone_at=None).values_list("refund_id", "undone_at"))
    for refund in found.refunds:
        has_failed = refund.status in (RefundState.FAILED, RefundState.CANCELED)
        Refund.objects.update_or_create(
            refund_id=refund.id,
            defaults={
                "payment": payment,
                "amount_cents": refund.amount_cents,
                "status": refund.status,
                "reason": refund.reason[:40],
                "created_at": refund.created_at,
                "undone_at": (undone.get(refund.id) or refund.undone_at or asked_at) if has_failed else None,
            },
        )


def _write_disputes(payment: Payment, found: ChargeFacts) -> None:
    """Each with what it moved and when: what is booked is never written again, so that closed months stay closed."""
    for dispute in found.disputes:
        row, _is_new = Dispute.objects.update_or_create(
            dispute_id=dispute.id,
            defaults={
                "payment": payment,
                "amount_cents": dispute.amount_cents,
                "status": dispute.status,
                "reason": dispute.reason[:60],
                "evidence_due_at": dispute.evidence_due_at,
                "created_at": dispute.created_at,
            },
        )
        moves = [
            DisputeEntry(dispute=row, entry_id=one.id, amount_cents=one.amount_cents, moved_at=one.moved_at)
            for one in dispute.moves
        ]
        DisputeEntry.objects.bulk_create(moves, ignore_conflicts=True)


def _count_in(donation: Donation, payment: Payment, asked_at: datetime) -> None:
    """Let the gift show what its payments say; a monthly one is moved by its subscription, once it runs."""
    days = [day for day in (donation.paid_at, payment.paid_at) if day]
    donation.paid_at = min(days)
    donation.last_paid_at = max(day for day in (donation.last_paid_at, payment.paid_at) if day)
    donation.save(update_fields=["paid_at", "last_paid_at"])
    if not donation.is_monthly:
        move(donation, DonationState(payment.state), at=asked_at)
    elif donation.state in (DonationState.STARTED, DonationState.EXPIRED, DonationState.FAILED):
        move(donation, DonationState.ACTIVE, at=asked_at)


def locked(metadata: dict[str, str], *, livemode: bool) -> Donation | None:
    """Return the gift that an object at Stripe says it belongs to, locked; None for one of another site or mode."""
    try:
        attempt = uuid.UUID(metadata.get("attempt", ""))
    except ValueError:
        return None
    rows = Donation.objects.select_for_update(of=("self",)).select_related("appeal")
    return rows.filter(attempt=attempt, livemode=livemode).first()


def move(donation: Donation, state: DonationState, *, at: datetime, ended_at: datetime | None = None) -> bool:
    """Move the locked gift to the state that Stripe showed at ``at``, if it may; the one place where states change."""
    is_older = donation.synced_at is not None and donation.synced_at > at
    if not may_move(donation.state, state, is_older=is_older):
        return False
    before = donation.state
    donation.state, donation.synced_at = state, at
    donation.past_due_at = at if state == DonationState.PAST_DUE else None
    if state in (DonationState.EXPIRED, DonationState.FAILED, DonationState.CANCELLED):
        donation.ended_at = ended_at or at
    donation.session_url = ""
    donation.save(update_fields=["state", "synced_at", "past_due_at", "ended_at", "session_url"])
    after_move(donation, before=before)
    return True


def know_donor(donation: Donation, *, name: str, email: str) -> None:
    """Keep what the donor told Stripe; what is known stays, and nobody who was erased comes back."""
    if donation.erased_at is not None or not email or donation.email:
        return
    donation.name, donation.email = name, in_ascii(email)
    key = record_key_for(owner_kind=KEY_OWNER, owner_id=donation.appeal_id)
    try:
        donation.email_fingerprint = email_fingerprint(key, email)
    except ValueError:
        log.warning("donation %s: Stripe took an address that is none", donation.pk)
    donation.save(update_fields=["name", "email", "email_fingerprint"])


def send_receipts(donation: Donation) -> None:
    """Ask for the receipt of each payment that has none yet, once the donor's address is known."""
    if not donation.email:
        return
    for payment in donation.payments.filter(receipt_asked_at=None).order_by("paid_at"):
        send_receipt(donation, payment)


def _fill(donation: Donation, **numbers: str | None) -> None:
    """Write Stripe's numbers where none stand yet."""
    new = {name: value for name, value in numbers.items() if value and not getattr(donation, name)}
    for name, value in new.items():
        setattr(donation, name, value)
    if new:
        donation.save(update_fields=list(new))
