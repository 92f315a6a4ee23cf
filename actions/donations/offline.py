"""Gifts that came another way: entered by staff, marked as such, counted like all others.

What was entered is never changed: giving back, or putting a wrong number right, is an entry of its own with its day.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from actions.donations.applying import know_donor, send_receipts
from actions.donations.following_up import after_payment
from actions.donations.models import Appeal, Donation, Payment, Refund
from actions.donations.refund_emails import CORRECTION
from actions.donations.states import DonationState, PaymentState, RefundState, Source

if TYPE_CHECKING:
    from django.contrib.auth.models import User

GIVEN_BACK = "given-back"


def enter(
    *,
    appeal: Appeal,
    amount_cents: int,
    source: Source,
    received_at: datetime,
    language: str,
    entered_by: User | None,
    name: str = "",
    email: str = "",
    note: str = "",
    is_anonymous: bool = False,
    attempt: uuid.UUID | None = None,
    booked_at: datetime | None = None,
) -> Donation:
    """Write a gift by e-transfer, cheque or cash (``received_at`` is UTC); with an address its donor gets a receipt.

    ``booked_at`` (UTC) is when the books count it, where that is another month than the one in which it came.

    The same ``attempt`` (a form sent twice) is the same gift. Raises ValueError for Stripe's: those come from Stripe
    alone.
    """
    if source == Source.STRIPE:
        raise ValueError("Gifts through Stripe are never entered by hand.")
    with transaction.atomic():
        donation, is_new = Donation.objects.get_or_create(
            attempt=attempt or uuid.uuid4(),
            defaults={
                "appeal": appeal,
                "amount_cents": amount_cents,
                "source": source,
                "language": language,
                "state": DonationState.PAID,
                "name": name,
                "note": note,
                "is_anonymous": is_anonymous,
                "entered_by": entered_by,
                "paid_at": received_at,
                "last_paid_at": received_at,
            },
        )
        if not is_new:
            return donation
        Payment.objects.create(
            donation=donation, source=source, amount_cents=amount_cents, fee_cents=0, net_cents=amount_cents,
            paid_at=received_at, booked_at=booked_at,
        )  # fmt: skip
        know_donor(donation, name=name, email=email)
        send_receipts(donation)
    return donation


def give_back(
    *, payment_id: int, cents: int, user: User | None, attempt: uuid.UUID | None = None, reason: str = GIVEN_BACK
) -> Refund:
    """Enter that an offline gift was given back today, in part or in full; the same ``attempt`` is the same entry.

    Raises ValueError for Stripe's payments and for more than is left.
    """
    number = f"offline-{(attempt or uuid.uuid4()).hex}"
    with transaction.atomic():
        donation = Donation.objects.select_for_update(of=("self",)).select_related("appeal").get(payments=payment_id)
        payment = Payment.objects.select_for_update(of=("self",)).get(pk=payment_id)
        before = Refund.objects.filter(refund_id=number, payment=payment).first()
        if before is not None:
            return before
        if payment.source == Source.STRIPE or not 0 < cents <= payment.kept_cents:
            raise ValueError("This cannot be given back here.")
        refund = Refund.objects.create(
            payment=payment, refund_id=number, amount_cents=cents, status=RefundState.SUCCEEDED, reason=reason,
            created_at=timezone.now(), asked_by=user,
        )  # fmt: skip
        payment.refunded_cents += cents
        payment.state = PaymentState.PAID if payment.kept_cents else PaymentState.REFUNDED
        payment.save(update_fields=["refunded_cents", "state"])
        donation.state = DonationState(payment.state)
        donation.save(update_fields=["state"])
        after_payment(donation, payment)
    return refund


def correct(*, payment_id: int, amount_cents: int, user: User | None, attempt: uuid.UUID) -> Donation:
    """Put a wrong number right: take the entry back whole and enter the gift anew with the right one; returns it.

    Both entries stay, and where the month of the first one is over, the books count both corrections today: a month
    that was closed stays as it was closed. Raises ValueError where there is nothing left to take back, or nothing to
    change.
    """
    with transaction.atomic():
        # The gift first, as everywhere: two members of staff at once must not wait for each other.
        Donation.objects.select_for_update(of=("self",)).get(payments=payment_id)
        payment = Payment.objects.select_for_update(of=("self",)).select_related("donation__appeal").get(pk=payment_id)
        wrong = payment.donation
        known = Donation.objects.filter(attempt=attempt).first()
        if known is not None:
            return known
        if payment.refunded_cents or amount_cents == payment.amount_cents:
            raise ValueError("This entry cannot be corrected.")
        give_back(payment_id=payment_id, cents=payment.amount_cents, user=user, attempt=attempt, reason=CORRECTION)
        return enter(
            appeal=wrong.appeal, amount_cents=amount_cents, source=Source(wrong.source), received_at=payment.paid_at,
            language=wrong.language, entered_by=user, name=wrong.name, email=wrong.email, note=wrong.note,
            is_anonymous=wrong.is_anonymous, attempt=attempt, booked_at=_booked_now(payment),
        )  # fmt: skip


def _booked_now(payment: Payment) -> datetime | None:
    """Return the present for a payment that the books count in an earlier month; None where it is this one."""
    now = timezone.now()
    months = {timezone.localdate(one).replace(day=1) for one in (payment.booked_at or payment.paid_at, now)}
    return None if payment.booked_at is None and len(months) == 1 else now
