"""Lists: pages, filters, expansion."""

import pytest
import stripe

from tests.demo.stripe.gifts import monthly, once


def test_paging_forwards_and_backwards_sees_each_once(client):
    made = [once(client).id for _ in range(25)]
    assert [one.id for one in client.v1.checkout.sessions.list({"limit": 10}).auto_paging_iter()] == made[::-1]
    page = client.v1.checkout.sessions.list({"limit": 10})
    assert (len(page.data), page.has_more) == (10, True)
    before = client.v1.checkout.sessions.list({"limit": 10, "ending_before": made[0]})
    assert [one.id for one in before.data] == made[10:0:-1]


def test_what_came_while_paging_does_not_shift_the_pages(client):
    made = [once(client).id for _ in range(4)]
    first = client.v1.checkout.sessions.list({"limit": 2})
    once(client)
    second = client.v1.checkout.sessions.list({"limit": 2, "starting_after": first.data[-1].id})
    assert [one.id for one in (*first.data, *second.data)] == made[::-1]


def test_by_time(stand_in, client):
    old = once(client)
    stand_in.advance(days=2)
    new = once(client)
    found = client.v1.checkout.sessions.list({"created": {"gt": old.created}}).data
    assert [one.id for one in found] == [new.id]
    assert client.v1.checkout.sessions.list({"created": {"gte": old.created, "lt": new.created}}).data[0].id == old.id


def test_by_what_they_belong_to(stand_in, client):
    stand_in.pay(once(client).id)
    session = monthly(client)
    stand_in.pay(session.id, email="me@example.org")
    paid = client.v1.checkout.sessions.retrieve(session.id)
    sessions = client.v1.checkout.sessions
    assert sessions.list({"subscription": paid.subscription}).data[0].id == session.id
    assert sessions.list({"customer_details": {"email": "me@example.org"}}).data[0].id == session.id
    assert sessions.list({"status": "open"}).data == []
    payment = client.v1.invoice_payments.list({"invoice": paid.invoice}).data[0].payment
    by_payment = client.v1.invoice_payments.list(
        {"payment": {"type": "payment_intent", "payment_intent": payment.payment_intent}}
    )
    assert by_payment.data[0].invoice == paid.invoice
    assert client.v1.invoices.list({"subscription": paid.subscription}).data[0].id == paid.invoice
    assert client.v1.invoice_payments.list({"payment": {"type": "payment_intent", "payment_intent": "pi_0"}}).data == []
    assert client.v1.customers.list({"email": "me@example.org"}).data[0].id == paid.customer
    assert client.v1.charges.list({"payment_intent": payment.payment_intent}).data[0].amount == 1000


def test_events_by_type(stand_in, client):
    stand_in.pay(once(client).id)
    assert [one.type for one in client.v1.events.list({"type": "checkout.session.completed"}).data] == [
        "checkout.session.completed"
    ]
    kinds = ["charge.succeeded", "charge.updated"]
    assert [one.type for one in client.v1.events.list({"types": kinds}).data] == kinds[::-1]
    assert client.v1.events.retrieve(client.v1.events.list().data[0].id).data.object.id


def test_events_are_kept_for_thirty_days(stand_in, client):
    stand_in.pay(once(client).id)
    old = client.v1.events.list().data[0]
    stand_in.advance(days=31)
    assert client.v1.events.list().data == []
    with pytest.raises(stripe.InvalidRequestError, match="No such event"):
        client.v1.events.retrieve(old.id)


def test_twenty_types_at_most(client):
    with pytest.raises(stripe.InvalidRequestError, match="20 types"):
        client.v1.events.list({"types": [f"charge.{number}" for number in range(21)]})


@pytest.mark.parametrize("path", ["nonsense", "payment_intent.latest_charge.balance_transaction.source.refunds"])
def test_what_can_not_be_expanded_is_refused(stand_in, client, path):
    session = once(client)
    stand_in.pay(session.id)
    with pytest.raises(stripe.InvalidRequestError, match="expand"):
        client.v1.checkout.sessions.retrieve(session.id, {"expand": [path]})


def test_expanding_changes_nothing_that_is_kept(stand_in, client):
    session = once(client)
    stand_in.pay(session.id)
    client.v1.checkout.sessions.retrieve(session.id, {"expand": ["payment_intent", "line_items"]})
    again = client.v1.checkout.sessions.retrieve(session.id)
    assert isinstance(again.payment_intent, str)
    assert "line_items" not in again.to_dict()


def test_pages_hold_a_hundred_at_most(client):
    with pytest.raises(stripe.InvalidRequestError, match="less than or equal to 100"):
        client.v1.events.list({"limit": 101})
