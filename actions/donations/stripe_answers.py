"""Stripe's objects into ours. Fields that Stripe leaves out or may expand are met here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from actions.donations.facts import (
    BalanceLine,
    ChargeFacts,
    DisputeFacts,
    DisputeMove,
    EventFacts,
    InvoiceFacts,
    PayoutFacts,
    RefundFacts,
    SessionFacts,
    SubscriptionFacts,
)


def id_of(value: Any) -> str:
    """Return the number of what may be a number, an expanded object or nothing."""
    if value is None:
        return ""
    return value if isinstance(value, str) else str(value.id)


def at(seconds: int | None) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds else None


def moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def currency(code: str) -> str:
    return code.upper()


def words(metadata: Any) -> dict[str, str]:
    return {str(key): str(value) for key, value in (metadata.to_dict() if metadata else {}).items()}


def part(value: Any, name: str) -> Any:
    """Return a field that some answers lack: Stripe's objects have no ``get``."""
    return getattr(value, name, None) if value is not None else None


def event(found: Any) -> EventFacts:
    return EventFacts(
        id=found.id,
        kind=found.type,
        object_id=str(part(found.data.object, "id") or ""),
        livemode=bool(found.livemode),
        created_at=moment(found.created),
        account=str(part(found, "account") or ""),
    )


def event_in(body: dict[str, Any]) -> EventFacts:
    """Return the event in a webhook's decoded body. Raises TypeError, KeyError or ValueError for none."""
    if body["object"] != "event":
        raise ValueError("no event")
    return EventFacts(
        id=_word(body["id"], most=60),
        kind=_word(body["type"]),
        object_id=_word(body["data"]["object"].get("id") or ""),
        livemode=bool(body["livemode"]),
        created_at=moment(body["created"]),
        account=_word(body.get("account") or ""),
    )


def _word(value: Any, *, most: int = 120) -> str:
    if not isinstance(value, str) or "\0" in value or len(value) > most:
        raise TypeError("no word")
    return value


def session(found: Any) -> SessionFacts:
    donor = part(found, "customer_details")
    return SessionFacts(
        id=found.id,
        url=found.url or "",
        status=found.status or "",
        payment_status=found.payment_status,
        created_at=moment(found.created),
        expires_at=moment(found.expires_at),
        amount_cents=found.amount_total or 0,
        currency=currency(found.currency or ""),
        client_reference_id=found.client_reference_id or "",
        metadata=words(found.metadata),
        livemode=bool(found.livemode),
        payment_intent_id=id_of(found.payment_intent),
        subscription_id=id_of(found.subscription),
        customer_id=id_of(found.customer),
        name=str(part(donor, "name") or ""),
        email=str(part(donor, "email") or ""),
    )


def refund(found: Any) -> RefundFacts:
    return RefundFacts(
        id=found.id,
        amount_cents=found.amount,
        status=found.status or "",
        reason=found.reason or "",
        created_at=moment(found.created),
        charge_id=id_of(found.charge),
        undone_at=at(part(part(found, "failure_balance_transaction"), "created")),
        metadata=words(found.metadata),
    )


def dispute_move(found: Any) -> DisputeMove:
    return DisputeMove(id=found.id, amount_cents=found.amount, moved_at=moment(found.created))


def dispute(found: Any) -> DisputeFacts:
    return DisputeFacts(
        id=found.id,
        charge_id=id_of(found.charge),
        amount_cents=found.amount,
        status=found.status,
        reason=found.reason or "",
        created_at=moment(found.created),
        evidence_due_at=at(part(part(found, "evidence_details"), "due_by")),
        moves=tuple(dispute_move(one) for one in part(found, "balance_transactions") or ()),
    )


def charge(found: Any, *, intent: Any = None, refunds: Iterable[Any] = (), disputes: Iterable[Any] = ()) -> ChargeFacts:
    booked = None if isinstance(found.balance_transaction, str) else found.balance_transaction
    intent = intent or (None if isinstance(found.payment_intent, str) else found.payment_intent)
    return ChargeFacts(
        id=found.id,
        payment_intent_id=id_of(found.payment_intent),
        amount_cents=found.amount,
        currency=currency(found.currency),
        is_paid=bool(found.paid) and found.status == "succeeded",
        created_at=moment(found.created),
        livemode=bool(found.livemode),
        refunded_cents=found.amount_refunded,
        is_disputed=bool(found.disputed),
        fee_cents=booked.fee if booked else None,
        net_cents=booked.net if booked else None,
        balance_transaction_id=id_of(found.balance_transaction),
        name=str(part(found.billing_details, "name") or ""),
        email=str(part(found.billing_details, "email") or ""),
        metadata=words(part(intent, "metadata") or part(found, "metadata")),
        refunds=tuple(refund(one) for one in refunds),
        disputes=tuple(dispute(one) for one in disputes),
    )


def invoice(found: Any) -> InvoiceFacts:
    """What paid it stands in its payments, its monthly gift in its parent: https://docs.stripe.com/api/invoices/object"""
    details = part(part(found, "parent"), "subscription_details")
    paid = [one for one in part(part(found, "payments"), "data") or [] if one.status == "paid"]
    paid_with = paid[0].payment if paid else None
    return InvoiceFacts(
        id=found.id,
        status=found.status or "",
        amount_paid_cents=found.amount_paid,
        currency=currency(found.currency),
        subscription_id=id_of(part(details, "subscription")),
        customer_id=id_of(found.customer),
        created_at=moment(found.created),
        paid_at=at(part(found.status_transitions, "paid_at")),
        livemode=bool(found.livemode),
        is_renewal=found.billing_reason == "subscription_cycle",
        attempt_count=found.attempt_count,
        next_try_at=at(part(found, "next_payment_attempt")),
        payment_intent_id=id_of(part(paid_with, "payment_intent")),
        charge_id=id_of(part(paid_with, "charge")),
        name=found.customer_name or "",
        email=found.customer_email or "",
        metadata=words(part(details, "metadata")),
    )


def subscription(found: Any) -> SubscriptionFacts:
    rows = found.to_dict().get("items", {}).get("data", [])  # the attribute is a dict's method
    ends = [row["current_period_end"] for row in rows if row.get("current_period_end")]
    return SubscriptionFacts(
        id=found.id,
        status=found.status,
        customer_id=id_of(found.customer),
        livemode=bool(found.livemode),
        ended_at=at(found.ended_at),
        cancels_at=at(found.cancel_at) or (at(min(ends)) if ends and found.cancel_at_period_end else None),
        renews_at=at(min(ends)) if ends else None,
        metadata=words(found.metadata),
    )


def card_month(found: Any) -> tuple[int, int] | None:
    """The gift's own way to pay, or else its payer's: https://docs.stripe.com/api/subscriptions/object"""
    usual = part(part(part(found, "customer"), "invoice_settings"), "default_payment_method")
    card = part(part(found, "default_payment_method") or usual, "card")
    return (card.exp_year, card.exp_month) if card is not None else None


def balance_line(found: Any) -> BalanceLine:
    return BalanceLine(
        id=found.id,
        kind=found.type,
        source_id=id_of(found.source),
        amount_cents=found.amount,
        fee_cents=found.fee,
        net_cents=found.net,
        created_at=moment(found.created),
    )


def payout(found: Any) -> PayoutFacts:
    return PayoutFacts(
        id=found.id,
        amount_cents=found.amount,
        currency=currency(found.currency),
        status=found.status,
        arrives_at=moment(found.arrival_date),
        created_at=moment(found.created),
        livemode=bool(found.livemode),
    )
