"""Every field and parameter stands in the installed client's own types."""

import time

import pytest

from achk_site.demo.stripe.routes import RESOURCES, ROUTES
from tests.demo.stripe.gifts import monthly, once, params_of, started
from tests.stubs.stripe_server import stripe_stand_in
from tests.stubs.stripe_types import (
    assert_everything_sent_is_known,
    assert_fields_known,
    assert_parameters_known,
    wrong_fields,
)


def live_a_long_life(stand_in, client):
    """Let everything happen once that can happen."""
    paid = once(client, customer_creation="always", custom_text={"submit": {"message": "Thank you"}})
    stand_in.pay(paid.id, card="declined")
    stand_in.pay(paid.id)
    stand_in.refund(paid.id, amount=500)
    stand_in.fail_refund(refund=stand_in.refund(paid.id)["id"])
    disputed = once(client, submit_type="donate", locale="zh-HK")
    stand_in.pay(disputed.id)
    dispute = stand_in.dispute(disputed.id)["id"]
    stand_in.answer_dispute(dispute=dispute)
    stand_in.close_dispute(dispute=dispute, won=True)
    stand_in.pay(once(client).id, card="debit")
    stand_in.pay(monthly(client).id, card="debit-fails")
    later = started(stand_in, client, subscription_data={"trial_end": int(time.time()) + 5 * 86400})
    ending = started(stand_in, client, card="fails-later")
    stand_in.card_expires(subscription=ending.id)
    stand_in.renew_card(subscription=ending.id)
    client.v1.subscriptions.update(later.id, {"cancel_at_period_end": True})
    client.v1.subscriptions.cancel(started(stand_in, client).id)
    once(client)
    stand_in.payout()
    stand_in.advance(days=50)
    flow = {"type": "payment_method_update", "after_completion": {"type": "portal_homepage"}}
    return client.v1.billing_portal.sessions.create({"customer": later.customer, "flow_data": flow, "locale": "fr-CA"})


@pytest.fixture(scope="module")
def lived():
    with stripe_stand_in(seed="7") as stand_in:
        live_a_long_life(stand_in, stand_in.client())
        yield stand_in, stand_in.client()


def test_every_object_and_event_has_exactly_the_fields_that_the_client_knows(stand_in, client):
    portal = live_a_long_life(stand_in, client)
    assert_fields_known(portal.to_dict())
    events = stand_in.events()
    for event in events:
        assert_fields_known(event)
        assert_fields_known(event["data"]["object"])
    kinds = {event["type"] for event in events}
    assert {"invoice.upcoming", "charge.dispute.closed", "customer.subscription.deleted", "payout.paid"} <= kinds
    seen = {event["data"]["object"]["object"] for event in events}
    never_in_events = {"balance_transaction", "event", "product", "price", "billing_portal.configuration"}
    assert {kind for kind, _name in RESOURCES.values()} - seen <= never_in_events


@pytest.mark.parametrize("path", sorted(RESOURCES))
def test_every_list_and_each_of_its_objects_is_as_the_client_knows_it(lived, path):
    stand_in, client = lived
    found = client.raw_request("get", path, limit=100, **({"status": "all"} if "subscriptions" in path else {}))
    items = client.deserialize(found, api_mode="V1").data
    assert items
    for item in items:
        assert_fields_known(item.to_dict())
    one = client.deserialize(client.raw_request("get", f"{path}/{items[0].id}"), api_mode="V1")
    assert one.id == items[0].id
    assert_everything_sent_is_known(stand_in.sent())


@pytest.mark.parametrize(
    "path",
    [
        "line_items",
        "payment_intent.latest_charge.balance_transaction",
        "payment_intent.latest_charge.refunds",
        "customer",
    ],
)
def test_what_is_expanded_is_as_the_client_knows_it(stand_in, client, path):
    session = once(client, customer_creation="always")
    stand_in.pay(session.id)
    assert_fields_known(client.v1.checkout.sessions.retrieve(session.id, {"expand": [path]}).to_dict())


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.pattern.pattern}")
def test_every_address_names_a_type_of_the_client(route):
    assert_parameters_known(route.takes, {})


def test_the_comparison_finds_what_is_wrong(stand_in, client):
    """The negative control: a field too much, one too few, one of another type, one of another choice."""
    session = once(client).to_dict()
    assert list(wrong_fields(session)) == []
    assert any("livemoode is unknown" in one for one in wrong_fields({**session, "livemoode": False}))
    assert any("amount_total is '25'" in one for one in wrong_fields({**session, "amount_total": "25"}))
    assert any("total_details" in one for one in wrong_fields({**session, "total_details": {"amount_discount": None}}))
    del session["created"]
    assert any("created is missing" in one for one in wrong_fields(session))
    with pytest.raises(AssertionError, match="payment_intent_data"):
        assert_parameters_known(
            "checkout.SessionCreateParams", params_of("payment", 500, payment_intent_data={"metdata": {}})
        )
    with pytest.raises(AssertionError, match="submit_type"):
        assert_parameters_known("checkout.SessionCreateParams", params_of("payment", 500, submit_type="gift"))
