"""Billing portal sessions: https://docs.stripe.com/api/customer_portal/sessions."""

from __future__ import annotations

from achk_site.demo.stripe.cards import new_method, refusal_of
from achk_site.demo.stripe.customers import known_customer
from achk_site.demo.stripe.errors import invalid
from achk_site.demo.stripe.events import emit
from achk_site.demo.stripe.params import Params, boolean, branch, items, metadata, required, text
from achk_site.demo.stripe.store import Json
from achk_site.demo.stripe.subscriptions import LIVING, collect, end_subscription, living, set_ending
from achk_site.demo.stripe.world import World

FLOWS = ("payment_method_update", "subscription_cancel")
LIFETIME_SECONDS = 60 * 60


def create_portal_session(world: World, params: Params) -> Json:
    customer = known_customer(world, required(params, "customer"))
    flow = _flow(world, branch(params, "flow_data"), customer)
    wanted = text(params, "configuration")
    known = world.store.get("billing_portal.configuration", wanted, param="configuration") if wanted else None
    configuration = known or default_configuration(world)
    session_id = world.store.new_id("bps")
    secret = world.store.new_id("test", length=40)
    return world.store.add(
        {
            "id": session_id,
            "object": "billing_portal.session",
            "configuration": configuration["id"],
            "created": world.now(),
            "customer": customer["id"],
            "customer_account": None,
            "flow": flow,
            "livemode": False,
            "locale": text(params, "locale"),
            "on_behalf_of": None,
            "return_url": text(params, "return_url"),
            "url": f"{world.settings.public_url}/p/session/{session_id}/{secret}",
        },
        secret=secret,
    )


def open_portal(world: World, session_id: str, secret: str) -> Json:
    """Return the session that a link leads to, while it may still be used."""
    session = world.store.get("billing_portal.session", session_id)
    if world.store.notes(session)["secret"] != secret or session["created"] + LIFETIME_SECONDS < world.now():
        raise invalid("This link has expired.")
    return session


def gifts_of(world: World, session: Json) -> list[Json]:
    found = world.store.oldest_first("subscription", customer=session["customer"])
    return [subscription for subscription in found if subscription["status"] in LIVING]


def stop_gift(world: World, session: Json, subscription_id: str) -> Json:
    """Cancel as the portal's configuration says: at once or at the end of the period."""
    subscription = living(world, subscription_id)
    if subscription["customer"] != session["customer"]:
        raise invalid("This gift belongs to somebody else.")
    configuration = world.store.get("billing_portal.configuration", session["configuration"])
    if configuration["features"]["subscription_cancel"]["mode"] == "immediately":
        return end_subscription(world, subscription, reason="cancellation_requested")
    set_ending(world, subscription, True)
    emit(world, "customer.subscription.updated", subscription, cancel_at_period_end=False)
    return subscription


def keep_gift(world: World, session: Json, subscription_id: str) -> None:
    subscription = living(world, subscription_id)
    if subscription["customer"] == session["customer"]:
        set_ending(world, subscription, False)
        emit(world, "customer.subscription.updated", subscription, cancel_at_period_end=True)


def replace_card(world: World, session: Json, card: str) -> Json | None:
    """Put another card behind all gifts and try what is overdue; return Stripe's error when the card is refused."""
    customer = world.store.get("customer", session["customer"])
    method = new_method(world, card, email=customer["email"], donor=customer["name"], customer=customer["id"])
    refusal = refusal_of(world, method)
    if refusal is not None:
        world.store.remove(method)
        return refusal
    emit(world, "payment_method.attached", method)
    before = customer["invoice_settings"]["default_payment_method"]
    customer["invoice_settings"]["default_payment_method"] = method["id"]
    world.store.save(customer)
    emit(world, "customer.updated", customer, invoice_settings={"default_payment_method": before})
    for subscription in gifts_of(world, session):
        old = subscription["default_payment_method"]
        subscription["default_payment_method"] = method["id"]
        world.store.save(subscription)
        emit(world, "customer.subscription.updated", subscription, default_payment_method=old)
        invoice = world.store.peek(subscription["latest_invoice"] or "")
        if subscription["status"] == "past_due" and invoice is not None and invoice["status"] == "open":
            collect(world, subscription, invoice)
    return None


def default_configuration(world: World) -> Json:
    for configuration in world.store.oldest_first("billing_portal.configuration"):
        if configuration["is_default"]:
            return configuration
    return new_configuration(world, {}, is_default=True)


def create_configuration(world: World, params: Params) -> Json:
    return new_configuration(world, params, is_default=False)


def new_configuration(world: World, params: Params, *, is_default: bool) -> Json:
    features, profile = branch(params, "features"), branch(params, "business_profile")
    cancel, update = branch(features, "subscription_cancel"), branch(features, "customer_update")
    return world.store.add(
        {
            "id": world.store.new_id("bpc"),
            "object": "billing_portal.configuration",
            "active": True,
            "application": None,
            "business_profile": {
                "headline": text(profile, "headline"),
                "privacy_policy_url": text(profile, "privacy_policy_url"),
                "terms_of_service_url": text(profile, "terms_of_service_url"),
            },
            "created": world.now(),
            "default_return_url": text(params, "default_return_url"),
            "features": {
                "customer_update": {
                    "allowed_updates": items(update, "allowed_updates"),
                    "enabled": boolean(update, "enabled"),
                },
                "invoice_history": {"enabled": boolean(branch(features, "invoice_history"), "enabled", default=True)},
                "payment_method_update": {
                    "enabled": boolean(branch(features, "payment_method_update"), "enabled", default=True),
                    "payment_method_configuration": None,
                },
                "subscription_cancel": {
                    "cancellation_reason": {"enabled": False, "options": []},
                    "enabled": boolean(cancel, "enabled", default=True),
                    "mode": text(cancel, "mode") or "immediately",
                    "proration_behavior": "none",
                },
                "subscription_pause": {"duration": {"interval_options": [], "type": "indefinite"}, "enabled": False},
                "subscription_update": {
                    "billing_cycle_anchor": None,
                    "default_allowed_updates": [],
                    "enabled": False,
                    "proration_behavior": "none",
                    "schedule_at_period_end": {"conditions": []},
                    "trial_update_behavior": "end_trial",
                },
            },
            "is_default": is_default,
            "livemode": False,
            "login_page": {"enabled": False, "url": None},
            "metadata": metadata(params),
            "name": text(params, "name"),
            "updated": world.now(),
        }
    )


def _flow(world: World, params: Params, customer: Json) -> Json | None:
    if not params:
        return None
    kind = required(params, "type")
    if kind not in FLOWS:
        raise invalid(f"The stand-in knows the flows {', '.join(FLOWS)} only.", param="flow_data[type]")
    after = branch(params, "after_completion")
    flow = {
        "after_completion": {
            "hosted_confirmation": branch(after, "hosted_confirmation") or None,
            "redirect": branch(after, "redirect") or None,
            "type": text(after, "type") or "portal_homepage",
        },
        "customer_update": None,
        "subscription_cancel": None,
        "subscription_update": None,
        "subscription_update_confirm": None,
        "type": kind,
    }
    if kind == "subscription_cancel":
        wanted = required(branch(params, "subscription_cancel"), "subscription")
        subscription = living(world, wanted)
        if subscription["customer"] != customer["id"]:
            raise invalid("This subscription belongs to another customer.", param="flow_data[subscription_cancel]")
        flow["subscription_cancel"] = {"retention": None, "subscription": wanted}
    return flow
