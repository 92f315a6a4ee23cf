"""Payment intents, charges, and what they do to the balance."""

from __future__ import annotations

from dataclasses import dataclass, field

from achk_site.demo.stripe.balance import book, fee_of
from achk_site.demo.stripe.cards import card_of, refusal_of
from achk_site.demo.stripe.events import emit
from achk_site.demo.stripe.store import Json
from achk_site.demo.stripe.world import World

DESCRIPTOR = "STAND-IN"


@dataclass(frozen=True)
class Order:
    """What is to be paid: ``amount`` in cents; ``notes`` say who waits for the end (a session, an invoice)."""

    amount: int
    currency: str
    customer: str | None = None
    description: str | None = None
    receipt_email: str | None = None
    suffix: str | None = None
    metadata: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)


def new_intent(world: World, order: Order) -> Json:
    intent_id = world.store.new_id("pi")
    intent = {
        "id": intent_id,
        "object": "payment_intent",
        "amount": order.amount,
        "amount_capturable": 0,
        "amount_details": {"tip": {}},
        "amount_received": 0,
        "application": None,
        "application_fee_amount": None,
        "automatic_payment_methods": None,
        "canceled_at": None,
        "cancellation_reason": None,
        "capture_method": "automatic_async",
        "client_secret": f"{intent_id}_secret_{world.store.new_id('x')[2:]}",
        "confirmation_method": "automatic",
        "created": world.now(),
        "currency": order.currency,
        "customer": order.customer,
        "customer_account": None,
        "description": order.description,
        "excluded_payment_method_types": None,
        "last_payment_error": None,
        "latest_charge": None,
        "livemode": False,
        "metadata": dict(order.metadata),
        "next_action": None,
        "on_behalf_of": None,
        "payment_method": None,
        "payment_method_configuration_details": None,
        "payment_method_options": {},
        "payment_method_types": ["card"],
        "processing": None,
        "receipt_email": order.receipt_email,
        "review": None,
        "setup_future_usage": None,
        "shipping": None,
        "source": None,
        "statement_descriptor": None,
        "statement_descriptor_suffix": order.suffix,
        "status": "requires_payment_method",
        "transfer_data": None,
        "transfer_group": None,
    }
    world.store.add(intent, **order.notes)
    emit(world, "payment_intent.created", intent)
    return intent


def attempt(world: World, intent: Json, method: Json, *, later: bool = False) -> str:
    """Try to charge and return "succeeded", "processing" or "failed"; ``later``: the donor is not there."""
    refusal = refusal_of(world, method, later=later)
    charge = _new_charge(world, intent, method)
    intent["latest_charge"] = charge["id"]
    if refusal is not None:
        fail(world, intent, charge, refusal)
        return "failed"
    intent |= {"payment_method": method["id"], "payment_method_types": [method["type"]], "last_payment_error": None}
    if card_of(world, method).slow:
        intent["status"] = "processing"
        world.store.notes(intent)["due"] = world.now() + world.settings.slow_payment_seconds
        world.store.save(intent)
        emit(world, "charge.pending", charge)
        emit(world, "payment_intent.processing", intent)
        return "processing"
    succeed(world, intent, charge)
    return "succeeded"


def succeed(world: World, intent: Json, charge: Json) -> None:
    """Book the money; as at Stripe the charge names its balance transaction only in a later event."""
    charge |= {"status": "succeeded", "paid": True, "captured": True, "amount_captured": charge["amount"]}
    charge |= {"failure_code": None, "failure_message": None}
    world.store.save(charge)
    emit(world, "charge.succeeded", charge)
    intent |= {"status": "succeeded", "amount_received": intent["amount"]}
    world.store.save(intent)
    emit(world, "payment_intent.succeeded", intent)
    entry = book(world, "charge", charge["amount"], source=charge["id"], fee=fee_of(charge["amount"]))
    charge["balance_transaction"] = entry["id"]
    world.store.save(charge)
    emit(world, "charge.updated", charge, balance_transaction=None)


def fail(world: World, intent: Json, charge: Json, refusal: Json) -> None:
    charge |= {"status": "failed", "paid": False, "captured": False, "amount_captured": 0}
    charge |= {"failure_code": refusal["code"], "failure_message": refusal["message"]}
    charge["outcome"] |= {
        "network_status": "declined_by_network",
        "reason": refusal.get("decline_code", refusal["code"]),
        "seller_message": "The bank did not say why.",
        "type": "issuer_declined",
    }
    world.store.save(charge)
    emit(world, "charge.failed", charge)
    intent |= {"status": "requires_payment_method", "payment_method": None}
    intent["last_payment_error"] = {**refusal, "charge": charge["id"]}
    world.store.save(intent)
    emit(world, "payment_intent.payment_failed", intent)


def _new_charge(world: World, intent: Json, method: Json) -> Json:
    details = {name: value for name, value in method[method["type"]].items() if name not in _METHOD_ONLY}
    suffix = intent["statement_descriptor_suffix"]
    charge = {
        "id": world.store.new_id("ch"),
        "object": "charge",
        "amount": intent["amount"],
        "amount_captured": 0,
        "amount_refunded": 0,
        "application": None,
        "application_fee": None,
        "application_fee_amount": None,
        "balance_transaction": None,
        "billing_details": dict(method["billing_details"]),
        "calculated_statement_descriptor": f"{DESCRIPTOR}* {suffix}" if suffix else DESCRIPTOR,
        "captured": False,
        "created": world.now(),
        "currency": intent["currency"],
        "customer": intent["customer"],
        "description": intent["description"],
        "disputed": False,
        "failure_balance_transaction": None,
        "failure_code": None,
        "failure_message": None,
        "fraud_details": {},
        "livemode": False,
        "metadata": dict(intent["metadata"]),
        "on_behalf_of": None,
        "outcome": {
            "advice_code": None,
            "network_advice_code": None,
            "network_decline_code": None,
            "network_status": "approved_by_network",
            "reason": None,
            "risk_level": "normal",
            "seller_message": "Payment complete.",
            "type": "authorized",
        },
        "paid": False,
        "payment_intent": intent["id"],
        "payment_method": method["id"],
        "payment_method_details": {"type": method["type"], method["type"]: details},
        "radar_options": {},
        "receipt_email": intent["receipt_email"],
        "receipt_number": None,
        "receipt_url": None,
        "refunded": False,
        "review": None,
        "shipping": None,
        "source": None,
        "source_transfer": None,
        "statement_descriptor": None,
        "statement_descriptor_suffix": suffix,
        "status": "pending",
        "transfer_data": None,
        "transfer_group": None,
    }
    return world.store.add(charge)


_METHOD_ONLY = ("display_brand", "generated_from", "networks", "three_d_secure_usage")
