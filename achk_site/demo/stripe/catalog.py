"""Products and prices."""

from __future__ import annotations

from achk_site.demo.stripe.errors import invalid
from achk_site.demo.stripe.params import Params, boolean, branch, integer, items, metadata, required, text
from achk_site.demo.stripe.store import Json
from achk_site.demo.stripe.world import World

# Stripe's smallest and largest charge in Canadian cents.
LEAST, MOST = 50, 99_999_999
INTERVALS = ("day", "week", "month", "year")


def create_product(world: World, params: Params) -> Json:
    return new_product(world, name=required(params, "name"), params=params)


def new_product(world: World, *, name: str, params: Params, active: bool = True) -> Json:
    product = {
        "id": text(params, "id") or world.store.new_id("prod", length=14),
        "object": "product",
        "active": active,
        "created": world.now(),
        "default_price": None,
        "description": text(params, "description"),
        "images": items(params, "images"),
        "livemode": False,
        "marketing_features": [],
        "metadata": metadata(params),
        "name": name,
        "package_dimensions": None,
        "shippable": None,
        "statement_descriptor": text(params, "statement_descriptor"),
        "tax_code": None,
        "type": "service",
        "unit_label": None,
        "updated": world.now(),
        "url": None,
    }
    return world.store.add(product)


def create_price(world: World, params: Params) -> Json:
    return new_price(world, params, active=boolean(params, "active", default=True))


def new_price(world: World, params: Params, *, active: bool) -> Json:
    """Add a price from the parameters of a price or from a ``price_data`` inside another request."""
    currency = required(params, "currency").lower()
    if currency != world.settings.currency:
        raise invalid(f"Invalid currency: {currency}. The stand-in takes {world.settings.currency}.", param="currency")
    amount = integer(params, "unit_amount", minimum=0)
    if amount is None:
        raise invalid("Missing required param: unit_amount.", param="unit_amount", code="parameter_missing")
    if amount > MOST:
        raise invalid("Amount must be no more than $999,999.99 cad.", param="unit_amount", code="amount_too_large")
    recurring = _recurring(branch(params, "recurring"))
    product = _product(world, params, active=active)
    return world.store.add(
        {
            "id": world.store.new_id("price"),
            "object": "price",
            "active": active,
            "billing_scheme": "per_unit",
            "created": world.now(),
            "currency": currency,
            "custom_unit_amount": None,
            "livemode": False,
            "lookup_key": text(params, "lookup_key"),
            "metadata": metadata(params),
            "nickname": text(params, "nickname"),
            "product": product["id"],
            "recurring": recurring,
            "tax_behavior": "unspecified",
            "tiers_mode": None,
            "transform_quantity": None,
            "type": "recurring" if recurring else "one_time",
            "unit_amount": amount,
            "unit_amount_decimal": str(amount),
        }
    )


def _product(world: World, params: Params, *, active: bool) -> Json:
    known = text(params, "product")
    if known is not None:
        return world.store.get("product", known, param="product")
    data = branch(params, "product_data")
    return new_product(world, name=required(data, "name"), params=data, active=active)


def _recurring(params: Params) -> Json | None:
    if not params:
        return None
    interval = required(params, "interval")
    if interval not in INTERVALS:
        raise invalid(
            f"Invalid recurring[interval]: must be one of {', '.join(INTERVALS)}", param="recurring[interval]"
        )
    count = integer(params, "interval_count", default=1, minimum=1)
    return {
        "interval": interval,
        "interval_count": count,
        "meter": None,
        "trial_period_days": None,
        "usage_type": "licensed",
    }
