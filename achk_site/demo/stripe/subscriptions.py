"""Monthly gifts: https://docs.stripe.com/billing/subscriptions/overview."""

from __future__ import annotations

from achk_site.demo.stripe.catalog import new_price
from achk_site.demo.stripe.errors import invalid, missing
from achk_site.demo.stripe.events import emit
from achk_site.demo.stripe.invoice_body import Bill, invoice_body
from achk_site.demo.stripe.invoices import mark_failed, new_invoice, pay_invoice, void_invoice
from achk_site.demo.stripe.params import Params, boolean, branch, items, metadata, text
from achk_site.demo.stripe.periods import period_end
from achk_site.demo.stripe.store import Json
from achk_site.demo.stripe.subscription_body import plan_of, subscription_body, subscription_item
from achk_site.demo.stripe.world import DAY, World

# A charge that failed is tried again after so many days; then the gift ends.
RETRY_DAYS = (3, 5, 7)
UPCOMING_DAYS = 7
LIVING = ("active", "past_due", "trialing", "unpaid", "incomplete")


def new_subscription(world: World, *, customer: Json, method: Json, line: Json, data: Params, start: Json) -> Json:
    """Add a subscription whose first invoice is not paid yet."""
    trial_end = start["at"] if start["kind"] == "trial" else None
    number = 1 if start["kind"] == "now" else 0
    anchor = world.now() if number else max(start["at"], world.now())
    ends = period_end(anchor, line["price"]["recurring"], number)
    body = subscription_body(world, customer, method, trial_end=trial_end, anchor=anchor)
    body |= {"description": text(data, "description"), "metadata": metadata(data)}
    body["items"]["data"].append(subscription_item(world, body["id"], line, ends))
    return world.store.add(body, number=number, retries=0, warned=False)


def first_bill(subscription: Json, amount: int) -> Bill:
    item = subscription["items"]["data"][0]
    return Bill("subscription_create", amount, item["current_period_start"], item["current_period_end"])


def warn_of_renewal(world: World, subscription: Json) -> None:
    """Tell a week before what will be charged; that invoice does not exist yet, so its id leads nowhere."""
    world.store.notes(subscription)["warned"] = True
    world.store.save(subscription)
    if not subscription["cancel_at_period_end"]:
        bill = _next_bill(world, subscription, "upcoming", subscription["items"]["data"][0])
        invoice = invoice_body(world, subscription, bill)
        emit(world, "invoice.upcoming", invoice | {"id": f"upcoming_{invoice['id']}"})


def renew(world: World, subscription: Json) -> None:
    """Begin the next period and charge for it."""
    if subscription["cancel_at_period_end"]:
        end_subscription(world, subscription, reason="cancellation_requested")
        return
    item = subscription["items"]["data"][0]
    bill = _next_bill(world, subscription, "subscription_cycle", item)
    notes = world.store.notes(subscription)
    notes |= {"number": notes["number"] + 1, "warned": False}
    before = {"status": subscription["status"]} if subscription["status"] == "trialing" else {}
    item |= {"current_period_start": bill.start, "current_period_end": bill.end}
    if before:
        subscription["status"] = "active"
    invoice = new_invoice(world, subscription, bill)
    emit(world, "customer.subscription.updated", subscription, **before, latest_invoice=None)
    collect(world, subscription, invoice)


def collect(world: World, subscription: Json, invoice: Json) -> str:
    """Charge an open invoice without the donor being there."""
    method = world.store.get("payment_method", subscription["default_payment_method"])
    outcome = pay_invoice(world, invoice, method, later=True)
    if outcome == "succeeded":
        mark_current(world, subscription)
    elif outcome == "failed":
        mark_overdue(world, subscription, invoice)
    return outcome


def mark_current(world: World, subscription: Json) -> None:
    world.store.notes(subscription)["retries"] = 0
    before = subscription["status"]
    if before in ("past_due", "incomplete"):
        subscription["status"] = "active"
        emit(world, "customer.subscription.updated", subscription, status=before)
    world.store.save(subscription)


def mark_overdue(world: World, subscription: Json, invoice: Json) -> None:
    """Plan the next attempt, or end the gift when all were made."""
    notes, before = world.store.notes(subscription), subscription["status"]
    if notes["retries"] >= len(RETRY_DAYS):
        mark_failed(world, invoice, next_attempt=None)
        end_subscription(world, subscription, reason="payment_failed")
        return
    mark_failed(world, invoice, next_attempt=world.now() + RETRY_DAYS[notes["retries"]] * DAY)
    notes["retries"] += 1
    subscription["status"] = "past_due"
    world.store.save(subscription)
    if before != "past_due":
        emit(world, "customer.subscription.updated", subscription, status=before)


def end_subscription(world: World, subscription: Json, *, reason: str, comment: str | None = None) -> Json:
    now = world.now()
    subscription |= {"status": "canceled", "ended_at": now, "canceled_at": subscription["canceled_at"] or now}
    subscription["cancellation_details"] |= {"reason": reason, "comment": comment}
    world.store.save(subscription)
    for invoice in world.store.oldest_first("invoice", customer=subscription["customer"]):
        if invoice["status"] == "open" and _subscription_of(invoice) == subscription["id"]:
            invoice |= {"auto_advance": False, "next_payment_attempt": None}
            world.store.save(invoice)
            if reason == "cancellation_requested":
                void_invoice(world, invoice)
    emit(world, "customer.subscription.deleted", subscription)
    return subscription


def cancel_subscription(world: World, params: Params, subscription_id: str) -> Json:
    subscription = world.store.get("subscription", subscription_id)
    if subscription["status"] not in LIVING:
        raise missing("subscription", subscription_id)  # what has ended is not there any more for Stripe
    comment = text(branch(params, "cancellation_details"), "comment")
    return end_subscription(world, subscription, reason="cancellation_requested", comment=comment)


def update_subscription(world: World, params: Params, subscription_id: str) -> Json:
    """Take metadata, the card, the end at the period's end, and another amount from the next period on."""
    subscription = living(world, subscription_id)
    previous = {}
    if "cancel_at_period_end" in params:
        previous["cancel_at_period_end"] = subscription["cancel_at_period_end"]
        set_ending(world, subscription, boolean(params, "cancel_at_period_end"))
    method = text(params, "default_payment_method")
    if method:
        world.store.get("payment_method", method, param="default_payment_method")
        previous["default_payment_method"] = subscription["default_payment_method"]
        subscription["default_payment_method"] = method
    subscription["metadata"] = metadata(params, old=subscription["metadata"])
    for change in items(params, "items"):
        _change_item(world, subscription, change, proration=text(params, "proration_behavior"))
        previous["items"] = {}
    world.store.save(subscription)
    emit(world, "customer.subscription.updated", subscription, **previous)
    return subscription


def set_ending(world: World, subscription: Json, ends: bool) -> None:
    end = subscription["items"]["data"][0]["current_period_end"]
    subscription |= {"cancel_at_period_end": ends, "cancel_at": end if ends else None}
    subscription["canceled_at"] = world.now() if ends else None
    subscription["cancellation_details"]["reason"] = "cancellation_requested" if ends else None
    world.store.save(subscription)


def living(world: World, subscription_id: str) -> Json:
    subscription = world.store.get("subscription", subscription_id)
    if subscription["status"] not in LIVING:
        raise invalid("A canceled subscription can only update its cancellation_details and metadata.", param="id")
    return subscription


def _subscription_of(invoice: Json) -> str:
    return str(invoice["parent"]["subscription_details"]["subscription"])


def _change_item(world: World, subscription: Json, change: Params, *, proration: str | None) -> None:
    item = subscription["items"]["data"][0]
    if change.get("id") != item["id"] or proration != "none":
        raise invalid("The stand-in changes the one item there is, with proration_behavior=none.", param="items")
    known = text(change, "price")
    data = branch(change, "price_data")
    item["price"] = world.store.get("price", known) if known else new_price(world, data, active=False)
    item["plan"] = plan_of(item["price"])


def _next_bill(world: World, subscription: Json, reason: str, item: Json) -> Bill:
    number = world.store.notes(subscription)["number"] + 1
    start = item["current_period_end"]
    end = period_end(subscription["billing_cycle_anchor"], item["price"]["recurring"], number)
    return Bill(reason, item["price"]["unit_amount"] * item["quantity"], start, end)
