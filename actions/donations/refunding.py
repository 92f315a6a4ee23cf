"""Giving a payment by card back, asked for by staff: on record first, then at Stripe, then in our books.

Whatever dies in between, the same form asks under the same key, so Stripe gives back once; and what Stripe did without
our hearing of it comes by webhook or is found within the hour.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from actions.donations import gateway
from actions.donations.amounts import format_amount
from actions.donations.gateway import StripeTrouble
from actions.donations.models import Payment, Refund
from actions.donations.processing import about_charge
from actions.donations.services import KEY_LIFETIME
from actions.donations.states import PaymentState
from actions.privacy.access import record_access
from actions.privacy.models import AccessLog

if TYPE_CHECKING:
    from django.contrib.auth.models import User

VERB = "refund"


class CannotRefund(Exception):
    """There is nothing to give back, or less than was asked for."""


class FormIsOld(CannotRefund):
    """The form was used so long ago that Stripe has forgotten its key and would give back once more."""


@dataclass(frozen=True)
class RefundOrder:
    """What staff want given back; ``attempt`` is the form's own, ``reason`` stands in the access log."""

    payment_id: int
    cents: int
    reason: str
    attempt: uuid.UUID

    @property
    def idempotency_key(self) -> str:
        return f"refund-{self.attempt.hex}"


def check(payment: Payment, cents: int) -> None:
    """Raise CannotRefund unless so much of the payment can be given back."""
    if payment.state == PaymentState.DISPUTED or not 0 < cents <= payment.kept_cents:
        raise CannotRefund


def put_on_record(order: RefundOrder, payment: Payment, *, user: User) -> None:
    """Write who asked for what and why into the access log, once for each form."""
    sum_of = format_amount(order.cents, "en")
    subject = f"donation {payment.donation_id}, payment {payment.pk}, {sum_of}, {order.attempt.hex[:12]}"
    if not AccessLog.objects.filter(verb=VERB, subject=subject).exists():
        record_access(user=user, verb=VERB, subject=subject, reason=order.reason, count=1)


def refund_by_card(order: RefundOrder, *, user: User) -> bool:
    """Give the money back; returns whether our books show it already (else they will within the hour).

    Raises CannotRefund (FormIsOld for an order of another day), Refused when Stripe says no, Busy or Unavailable when
    nobody knows: then the same order may be given again and nothing is given back twice.
    """
    payment = Payment.objects.select_related("donation").get(pk=order.payment_id)
    first = AccessLog.objects.filter(verb=VERB, subject__endswith=order.attempt.hex[:12]).order_by("at").first()
    if first is None:
        check(payment, order.cents)  # asked again, the books may show it already
    elif timezone.now() - first.at > KEY_LIFETIME:
        raise FormIsOld
    put_on_record(order, payment, user=user)
    found = gateway.refund(
        payment_intent_id=str(payment.payment_intent_id),
        amount_cents=order.cents,
        idempotency_key=order.idempotency_key,
        metadata={"attempt": payment.donation.attempt.hex, "by": str(user.pk)},
    )
    try:
        apply = about_charge(str(payment.charge_id))
    except StripeTrouble:
        return False
    with transaction.atomic():
        apply()
        Refund.objects.filter(refund_id=found.id).update(asked_by=user)
    return True
