"""Customers: https://docs.stripe.com/api/customers."""

from __future__ import annotations

from typing import Any

from achk_site.demo.stripe.errors import missing
from achk_site.demo.stripe.events import emit
from achk_site.demo.stripe.params import Params, branch, items, metadata, text
from achk_site.demo.stripe.store import Json
from achk_site.demo.stripe.subscriptions import LIVING, end_subscription
from achk_site.demo.stripe.world import World


def new_customer(world: World, **fields: Any) -> Json:
    customer_id = world.store.new_id("cus", length=14)
    customer = {
        "id": customer_id,
        "object": "customer",
        "address": None,
        "balance": 0,
        "created": world.now(),
        "currency": None,
        "customer_account": None,
        "default_source": None,
        "delinquent": False,
        "description": None,
        "discount": None,
        "email": None,
        "invoice_prefix": customer_id[-8:].upper(),
        "invoice_settings": {
            "custom_fields": None,
            "default_payment_method": None,
            "footer": None,
            "rendering_options": None,
        },
        "livemode": False,
        "metadata": {},
        "name": None,
        "next_invoice_sequence": 1,
        "phone": None,
        "preferred_locales": [],
        "shipping": None,
        "tax_exempt": "none",
        "test_clock": None,
        **fields,
    }
    world.store.add(customer)
    emit(world, "customer.created", customer)
    return customer


def create_customer(world: World, params: Params) -> Json:
    return new_customer(world, **_customer_fields(world, params, {}), metadata=metadata(params))


def update_customer(world: World, params: Params, customer_id: str) -> Json:
    customer = known_customer(world, customer_id, param="id")
    customer |= _customer_fields(world, params, customer)
    customer["metadata"] = metadata(params, old=customer["metadata"])
    world.store.save(customer)
    emit(world, "customer.updated", customer)
    return customer


def delete_customer(world: World, params: Params, customer_id: str) -> Json:
    """Forget a customer; what was given monthly ends, the charges stay."""
    customer = known_customer(world, customer_id)
    for subscription in world.store.oldest_first("subscription", customer=customer_id):
        if subscription["status"] in LIVING:
            end_subscription(world, subscription, reason="cancellation_requested")
    emit(world, "customer.deleted", customer)
    customer.clear()
    customer |= {"id": customer_id, "object": "customer", "deleted": True}
    return world.store.save(customer)


def known_customer(world: World, customer_id: str, *, param: str = "customer") -> Json:
    """Return a customer that was not deleted."""
    customer = world.store.get("customer", customer_id, param=param)
    if customer.get("deleted"):
        raise missing("customer", customer_id, param=param)
    return customer


def _customer_fields(world: World, params: Params, old: Json) -> Json:
    changed: Json = {name: text(params, name) for name in ("email", "name", "phone", "description") if name in params}
    if "preferred_locales" in params:
        changed["preferred_locales"] = items(params, "preferred_locales")
    method = text(branch(params, "invoice_settings"), "default_payment_method")
    if method is not None:
        world.store.get("payment_method", method, param="invoice_settings[default_payment_method]")
        changed["invoice_settings"] = {**old.get("invoice_settings", {}), "default_payment_method": method}
    return changed
