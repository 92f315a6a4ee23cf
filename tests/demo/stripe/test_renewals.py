"""Monthly gifts over the months: charged, refused, tried again, ended."""

import pytest
import stripe

from tests.demo.stripe.gifts import monthly, started


def invoices(client, subscription):
    found = client.v1.invoices.list({"subscription": subscription.id}).data
    return [(one.status, one.billing_reason) for one in reversed(found)]


def test_each_month_is_charged_once(stand_in, client):
    subscription = started(stand_in, client)
    stand_in.advance(days=93)
    assert invoices(client, subscription) == [("paid", "subscription_create")] + [("paid", "subscription_cycle")] * 3
    assert [line["subscription"] for line in stand_in.ledger()] == [subscription.id] * 4
    assert stand_in.state()["cents"]["charged"] == 4000
    assert len(stand_in.events("invoice.paid")) == 4
    assert len(stand_in.events("invoice.upcoming")) == 3


def test_putting_the_clock_forward_at_once_or_in_steps_comes_to_the_same(stand_in, client):
    from tests.stubs.stripe_server import stripe_stand_in

    with stripe_stand_in(seed="7") as other:
        for one, steps in ((stand_in, [100]), (other, [1] * 100)):
            started(one, one.client())
            started(one, one.client(), card="fails-later")
            for days in steps:
                one.advance(days=days)
        assert stand_in.state()["cents"] == other.state()["cents"]
        assert [one["type"] for one in stand_in.events()] == [one["type"] for one in other.events()]


def test_a_card_that_fails_is_tried_again_and_then_the_gift_ends(stand_in, client):
    subscription = started(stand_in, client, card="fails-later")
    stand_in.advance(days=31.5)
    overdue = client.v1.subscriptions.retrieve(subscription.id, {"expand": ["latest_invoice"]})
    assert (overdue.status, overdue.latest_invoice.status, overdue.latest_invoice.attempt_count) == (
        "past_due",
        "open",
        1,
    )
    assert overdue.latest_invoice.next_payment_attempt
    stand_in.advance(days=20)
    ended = client.v1.subscriptions.retrieve(subscription.id, {"expand": ["latest_invoice"]})
    assert (ended.status, ended.cancellation_details.reason) == ("canceled", "payment_failed")
    assert ended.latest_invoice.attempt_count == 4
    assert len(stand_in.events("invoice.payment_failed")) == 4
    assert len(stand_in.events("customer.subscription.deleted")) == 1
    stand_in.advance(days=90)
    assert stand_in.state()["cents"]["charged"] == 1000


def test_a_new_card_pays_what_is_overdue(stand_in, client):
    subscription = started(stand_in, client, card="fails-later")
    stand_in.advance(days=32)
    stand_in.set_card(subscription=subscription.id, card="works")
    assert client.v1.subscriptions.retrieve(subscription.id).status == "active"
    assert invoices(client, subscription)[-1] == ("paid", "subscription_cycle")
    stand_in.advance(days=31)
    assert stand_in.state()["cents"]["charged"] == 3000


def test_an_expiring_card_fails_after_its_month(stand_in, client):
    subscription = started(stand_in, client, card="expiring")
    method = client.v1.payment_methods.retrieve(subscription.default_payment_method)
    assert (method.card.last4, method.customer) == ("4444", subscription.customer)
    stand_in.advance(days=32)
    assert stand_in.events("charge.failed")[0]["data"]["object"]["failure_code"] == "expired_card"


def test_a_card_that_the_bank_renewed_goes_on(stand_in, client):
    subscription = started(stand_in, client, card="expiring")
    stand_in.renew_card(subscription=subscription.id)
    stand_in.advance(days=32)
    assert stand_in.state()["cents"]["charged"] == 2000
    assert len(stand_in.events("payment_method.automatically_updated")) == 1


def test_a_debit_that_fails_leaves_the_gift_overdue_and_never_charges(stand_in, client):
    subscription = started(stand_in, client, card="debit-fails")
    assert subscription.status == "active"
    stand_in.advance(days=3.5)
    assert client.v1.subscriptions.retrieve(subscription.id).status == "past_due"
    stand_in.advance(days=60)
    assert client.v1.subscriptions.retrieve(subscription.id).status == "canceled"
    assert stand_in.state()["cents"]["charged"] == 0


def test_cancelled_at_once_nothing_more_is_charged(stand_in, client):
    subscription = started(stand_in, client)
    assert client.v1.subscriptions.cancel(subscription.id).status == "canceled"
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.subscriptions.cancel(subscription.id)
    stand_in.advance(days=70)
    assert stand_in.state()["cents"]["charged"] == 1000


def test_cancelled_at_the_period_s_end_it_ends_then(stand_in, client):
    subscription = started(stand_in, client)
    ending = client.v1.subscriptions.update(subscription.id, {"cancel_at_period_end": True})
    assert (ending.status, ending.cancel_at) == ("active", subscription["items"].data[0].current_period_end)
    stand_in.advance(days=32)
    assert client.v1.subscriptions.retrieve(subscription.id).status == "canceled"
    assert stand_in.state()["cents"]["charged"] == 1000


def test_another_amount_counts_from_the_next_month_on(stand_in, client):
    subscription = started(stand_in, client)
    item = subscription["items"].data[0]
    data = {"currency": "cad", "unit_amount": 1500, "recurring": {"interval": "month"}, "product": item.price.product}
    client.v1.subscriptions.update(
        subscription.id, {"items": [{"id": item.id, "price_data": data}], "proration_behavior": "none"}
    )
    stand_in.advance(days=32)
    assert [line["amount"] for line in stand_in.ledger()] == [1000, 1500]


def test_a_forgotten_customer_s_gift_ends(stand_in, client):
    subscription = started(stand_in, client)
    assert client.v1.customers.delete(subscription.customer).deleted
    assert client.v1.customers.retrieve(subscription.customer).deleted
    assert client.v1.subscriptions.retrieve(subscription.id).status == "canceled"
    with pytest.raises(stripe.InvalidRequestError, match="No such customer"):
        monthly(client, customer=subscription.customer)


def test_lists_leave_out_ended_gifts_unless_asked(stand_in, client):
    client.v1.subscriptions.cancel(started(stand_in, client).id)
    assert client.v1.subscriptions.list().data == []
    assert len(client.v1.subscriptions.list({"status": "all"}).data) == 1
    assert len(client.v1.subscriptions.list({"status": "canceled"}).data) == 1
