"""The filters of lists that are more than a field with a value."""

from __future__ import annotations

from fnmatch import fnmatchcase

from achk_site.demo.stripe.errors import invalid
from achk_site.demo.stripe.lists import Test
from achk_site.demo.stripe.params import Params, boolean, branch, items, text
from achk_site.demo.stripe.store import Json
from achk_site.demo.stripe.world import DAY, World

MOST_TYPES = 20
EVENT_DAYS = 30

# The plain ones: the field of the object has the name of the parameter.
FIELDS: dict[str, tuple[str, ...]] = {
    "checkout.session": ("payment_intent", "subscription", "customer", "status"),
    "payment_intent": ("customer",),
    "charge": ("customer", "payment_intent"),
    "balance_transaction": ("source", "type", "currency"),
    "payout": ("status",),
    "customer": ("email",),
    "product": ("active",),
    "price": ("product", "active", "type", "currency"),
    "payment_method": ("customer", "type"),
    "subscription": ("customer",),
    "invoice": ("customer", "status"),
    "invoice_payment": ("invoice", "status"),
    "refund": ("charge", "payment_intent"),
    "dispute": ("charge", "payment_intent"),
    "billing_portal.configuration": ("active", "is_default"),
}


def tests_for(world: World, kind: str, params: Params) -> list[Test]:
    """Return the further conditions that the parameters set."""
    if kind == "event":
        return [lambda event: not is_forgotten(world, event), *_of_events(params)]
    if kind == "customer":
        return [lambda customer: not customer.get("deleted")]
    if kind == "subscription":
        return [_by_status(text(params, "status"))]
    if kind == "balance_transaction" and (payout := text(params, "payout")):
        return [lambda entry: bool(world.store.notes(entry).get("payout") == payout)]
    if kind == "invoice" and (subscription := text(params, "subscription")):
        return [lambda invoice: bool(invoice["parent"]["subscription_details"]["subscription"] == subscription)]
    if kind == "invoice_payment" and (intent := text(branch(params, "payment"), "payment_intent")):
        return [lambda payment: bool(payment["payment"]["payment_intent"] == intent)]
    if kind == "checkout.session" and (email := text(branch(params, "customer_details"), "email")):
        return [lambda session: bool((session["customer_details"] or {}).get("email") == email)]
    return []


def narrowing(world: World, kind: str, params: Params) -> dict[str, str]:
    """Return indexed fields that follow from the parameters, so that not every object is looked at."""
    if kind == "invoice_payment" and (
        intent := world.store.peek(text(branch(params, "payment"), "payment_intent") or "")
    ):
        return {"invoice": world.store.notes(intent).get("invoice", "")}
    if kind == "invoice" and (subscription := world.store.peek(text(params, "subscription") or "")):
        return {"customer": subscription["customer"]}
    return {}


def is_forgotten(world: World, item: Json) -> bool:
    """Whether this is an event that Stripe would not give any more: they are kept for thirty days."""
    return item["object"] == "event" and bool(item["created"] + EVENT_DAYS * DAY < world.now())


def _by_status(status: str | None) -> Test:
    """Without a status a list leaves out what was canceled, as Stripe's does."""
    if status == "all":
        return lambda _subscription: True
    if status == "ended":
        return lambda subscription: subscription["status"] in ("canceled", "incomplete_expired")
    if status is None:
        return lambda subscription: subscription["status"] != "canceled"
    return lambda subscription: bool(subscription["status"] == status)


def _of_events(params: Params) -> list[Test]:
    one, several = text(params, "type"), items(params, "types")
    if one and several:
        raise invalid("You may only specify one of these parameters: type, types.", param="type")
    if len(several) > MOST_TYPES:
        raise invalid(f"You may specify {MOST_TYPES} types at most.", param="types")
    wanted = [one] if one else several
    found: list[Test] = []
    if wanted:
        found.append(lambda event: any(fnmatchcase(event["type"], pattern) for pattern in wanted))
    if "delivery_success" in params:
        success = boolean(params, "delivery_success")
        found.append(lambda event: (event["pending_webhooks"] == 0) == success)
    return found
