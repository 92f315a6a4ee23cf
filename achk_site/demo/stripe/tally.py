"""Counts and sums in cents, so that a test, or a person, compares the site's ledger with the stand-in's."""

from __future__ import annotations

from collections import Counter

from achk_site.demo.stripe.store import Json
from achk_site.demo.stripe.world import World


def state(world: World) -> Json:
    """Return how many there are of everything, by status where there is one, and where the money is."""
    store = world.store
    kinds = ("checkout.session", "payment_intent", "subscription", "invoice", "refund", "dispute", "payout")
    counts = {kind: dict(Counter(item["status"] for item in store.oldest_first(kind))) for kind in kinds}
    entries = store.oldest_first("balance_transaction")
    charges = [charge for charge in store.oldest_first("charge") if charge["status"] == "succeeded"]
    return {
        "now": world.now(),
        "counts": counts,
        "sessions": store.count("checkout.session"),
        "charges": len(charges),
        "events": store.count("event"),
        "undelivered": sum(1 for event in store.oldest_first("event") if event["pending_webhooks"]),
        "cents": {
            "charged": sum(charge["amount"] for charge in charges),
            "refunded": sum(charge["amount_refunded"] for charge in charges),
            "disputed": -sum(entry["amount"] for entry in entries if entry["type"] == "adjustment"),
            "fees": sum(entry["fee"] for entry in entries),
            "net": sum(entry["net"] for entry in entries if entry["type"] != "payout"),
            "paid_out": -sum(entry["net"] for entry in entries if entry["type"] == "payout"),
        },
    }


def ledger(world: World) -> list[Json]:
    """Return a line for each charge that succeeded, the oldest first."""
    charges = world.store.oldest_first("charge")
    return [_line(world, charge) for charge in charges if charge["status"] == "succeeded"]


def _line(world: World, charge: Json) -> Json:
    notes = world.store.notes(world.store.get("payment_intent", charge["payment_intent"]))
    session = world.store.peek(notes.get("session", ""))
    invoice = world.store.peek(notes.get("invoice", ""))
    entry = world.store.get("balance_transaction", charge["balance_transaction"])
    return {
        "charge": charge["id"],
        "payment_intent": charge["payment_intent"],
        "amount": charge["amount"],
        "refunded": charge["amount_refunded"],
        "fee": entry["fee"],
        "net": entry["net"],
        "payout": world.store.notes(entry).get("payout"),
        "session": session["id"] if session else None,
        "client_reference_id": session["client_reference_id"] if session else None,
        "metadata": session["metadata"] if session else {},
        "invoice": invoice["id"] if invoice else None,
        "subscription": invoice["parent"]["subscription_details"]["subscription"] if invoice else None,
    }


def legacy_card(world: World, subscription: Json) -> Json:
    """Return the card behind a gift in the shape of Stripe's old card objects."""
    method = world.store.get("payment_method", subscription["default_payment_method"])
    card = method.get("card") or {"brand": "visa", "exp_month": 1, "exp_year": 2030, "last4": "0000"}
    return {
        "id": f"card_{method['id'][3:]}",
        "object": "card",
        "address_city": None,
        "brand": card["brand"].title(),
        "country": "CA",
        "customer": subscription["customer"],
        "cvc_check": "pass",
        "exp_month": card["exp_month"],
        "exp_year": card["exp_year"],
        "fingerprint": card.get("fingerprint"),
        "funding": "credit",
        "last4": card["last4"],
        "metadata": {},
        "name": None,
    }
