"""The one way to Stripe: typed questions, typed answers (``facts``), errors of our own (``stripe_line``).

Nothing here touches the database, so it may be called outside transactions only; with DEADLINE_SECONDS it is safe in a
request. Without STRIPE_SECRET_KEY donations by card are off.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from operator import attrgetter
from typing import Any, TypeVar

import stripe
from django.conf import settings

from actions.donations import stripe_answers as answers
from actions.donations.facts import (
    BalanceLine,
    ChargeFacts,
    DisputeFacts,
    EventFacts,
    InvoiceFacts,
    PayoutFacts,
    RefundFacts,
    SessionFacts,
    SubscriptionFacts,
)
from actions.donations.stripe_line import (
    RETRIES,
    TIMEOUTS,
    Busy,
    NotThere,
    Refused,
    StripeLine,
    StripeTrouble,
    Unavailable,
    all_within,
)

__all__ = ["Busy", "NotThere", "Refused", "StripeTrouble", "Unavailable", "all_within"]

T = TypeVar("T")
# Raised together with the client: its types are what the stand-in and the tests are checked against.
API_VERSION = "2026-10-28.endive"
STRIPES_OWN = "https://api.stripe.com"
PAGE = 100
# For good; a list without a status still holds the second: https://docs.stripe.com/api/subscriptions/list
ENDED = ("canceled", "incomplete_expired")
_lines: dict[tuple[int, str, str], StripeLine] = {}


def is_on() -> bool:
    """Whether gifts by card can be taken at all."""
    return bool(settings.STRIPE_SECRET_KEY)


def is_live() -> bool:
    """Whether the key moves real money; events of the other kind are none of ours. What counts is in ``modes``."""
    return settings.STRIPE_SECRET_KEY.partition("_test_")[0] not in ("sk", "rk")


def _line() -> StripeLine:
    """This process's line under the present key; a changed setting (tests) makes another."""
    if not is_on():
        raise Unavailable("off")
    base = settings.STRIPE_API_BASE or STRIPES_OWN
    name = (os.getpid(), settings.STRIPE_SECRET_KEY, base)
    if name not in _lines:
        client = stripe.StripeClient(
            settings.STRIPE_SECRET_KEY,
            stripe_version=API_VERSION,
            base_addresses={"api": base},
            max_network_retries=RETRIES,
            http_client=stripe.RequestsClient(timeout=TIMEOUTS),
        )
        _lines.setdefault(name, StripeLine(client))
    return _lines[name]


def _ask(call: Callable[[stripe.StripeClient], T]) -> T:
    return _line().ask(call)


# --- What visitors wait for ------------------------------------------------------------------------------------------


def create_session(params: dict[str, Any], *, idempotency_key: str) -> SessionFacts:
    """Make a payment page, or get the one that was made under the same key within a day."""
    options: Any = {"idempotency_key": idempotency_key}
    made: Any = params
    return answers.session(_ask(lambda client: client.v1.checkout.sessions.create(made, options)))


def session(session_id: str) -> SessionFacts:
    """Return the visit as it stands. Raises NotThere."""
    return answers.session(_ask(lambda client: client.v1.checkout.sessions.retrieve(session_id)))


def sessions_since(since: datetime, until: datetime | None = None) -> Iterator[SessionFacts]:
    """Yield the visits begun in that time, newest first, asking for a hundred at a time as they are wanted."""
    created = {"gte": int(since.timestamp())} | ({"lte": int(until.timestamp())} if until else {})
    return (answers.session(one) for one in _rows("checkout.sessions", {"created": created}))


def portal_url(*, customer_id: str, locale: str, return_url: str, changes_card: bool = False) -> str:
    """Return the address of Stripe's page on which a monthly donor changes or ends the gift."""
    params: Any = {"customer": customer_id, "locale": locale, "return_url": return_url}
    if changes_card:
        params["flow_data"] = {"type": "payment_method_update"}
    return str(_ask(lambda client: client.v1.billing_portal.sessions.create(params)).url)


# --- What staff ask for ----------------------------------------------------------------------------------------------


def refund(*, payment_intent_id: str, amount_cents: int, idempotency_key: str, metadata: dict[str, str]) -> RefundFacts:
    """Give money back. Raises Refused, for one when it was given back or disputed already."""
    params: Any = {"payment_intent": payment_intent_id, "amount": amount_cents, "metadata": metadata}
    options: Any = {"idempotency_key": idempotency_key}
    return answers.refund(_ask(lambda client: client.v1.refunds.create(params, options)))


def cancel_subscription(subscription_id: str) -> SubscriptionFacts:
    """End a monthly gift at once; nothing more is charged."""
    return answers.subscription(_ask(lambda client: client.v1.subscriptions.cancel(subscription_id)))


# --- What the worker asks for ----------------------------------------------------------------------------------------


def forget_customer(customer_id: str) -> None:
    """Delete a customer at Stripe, for good; a monthly gift of theirs that runs ends at once. Raises NotThere.

    Stripe keeps the payments themselves: https://docs.stripe.com/api/customers/delete
    """
    _ask(lambda client: client.v1.customers.delete(customer_id))


def has_running(customer_id: str) -> bool:
    """Return whether the customer has a subscription that has not ended, even one that waits for its first payment."""
    return any(one.status not in ENDED for one in _pages("subscriptions", {"customer": customer_id}, most=PAGE))


def charge(charge_id: str, *, had_refunds: bool = False) -> ChargeFacts:
    """Return the charge with its booking, refunds and disputes. Raises NotThere.

    ``had_refunds`` for one of which refunds are known: where all of them failed, the charge does not tell of any.
    """
    params: Any = {"expand": ["balance_transaction", "payment_intent"]}
    return _with_all(_ask(lambda client: client.v1.charges.retrieve(charge_id, params)), had_refunds=had_refunds)


def payment(payment_intent_id: str) -> tuple[str, ChargeFacts | None]:
    """Return how far a payment is, in Stripe's words (succeeded, processing, canceled …), and its newest charge."""
    params: Any = {"expand": ["latest_charge.balance_transaction"]}
    found = _ask(lambda client: client.v1.payment_intents.retrieve(payment_intent_id, params))
    return str(found.status), _with_all(found.latest_charge, intent=found) if found.latest_charge else None


def _with_all(found: Any, *, intent: Any = None, had_refunds: bool = False) -> ChargeFacts:
    """Ask for refunds and disputes too, where there can be any."""
    asked = {"charge": found.id, "expand": ["data.failure_balance_transaction"]}
    refunds = _pages("refunds", asked) if found.amount_refunded or found.refunded or had_refunds else []
    disputes = _pages("disputes", {"charge": found.id}) if found.disputed else []
    return answers.charge(found, intent=intent, refunds=refunds, disputes=disputes)


def invoice(invoice_id: str) -> InvoiceFacts:
    """Return a month of a monthly gift, with the charge that paid it."""
    params: Any = {"expand": ["payments"]}
    return answers.invoice(_ask(lambda client: client.v1.invoices.retrieve(invoice_id, params)))


def invoice_of(payment_intent_id: str) -> InvoiceFacts | None:
    """Return the month that a payment intent paid; None when it belongs to a single gift."""
    paid_with = {"payment": {"type": "payment_intent", "payment_intent": payment_intent_id}}
    rows = _pages("invoice_payments", paid_with, most=PAGE)
    return invoice(answers.id_of(rows[0].invoice)) if rows else None


def subscription(subscription_id: str) -> SubscriptionFacts:
    return answers.subscription(_ask(lambda client: client.v1.subscriptions.retrieve(subscription_id)))


def card_month(subscription_id: str) -> tuple[int, int] | None:
    """Return year and month until which a monthly donor's card is good; None for a bank debit. Raises NotThere."""
    params: Any = {"expand": ["default_payment_method", "customer.invoice_settings.default_payment_method"]}
    return answers.card_month(_ask(lambda client: client.v1.subscriptions.retrieve(subscription_id, params)))


def dispute(dispute_id: str) -> DisputeFacts:
    return answers.dispute(_ask(lambda client: client.v1.disputes.retrieve(dispute_id)))


def charge_of_refund(refund_id: str) -> str:
    """Return the number of the charge that a refund belongs to; empty when it has none."""
    return answers.id_of(_ask(lambda client: client.v1.refunds.retrieve(refund_id)).charge)


def payout(payout_id: str) -> tuple[PayoutFacts, list[BalanceLine]]:
    """Return a transfer to our bank account with all that adds up to it; its own line is left out."""
    found = _ask(lambda client: client.v1.payouts.retrieve(payout_id))
    rows = _pages("balance_transactions", {"payout": payout_id}, most=10_000)
    return answers.payout(found), [answers.balance_line(row) for row in rows if row.type != "payout"]


def set_language(customer_id: str, locale: str) -> None:
    """Let Stripe's own pages and mails speak the monthly donor's language."""
    params: Any = {"preferred_locales": [locale]}
    _ask(lambda client: client.v1.customers.update(customer_id, params))


# --- What reconciling asks for ---------------------------------------------------------------------------------------


def events_since(since: datetime, kinds: list[str]) -> Iterator[EventFacts]:
    """Yield the events of those kinds since then, newest first; Stripe keeps them for 30 days."""
    for start in range(0, len(kinds), 20):  # Stripe takes at most 20 kinds at once
        asked = {"created": {"gte": int(since.timestamp())}, "types": kinds[start : start + 20]}
        yield from (answers.event(one) for one in _pages("events", asked, most=100_000))


def charges_since(since: datetime, until: datetime) -> list[ChargeFacts]:
    """Return the charges made in that time, without their refunds and disputes one by one."""
    created = {"gte": int(since.timestamp()), "lt": int(until.timestamp())}
    asked = {"created": created, "expand": ["data.balance_transaction"]}
    return [answers.charge(one) for one in _pages("charges", asked, most=1_000_000)]


def refunded_since(since: datetime) -> list[RefundFacts]:
    """Return what was given back since then, of charges of any age."""
    created = {"gte": int(since.timestamp())}
    return [answers.refund(one) for one in _pages("refunds", {"created": created}, most=100_000)]


def disputed_since(since: datetime) -> list[DisputeFacts]:
    """Return the disputes that were opened since then, about charges of any age."""
    created = {"gte": int(since.timestamp())}
    return [answers.dispute(one) for one in _pages("disputes", {"created": created}, most=100_000)]


def living_subscriptions() -> list[SubscriptionFacts]:
    """Return the monthly gifts that have not ended."""
    return [answers.subscription(one) for one in _pages("subscriptions", {}, most=100_000)]


def payouts_since(since: datetime, until: datetime) -> list[PayoutFacts]:
    created = {"gte": int(since.timestamp()), "lt": int(until.timestamp())}
    return [answers.payout(one) for one in _pages("payouts", {"created": created}, most=100_000)]


def _pages(service: str, params: dict[str, Any], *, most: int = 10_000) -> list[Any]:
    """Return all rows of a list, page by page, each within the deadline. Raises Unavailable("too-many")."""
    rows: list[Any] = []
    for row in _rows(service, params):
        if len(rows) >= most:
            raise Unavailable("too-many")
        rows.append(row)
    return rows


def _rows(service: str, params: dict[str, Any]) -> Iterator[Any]:
    """Yield the rows of a list; the next page is asked for when somebody wants its first row."""
    after: dict[str, str] = {}
    while True:
        page = _ask(partial(_one_page, service, {**params, "limit": PAGE, **after}))
        yield from page.data
        if not page.has_more or not page.data:
            return
        after = {"starting_after": page.data[-1].id}


def _one_page(service: str, params: dict[str, Any], client: stripe.StripeClient) -> Any:
    return attrgetter(service)(client.v1).list(params)
