"""Checkout Sessions: https://docs.stripe.com/api/checkout/sessions."""

from __future__ import annotations

import re

from achk_site.demo.stripe.catalog import LEAST, MOST, new_price
from achk_site.demo.stripe.customers import known_customer
from achk_site.demo.stripe.errors import invalid
from achk_site.demo.stripe.events import emit
from achk_site.demo.stripe.params import Params, branch, integer, items, metadata, required, text
from achk_site.demo.stripe.periods import first_amount, read_start
from achk_site.demo.stripe.store import Json
from achk_site.demo.stripe.world import DAY, World

SHORTEST, LONGEST = 30 * 60, DAY
MODES = ("payment", "subscription")
SUBMIT_TYPES = ("auto", "book", "donate", "pay", "subscribe")
_WEB = re.compile(r"https?://\S+")
_SUFFIX = re.compile(r"[^<>\\'\"*]{1,22}")


def create_session(world: World, params: Params) -> Json:
    mode = _choice(params, "mode", MODES)
    _check_belongs(params, mode)
    for name in ("success_url", "cancel_url"):
        _check_address(params, name)
    customer = _customer(world, params)
    expires_at = _expires_at(world, params)
    lines = [_line(world, line, mode) for line in items(params, "line_items")]
    if not lines:
        raise invalid("Missing required param: line_items.", param="line_items", code="parameter_missing")
    if mode == "subscription":
        _check_recurring(lines)
    start = read_start(world, branch(params, "subscription_data"), lines) if mode == "subscription" else None
    subtotal = sum(line["amount_subtotal"] for line in lines)
    _check_total(subtotal)
    total = first_amount(world, start, lines) if start else subtotal
    session = _session(world, params, mode=mode, customer=customer, expires_at=expires_at)
    session |= {"amount_subtotal": total, "amount_total": total}
    for name in ("payment_intent_data", "subscription_data"):
        metadata(branch(params, name))
    return world.store.add(
        session,
        lines=lines,
        payment_data=branch(params, "payment_intent_data"),
        subscription_data=branch(params, "subscription_data"),
        start=start,
    )


def expire_session(world: World, params: Params, session_id: str) -> Json:
    session = world.store.get("checkout.session", session_id)
    if session["status"] != "open":
        raise invalid(
            f'Only Checkout Sessions with a status in ["open"] can be expired. This one is {session["status"]}.'
        )
    return close_session(world, session)


def close_session(world: World, session: Json) -> Json:
    session |= {"status": "expired", "url": None}
    world.store.save(session)
    emit(world, "checkout.session.expired", session)
    return session


def update_session(world: World, params: Params, session_id: str) -> Json:
    session = world.store.get("checkout.session", session_id)
    session["metadata"] = metadata(params, old=session["metadata"])
    return world.store.save(session)


def _check_belongs(params: Params, mode: str) -> None:
    other = {"payment": "subscription_data", "subscription": "payment_intent_data"}[mode]
    for name in (other, "customer_creation" if mode == "subscription" else ""):
        if name in params:
            raise invalid(f"You can not pass `{name}` in `{mode}` mode.", param=name)
    if "submit_type" in params:
        _choice(params, "submit_type", SUBMIT_TYPES)
    if text(params, "ui_mode") not in (None, "hosted_page"):
        raise invalid("The stand-in has the hosted page only.", param="ui_mode")
    suffix = text(branch(params, "payment_intent_data"), "statement_descriptor_suffix")
    if suffix is not None and not _SUFFIX.fullmatch(suffix):
        raise invalid(
            "The statement descriptor suffix holds 22 characters, none of < > \\ ' \" *.", param="payment_intent_data"
        )
    for place, wording in branch(params, "custom_text").items():
        if isinstance(wording, dict) and len(wording.get("message", "")) > 1200:
            raise invalid("A custom text holds 1200 characters.", param=f"custom_text[{place}]")
    if len(text(params, "client_reference_id") or "") > 200:
        raise invalid("client_reference_id holds 200 characters.", param="client_reference_id")


def _check_recurring(lines: list[Json]) -> None:
    if not any(line["price"]["recurring"] for line in lines):
        raise invalid("You must provide at least one recurring price in `subscription` mode.", param="line_items")
    if len(lines) > 1:
        raise invalid("The stand-in takes one line item in `subscription` mode.", param="line_items")


def _check_total(total: int) -> None:
    if total < LEAST:
        message = "The Checkout Session's total amount due must add up to at least $0.50 cad"
        raise invalid(message, param="line_items", code="amount_too_small")
    if total > MOST:
        raise invalid("The Checkout Session's total amount is too large.", param="line_items", code="amount_too_large")


def _check_address(params: Params, name: str) -> None:
    value = required(params, name) if name == "success_url" else text(params, name)
    if value is not None and not _WEB.fullmatch(value):
        raise invalid(f"Not a valid URL: {value}", param=name, code="url_invalid")


def _choice(params: Params, name: str, choices: tuple[str, ...]) -> str:
    value = required(params, name)
    if value not in choices:
        raise invalid(f"Invalid {name}: must be one of {', '.join(choices)}", param=name)
    return value


def _customer(world: World, params: Params) -> Json | None:
    known = text(params, "customer")
    if known is None:
        return None
    if text(params, "customer_email"):
        message = "You may only specify one of these parameters: customer, customer_email."
        raise invalid(message, param="customer_email")
    return known_customer(world, known)


def _expires_at(world: World, params: Params) -> int:
    now = world.now()
    wanted = integer(params, "expires_at")
    moment = now + LONGEST if wanted is None else world.read_time(wanted)
    # A caller who asks for exactly the longest or the shortest time needs a moment to reach us.
    if not now + SHORTEST - 60 <= moment <= now + LONGEST + 60:
        message = "The `expires_at` timestamp must be 30 minutes at least and 24 hours at most from now."
        raise invalid(message, param="expires_at")
    return moment


def _line(world: World, line: Params, mode: str) -> Json:
    quantity = integer(line, "quantity", default=1, minimum=1) or 1
    data = branch(line, "price_data")
    known = text(line, "price")
    if known is None and not data:
        raise invalid("Each line item needs price or price_data.", param="line_items", code="parameter_missing")
    price = world.store.get("price", known, param="line_items") if known else new_price(world, data, active=False)
    if mode == "payment" and price["recurring"]:
        message = "You specified `payment` mode but passed a recurring price."
        raise invalid(message, param="line_items")
    product = world.store.get("product", price["product"])
    amount = price["unit_amount"] * quantity
    return {
        "id": world.store.new_id("li"),
        "object": "item",
        "adjustable_quantity": None,
        "amount_discount": 0,
        "amount_subtotal": amount,
        "amount_tax": 0,
        "amount_total": amount,
        "currency": price["currency"],
        "description": product["name"],
        "metadata": {},
        "price": price,
        "quantity": quantity,
    }


def _session(world: World, params: Params, *, mode: str, customer: Json | None, expires_at: int) -> Json:
    session_id = world.store.new_id("cs_test", length=58)
    wordings = branch(params, "custom_text")
    return {
        "id": session_id,
        "object": "checkout.session",
        "adaptive_pricing": {"enabled": False},
        "after_expiration": None,
        "allow_promotion_codes": None,
        "automatic_tax": {"enabled": False, "liability": None, "provider": None, "status": None},
        "billing_address_collection": text(params, "billing_address_collection"),
        "branding_settings": None,
        "cancel_url": text(params, "cancel_url"),
        "client_reference_id": text(params, "client_reference_id"),
        "client_secret": None,
        "collected_information": None,
        "consent": None,
        "consent_collection": None,
        "created": world.now(),
        "currency": world.settings.currency,
        "currency_conversion": None,
        "custom_fields": [],
        "custom_text": {
            place: ({"message": wordings[place]["message"]} if wordings.get(place) else None)
            for place in ("after_submit", "shipping_address", "submit", "terms_of_service_acceptance")
        },
        "customer": customer["id"] if customer else None,
        "customer_account": None,
        "customer_creation": (text(params, "customer_creation") or "if_required") if mode == "payment" else "always",
        "customer_details": None,
        "customer_email": text(params, "customer_email"),
        "discounts": None if mode == "subscription" else [],
        "expires_at": expires_at,
        "integration_identifier": None,
        "invoice": None,
        "invoice_creation": None,
        "livemode": False,
        "locale": text(params, "locale"),
        "metadata": metadata(params),
        "mode": mode,
        "origin_context": None,
        "payment_intent": None,
        "payment_link": None,
        "payment_method_collection": "always" if mode == "subscription" else "if_required",
        "payment_method_configuration_details": None,
        "payment_method_options": {},
        "payment_method_types": items(params, "payment_method_types") or ["card"],
        "payment_status": "unpaid",
        "permissions": None,
        "phone_number_collection": {"enabled": False},
        "recovered_from": None,
        "saved_payment_method_options": None,
        "setup_intent": None,
        "shipping_address_collection": None,
        "shipping_cost": None,
        "shipping_options": [],
        "status": "open",
        "submit_type": text(params, "submit_type"),
        "subscription": None,
        "success_url": text(params, "success_url"),
        "total_details": {"amount_discount": 0, "amount_shipping": 0, "amount_tax": 0},
        "ui_mode": "hosted_page",
        "url": f"{world.settings.public_url}/c/pay/{session_id}",
        "wallet_options": None,
    }
