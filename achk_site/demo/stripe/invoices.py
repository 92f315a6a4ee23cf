"""Invoices of monthly gifts and the payments that settle them."""

from __future__ import annotations

from dataclasses import dataclass

from achk_site.demo.stripe.charges import Order, attempt, new_intent
from achk_site.demo.stripe.events import emit
from achk_site.demo.stripe.store import Json
from achk_site.demo.stripe.world import World


@dataclass(frozen=True)
class Bill:
    """What an invoice is about; ``start`` and ``end`` are the period's, ``amount`` is in cents."""

    reason: str
    amount: int
    start: int
    end: int


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


def invoice_body(world: World, subscription: Json, bill: Bill) -> Json:
    customer = world.store.get("customer", subscription["customer"])
    invoice_id = world.store.new_id("in")
    parent = {
        "quote_details": None,
        "subscription_details": {"metadata": dict(subscription["metadata"]), "subscription": subscription["id"]},
        "type": "subscription_details",
    }
    return {
        "id": invoice_id,
        "object": "invoice",
        "account_country": "CA",
        "account_name": "Stand-in",
        "account_tax_ids": None,
        "amount_due": bill.amount,
        "amount_overpaid": 0,
        "amount_paid": 0,
        "amount_remaining": bill.amount,
        "amount_shipping": 0,
        "application": None,
        "attempt_count": 0,
        "attempted": False,
        "auto_advance": False,
        "automatic_tax": {
            "disabled_reason": None,
            "enabled": False,
            "liability": None,
            "provider": None,
            "status": None,
        },
        "automatically_finalizes_at": None,
        "billing_reason": bill.reason,
        "collection_method": "charge_automatically",
        "created": world.now(),
        "currency": subscription["currency"],
        "custom_fields": None,
        "customer": customer["id"],
        "customer_account": None,
        "customer_address": None,
        "customer_email": customer["email"],
        "customer_name": customer["name"],
        "customer_phone": None,
        "customer_shipping": None,
        "customer_tax_exempt": "none",
        "customer_tax_ids": [],
        "default_payment_method": None,
        "default_source": None,
        "default_tax_rates": [],
        "description": None,
        "discounts": [],
        "due_date": None,
        "effective_at": None,
        "ending_balance": 0,
        "footer": None,
        "from_invoice": None,
        "hosted_invoice_url": None,
        "invoice_pdf": None,
        "issuer": {"type": "self"},
        "last_finalization_error": None,
        "latest_revision": None,
        "lines": {
            "object": "list",
            "data": [_line(world, subscription, bill, invoice_id, parent)],
            "has_more": False,
            "url": f"/v1/invoices/{invoice_id}/lines",
        },
        "livemode": False,
        "metadata": {},
        "next_payment_attempt": None,
        "number": None,
        "on_behalf_of": None,
        "parent": parent,
        "payment_settings": {"default_mandate": None, "payment_method_options": None, "payment_method_types": None},
        "period_end": bill.end if bill.reason == "upcoming" else world.now(),
        "period_start": bill.start if bill.reason == "upcoming" else world.now(),
        "post_payment_credit_notes_amount": 0,
        "pre_payment_credit_notes_amount": 0,
        "receipt_number": None,
        "rendering": None,
        "shipping_cost": None,
        "shipping_details": None,
        "starting_balance": 0,
        "statement_descriptor": None,
        "status": "draft",
        "status_transitions": {
            "finalized_at": None,
            "marked_uncollectible_at": None,
            "paid_at": None,
            "voided_at": None,
        },
        "subtotal": bill.amount,
        "subtotal_excluding_tax": bill.amount,
        "test_clock": None,
        "total": bill.amount,
        "total_discount_amounts": [],
        "total_excluding_tax": bill.amount,
        "total_pretax_credit_amounts": [],
        "total_taxes": [],
        "webhooks_delivered_at": None,
    }


def _line(world: World, subscription: Json, bill: Bill, invoice_id: str, parent: Json) -> Json:
    item = subscription["items"]["data"][0]
    details = {
        "invoice_item": None,
        "proration": False,
        "proration_details": {"credited_items": None},
        "subscription": subscription["id"],
        "subscription_item": item["id"],
    }
    price = {"price": item["price"]["id"], "product": item["price"]["product"]}
    return {
        "id": world.store.new_id("il"),
        "object": "line_item",
        "amount": bill.amount,
        "currency": subscription["currency"],
        "description": world.store.get("product", item["price"]["product"])["name"],
        "discount_amounts": [],
        "discountable": True,
        "discounts": [],
        "invoice": invoice_id,
        "livemode": False,
        "metadata": dict(parent["subscription_details"]["metadata"]),
        "parent": {
            "invoice_item_details": None,
            "subscription_item_details": details,
            "type": "subscription_item_details",
        },
        "period": {"end": bill.end, "start": bill.start},
        "pretax_credit_amounts": [],
        "pricing": {
            "price_details": price,
            "type": "price_details",
            "unit_amount_decimal": item["price"]["unit_amount_decimal"],
        },
        "quantity": item["quantity"],
        "subtotal": bill.amount,
        "taxes": [],
    }
