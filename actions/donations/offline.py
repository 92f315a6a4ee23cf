"""Gifts that came another way: entered by staff, marked as such, counted like all others."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from actions.donations.applying import know_donor, send_receipts
from actions.donations.models import Appeal, Donation, Payment
from actions.donations.states import DonationState, PaymentState, Source

if TYPE_CHECKING:
    from django.contrib.auth.models import User


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
) -> Donation:
    """Write a gift by e-transfer, cheque or cash (``received_at`` is UTC); with an address its donor gets a receipt.

    Raises ValueError for Stripe's: those come from Stripe alone.
    """
    if source == Source.STRIPE:
        raise ValueError("Gifts through Stripe are never entered by hand.")
    with transaction.atomic():
        donation = Donation.objects.create(
            appeal=appeal,
            amount_cents=amount_cents,
            source=source,
            language=language,
            state=DonationState.PAID,
            name=name,
            note=note,
            is_anonymous=is_anonymous,
            entered_by=entered_by,
            paid_at=received_at,
            last_paid_at=received_at,
        )
        Payment.objects.create(
            donation=donation, source=source, amount_cents=amount_cents, fee_cents=0, net_cents=amount_cents,
            paid_at=received_at,
        )  # fmt: skip
        know_donor(donation, name=name, email=email)
        send_receipts(donation)
    return donation


def give_back(*, donation_id: int, cents: int) -> int:
    """Note that an offline gift was given back, in part or in full; returns how much has been given back in all.

    Raises ValueError for Stripe's gifts and for more than is left.
    """
    with transaction.atomic():
        donation = Donation.objects.select_for_update(of=("self",)).get(pk=donation_id)
        payment = donation.payments.select_for_update().get()
        if payment.source == Source.STRIPE or not 0 < cents <= payment.kept_cents:
            raise ValueError("This cannot be given back here.")
        payment.refunded_cents += cents
        payment.state = PaymentState.PAID if payment.kept_cents else PaymentState.REFUNDED
        payment.save(update_fields=["refunded_cents", "state"])
        donation.state = DonationState(payment.state)
        donation.save(update_fields=["state"])
        return payment.refunded_cents
