"""Sessions as the donations room asks for them."""

from __future__ import annotations

from typing import Any

import stripe

SITE = "http://site.example"


def params_of(mode: str, cents: int, /, **changes: Any) -> dict[str, Any]:
    price: dict[str, Any] = {"currency": "cad", "unit_amount": cents, "product_data": {"name": "A gift"}}
    if mode == "subscription":
        price["recurring"] = {"interval": "month"}
    return {
        "mode": mode,
        "line_items": [{"price_data": price, "quantity": 1}],
        "success_url": f"{SITE}/thanks?session={{CHECKOUT_SESSION_ID}}",
        "cancel_url": f"{SITE}/back",
        **changes,
    }


def once(client: stripe.StripeClient, cents: int = 2500, key: str = "", **changes: Any) -> stripe.checkout.Session:
    options = {"idempotency_key": key} if key else None
    return client.v1.checkout.sessions.create(params_of("payment", cents, **changes), options)


def monthly(client: stripe.StripeClient, cents: int = 1000, **changes: Any) -> stripe.checkout.Session:
    return client.v1.checkout.sessions.create(params_of("subscription", cents, **changes))


def started(stand_in: Any, client: stripe.StripeClient, *, card: str = "works", **changes: Any) -> stripe.Subscription:
    """Give monthly, and return the subscription."""
    session = monthly(client, **changes)
    stand_in.pay(session.id, card=card)
    paid = client.v1.checkout.sessions.retrieve(session.id)
    return client.v1.subscriptions.retrieve(paid.subscription)
