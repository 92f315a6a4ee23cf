"""Which address does what, and which of the client's own parameter types describes what may be sent there."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from achk_site.demo.stripe import catalog, checkout, customers, portal, refunds, subscriptions
from achk_site.demo.stripe.errors import ApiError, missing
from achk_site.demo.stripe.filters import FIELDS, is_forgotten, narrowing, tests_for
from achk_site.demo.stripe.lists import line_items, list_of
from achk_site.demo.stripe.params import Params, text
from achk_site.demo.stripe.store import Json
from achk_site.demo.stripe.world import World

Answer = Callable[..., Json]


@dataclass(frozen=True)
class Route:
    """``takes`` is a class of ``stripe.params``, such as "checkout.SessionCreateParams"."""

    method: str
    pattern: re.Pattern[str]
    answer: Answer
    takes: str


# path: (object, the client's name for its parameters)
RESOURCES = {
    "/v1/checkout/sessions": ("checkout.session", "checkout.Session"),
    "/v1/payment_intents": ("payment_intent", "PaymentIntent"),
    "/v1/charges": ("charge", "Charge"),
    "/v1/balance_transactions": ("balance_transaction", "BalanceTransaction"),
    "/v1/payouts": ("payout", "Payout"),
    "/v1/customers": ("customer", "Customer"),
    "/v1/products": ("product", "Product"),
    "/v1/prices": ("price", "Price"),
    "/v1/payment_methods": ("payment_method", "PaymentMethod"),
    "/v1/subscriptions": ("subscription", "Subscription"),
    "/v1/invoices": ("invoice", "Invoice"),
    "/v1/invoice_payments": ("invoice_payment", "InvoicePayment"),
    "/v1/refunds": ("refund", "Refund"),
    "/v1/disputes": ("dispute", "Dispute"),
    "/v1/events": ("event", "Event"),
    "/v1/billing_portal/configurations": ("billing_portal.configuration", "billing_portal.Configuration"),
}
_CREATES: dict[str, Answer] = {
    "/v1/checkout/sessions": checkout.create_session,
    "/v1/customers": customers.create_customer,
    "/v1/products": catalog.create_product,
    "/v1/prices": catalog.create_price,
    "/v1/refunds": refunds.create_refund,
    "/v1/billing_portal/configurations": portal.create_configuration,
}
_UPDATES: dict[str, Answer] = {
    "/v1/checkout/sessions": checkout.update_session,
    "/v1/customers": customers.update_customer,
    "/v1/refunds": refunds.update_refund,
    "/v1/disputes": refunds.update_dispute,
    "/v1/subscriptions": subscriptions.update_subscription,
}
_ONE = "/([A-Za-z0-9_]+)"


def find_route(method: str, path: str) -> tuple[Route, tuple[str, ...]]:
    for route in ROUTES:
        if route.method == method and (match := route.pattern.fullmatch(path)):
            return route, match.groups()
    message = f"Unrecognized request URL ({method}: {path}). The stand-in does not have it."
    raise ApiError(404, "invalid_request_error", message)


def _list(path: str, kind: str) -> Answer:
    def answer(world: World, params: Params) -> Json:
        given = {field: value for field in FIELDS.get(kind, ()) if (value := text(params, field)) is not None}
        wanted = {**narrowing(world, kind, params), **given}
        return list_of(world, kind, params, url=path, wanted=wanted, tests=tests_for(world, kind, params))

    return answer


def _retrieve(kind: str) -> Answer:
    def answer(world: World, params: Params, wanted: str) -> Json:
        item = world.store.get(kind, wanted)
        if is_forgotten(world, item):
            raise missing(kind, wanted)
        return item

    return answer


def _line_items(world: World, params: Params, session_id: str) -> Json:
    return line_items(world, world.store.get("checkout.session", session_id))


def _route(method: str, path: str, answer: Answer, takes: str) -> Route:
    return Route(method, re.compile(path), answer, f"{takes}Params")


def _routes() -> list[Route]:
    found = [
        _route("POST", f"/v1/checkout/sessions{_ONE}/expire", checkout.expire_session, "checkout.SessionExpire"),
        _route("GET", f"/v1/checkout/sessions{_ONE}/line_items", _line_items, "checkout.SessionLineItemList"),
        _route("DELETE", f"/v1/subscriptions{_ONE}", subscriptions.cancel_subscription, "SubscriptionCancel"),
        _route("DELETE", f"/v1/customers{_ONE}", customers.delete_customer, "CustomerDelete"),
        _route("POST", "/v1/billing_portal/sessions", portal.create_portal_session, "billing_portal.SessionCreate"),
    ]
    for path, (kind, name) in RESOURCES.items():
        answers: list[tuple[str, str, Any, str]] = [
            ("GET", path, _list(path, kind), "List"),
            ("GET", path + _ONE, _retrieve(kind), "Retrieve"),
            ("POST", path, _CREATES.get(path), "Create"),
            ("POST", path + _ONE, _UPDATES.get(path), "Update"),
        ]
        found += [_route(method, at, answer, name + what) for method, at, answer, what in answers if answer]
    return found


ROUTES = _routes()
