"""Invoices of monthly gifts and the payments that settle them."""

from __future__ import annotations

from achk_site.demo.stripe.charges import Order, attempt, new_intent
from achk_site.demo.stripe.events import emit
from achk_site.demo.stripe.invoice_body import Bill, invoice_body
from achk_site.demo.stripe.store import Json
from achk_site.demo.stripe.world import World


def new_invoice(world: World, subscription: Json, bill: Bill) -> Json:
    """Add an invoice that is open and ready to be paid."""
    invoice = invoice_body(world, subscription, bill)
    world.store.add(invoice)
    emit(world, "invoice.created", invoice)
    invoice |= {"status": "open", "auto_advance": True}
    invoice["number"] = f"STANDIN-{world.store.count('invoice'):06}"
    invoice["effective_at"] = invoice["status_transitions"]["finalized_at"] = world.now()
    world.store.save(invoice)
    emit(world, "invoice.finalized", invoice)
    subscription["latest_invoice"] = invoice["id"]
    world.store.save(subscription)
    return invoice


def pay_invoice(world: World, invoice: Json, method: Json, *, later: bool, session: str = "") -> str:
    """Try to pay; return "succeeded", "processing" or "failed"."""
    if invoice["amount_due"] == 0:
        mark_paid(world, invoice)
        return "succeeded"
    intent = _intent(world, invoice, session)
    invoice |= {"attempt_count": invoice["attempt_count"] + 1, "attempted": True, "next_payment_attempt": None}
    world.store.save(invoice)
    outcome = attempt(world, intent, method, later=later)
    if outcome == "succeeded":
        mark_paid(world, invoice)
    return outcome


def mark_paid(world: World, invoice: Json) -> None:
    now = world.now()
    invoice |= {"status": "paid", "amount_paid": invoice["amount_due"], "amount_remaining": 0, "attempted": True}
    invoice |= {"next_payment_attempt": None, "auto_advance": False}
    invoice["status_transitions"]["paid_at"] = now
    world.store.save(invoice)
    for payment in world.store.oldest_first("invoice_payment", invoice=invoice["id"]):
        payment |= {"status": "paid", "amount_paid": payment["amount_requested"]}
        payment["status_transitions"]["paid_at"] = now
        world.store.save(payment)
        emit(world, "invoice_payment.paid", payment)
    emit(world, "invoice.paid", invoice)
    emit(world, "invoice.payment_succeeded", invoice)


def mark_failed(world: World, invoice: Json, *, next_attempt: int | None) -> None:
    invoice |= {"next_payment_attempt": next_attempt, "auto_advance": next_attempt is not None}
    world.store.save(invoice)
    emit(world, "invoice.payment_failed", invoice)


def void_invoice(world: World, invoice: Json) -> None:
    invoice |= {"status": "void", "next_payment_attempt": None, "auto_advance": False}
    invoice["status_transitions"]["voided_at"] = world.now()
    world.store.save(invoice)
    emit(world, "invoice.voided", invoice)


def intent_of(world: World, invoice: Json) -> Json | None:
    payments = world.store.oldest_first("invoice_payment", invoice=invoice["id"])
    return world.store.get("payment_intent", payments[0]["payment"]["payment_intent"]) if payments else None


def _intent(world: World, invoice: Json, session: str) -> Json:
    known = intent_of(world, invoice)
    if known is not None:
        return known
    first = invoice["billing_reason"] == "subscription_create"
    order = Order(
        amount=invoice["amount_due"],
        currency=invoice["currency"],
        customer=invoice["customer"],
        description="Subscription creation" if first else "Subscription update",
        notes={"invoice": invoice["id"], **({"session": session} if session else {})},
    )
    intent = new_intent(world, order)
    world.store.add(
        {
            "id": world.store.new_id("inpay"),
            "object": "invoice_payment",
            "amount_paid": None,
            "amount_requested": invoice["amount_due"],
            "created": world.now(),
            "currency": invoice["currency"],
            "invoice": invoice["id"],
            "is_default": True,
            "livemode": False,
            "payment": {"payment_intent": intent["id"], "type": "payment_intent"},
            "status": "open",
            "status_transitions": {"canceled_at": None, "paid_at": None},
        }
    )
    return intent
