"""A donor presses "Pay" on the hosted page: what then becomes of the session."""

from __future__ import annotations

from dataclasses import dataclass

from achk_site.demo.stripe.cards import NO_ADDRESS, card_of, new_method, refusal_of
from achk_site.demo.stripe.charges import Order, attempt, fail, new_intent, succeed
from achk_site.demo.stripe.customers import new_customer
from achk_site.demo.stripe.errors import invalid
from achk_site.demo.stripe.events import emit
from achk_site.demo.stripe.invoices import mark_paid, new_invoice, pay_invoice
from achk_site.demo.stripe.params import metadata, text
from achk_site.demo.stripe.store import Json
from achk_site.demo.stripe.subscriptions import first_bill, mark_current, mark_overdue, new_subscription
from achk_site.demo.stripe.world import World

_DEBIT_REFUSED = {
    "code": "debit_not_authorized",
    "message": "The customer's bank did not authorize the debit.",
    "type": "card_error",
}


@dataclass(frozen=True)
class Donor:
    """What the hosted page asks: the card by its name in ``cards.CARDS``."""

    card: str = "works"
    email: str = ""
    name: str = ""


def pay_session(world: World, session_id: str, donor: Donor) -> Json | None:
    """Pay an open session; return None, or Stripe's error when the card was refused and the session stays open."""
    session = world.store.get("checkout.session", session_id)
    if session["status"] != "open" or session["expires_at"] <= world.now():
        raise invalid("This Checkout Session is no longer open.")
    customer = world.store.peek(session["customer"] or "")
    email = session["customer_email"] or (customer or {}).get("email") or donor.email or None
    if email is None:
        raise invalid("An e-mail address is needed.", param="email")
    name = donor.name or (customer or {}).get("name")
    method = new_method(world, donor.card, email=email, donor=name, customer=None)
    pay = _pay_once if session["mode"] == "payment" else _pay_monthly
    refusal = refusal_of(world, method)
    if refusal is not None:
        _refuse(world, session, method)
        return refusal
    customer = customer or _customer(world, session, email=email, name=name)
    if customer is not None:
        method["customer"] = customer["id"]
        world.store.save(method)
    pay(world, session, method, customer)
    _complete(world, session, customer, email=email, name=name)
    return None


def settle_payment(world: World, intent: Json) -> None:
    """End a payment that was processing, as its method says."""
    notes = world.store.notes(intent)
    notes.pop("due", None)
    charge = world.store.get("charge", intent["latest_charge"])
    paid = card_of(world, world.store.get("payment_method", charge["payment_method"])).settles
    if paid:
        succeed(world, intent, charge)
    else:
        fail(world, intent, charge, _DEBIT_REFUSED)
    _settle_invoice(world, notes.get("invoice", ""), paid=paid)
    session = world.store.peek(notes.get("session", ""))
    if session is not None:
        session["payment_status"] = "paid" if paid else "unpaid"
        world.store.save(session)
        emit(world, f"checkout.session.async_payment_{'succeeded' if paid else 'failed'}", session)


def _settle_invoice(world: World, invoice_id: str, *, paid: bool) -> None:
    invoice = world.store.peek(invoice_id)
    if invoice is None:
        return
    subscription = world.store.get("subscription", invoice["parent"]["subscription_details"]["subscription"])
    if paid:
        mark_paid(world, invoice)
        mark_current(world, subscription)
    else:
        mark_overdue(world, subscription, invoice)


def _refuse(world: World, session: Json, method: Json) -> None:
    """Leave a failed payment behind, as Stripe does, and keep the session open for another card."""
    if session["amount_total"] == 0:
        return
    intent = _intent(world, session)
    attempt(world, intent, method)
    if session["mode"] == "payment":
        session["payment_intent"] = intent["id"]
    world.store.save(session)


def _pay_once(world: World, session: Json, method: Json, customer: Json | None) -> None:
    intent = _intent(world, session)
    intent["customer"] = customer["id"] if customer else None
    outcome = attempt(world, intent, method)
    session |= {"payment_intent": intent["id"], "payment_status": "paid" if outcome == "succeeded" else "unpaid"}


def _pay_monthly(world: World, session: Json, method: Json, customer: Json | None) -> None:
    notes = world.store.notes(session)
    assert customer is not None  # noqa: S101 - Checkout makes a customer for each subscription
    emit(world, "payment_method.attached", method)
    subscription = new_subscription(
        world,
        customer=customer,
        method=method,
        line=notes["lines"][0],
        data=notes["subscription_data"],
        start=notes["start"],
    )
    amount = session["amount_total"]
    emit(world, "customer.subscription.created", subscription)
    invoice = new_invoice(world, subscription, first_bill(subscription, amount))
    outcome = pay_invoice(world, invoice, method, later=False, session=session["id"])
    mark_current(world, subscription)
    session |= {"subscription": subscription["id"], "invoice": invoice["id"]}
    status = "no_payment_required" if amount == 0 else "paid"
    session["payment_status"] = "unpaid" if outcome == "processing" else status


def _complete(world: World, session: Json, customer: Json | None, *, email: str, name: str | None) -> None:
    session |= {"status": "complete", "url": None, "customer": customer["id"] if customer else None}
    session["customer_details"] = {
        "address": dict(NO_ADDRESS),
        "business_name": None,
        "email": email,
        "individual_name": None,
        "name": name,
        "phone": None,
        "tax_exempt": "none",
        "tax_ids": [],
    }
    world.store.save(session)
    emit(world, "checkout.session.completed", session)


def _customer(world: World, session: Json, *, email: str, name: str | None) -> Json | None:
    if session["customer_creation"] != "always":
        return None
    locales = [session["locale"]] if session["locale"] not in (None, "auto") else []
    return new_customer(world, email=email, name=name, preferred_locales=locales)


def _intent(world: World, session: Json) -> Json:
    """Return the intent of an earlier refused attempt, or a new one."""
    known = world.store.notes(session).get("intent")
    if known is not None:
        return world.store.get("payment_intent", known)
    data = world.store.notes(session)["payment_data"]
    order = Order(
        amount=session["amount_total"],
        currency=session["currency"],
        customer=session["customer"],
        description=text(data, "description"),
        receipt_email=text(data, "receipt_email"),
        suffix=text(data, "statement_descriptor_suffix"),
        metadata=metadata(data),
        notes={"session": session["id"]},
    )
    intent = new_intent(world, order)
    world.store.notes(session)["intent"] = intent["id"]
    return intent
