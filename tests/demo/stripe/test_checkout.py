"""Sessions: what is asked for, what is refused, and what becomes of them."""

import time

import pytest
import stripe

from tests.demo.stripe.gifts import monthly, once


def test_a_single_gift_is_paid_and_says_so_everywhere(stand_in, client):
    session = once(
        client,
        client_reference_id="don_7",
        metadata={"gift": "7"},
        payment_intent_data={"metadata": {"gift": "7"}, "description": "Gift", "statement_descriptor_suffix": "GIFT"},
    )
    assert (session.status, session.payment_status, session.payment_intent) == ("open", "unpaid", None)
    stand_in.pay(session.id, name="Ann Donor", email="ann@example.org")
    paid = client.v1.checkout.sessions.retrieve(
        session.id, {"expand": ["payment_intent.latest_charge.balance_transaction"]}
    )
    assert (paid.status, paid.payment_status, paid.amount_total) == ("complete", "paid", 2500)
    assert (paid.client_reference_id, paid.customer_details.email, paid.url) == ("don_7", "ann@example.org", None)
    charge = paid.payment_intent.latest_charge
    assert (charge.amount, charge.metadata["gift"], charge.description) == (2500, "7", "Gift")
    assert charge.calculated_statement_descriptor == "STAND-IN* GIFT"
    assert (charge.balance_transaction.fee, charge.balance_transaction.net) == (103, 2397)


def test_a_declined_card_leaves_the_session_open_and_the_next_card_pays_once(stand_in, client):
    session = once(client)
    assert stand_in.pay(session.id, card="declined")["error"]["decline_code"] == "generic_decline"
    assert stand_in.pay(session.id, card="no-funds")["error"]["decline_code"] == "insufficient_funds"
    assert client.v1.checkout.sessions.retrieve(session.id).status == "open"
    assert stand_in.pay(session.id)["error"] is None
    assert stand_in.state()["counts"]["payment_intent"] == {"succeeded": 1}
    assert len(stand_in.events("payment_intent.payment_failed")) == 2
    assert stand_in.state()["cents"]["charged"] == 2500


def test_a_paid_session_takes_no_second_payment(stand_in, client):
    session = once(client)
    stand_in.pay(session.id)
    with pytest.raises(Exception, match="no longer open"):
        stand_in.pay(session.id)
    assert stand_in.state()["charges"] == 1


def test_a_monthly_gift_starts_with_a_paid_invoice(stand_in, client):
    session = monthly(client, subscription_data={"metadata": {"gift": "8"}, "description": "Monthly gift"})
    stand_in.pay(session.id)
    paid = client.v1.checkout.sessions.retrieve(session.id, {"expand": ["subscription", "invoice.payments"]})
    subscription, invoice = paid.subscription, paid.invoice
    assert (subscription.status, subscription.metadata["gift"]) == ("active", "8")
    assert subscription["items"].data[0].current_period_end > time.time() + 27 * 86400
    assert (invoice.status, invoice.amount_paid, invoice.billing_reason) == ("paid", 1000, "subscription_create")
    assert invoice.parent.subscription_details.subscription == subscription.id
    assert invoice.parent.subscription_details.metadata["gift"] == "8"
    assert invoice.payments.data[0].payment.payment_intent
    assert client.v1.customers.retrieve(paid.customer).email == "donor@example.org"


@pytest.mark.parametrize(
    "start",
    [
        {"trial_end": 10 * 86400},
        {"billing_cycle_anchor": 10 * 86400, "proration_behavior": "none"},
    ],
)
def test_a_monthly_gift_that_starts_later_costs_nothing_today(stand_in, client, start):
    begins = int(time.time()) + 10 * 86400
    data = {name: begins if value == 10 * 86400 else value for name, value in start.items()}
    session = monthly(client, subscription_data=data)
    assert session.amount_total == 0
    stand_in.pay(session.id)
    paid = client.v1.checkout.sessions.retrieve(session.id, {"expand": ["subscription"]})
    assert (paid.payment_status, stand_in.state()["charges"]) == ("no_payment_required", 0)
    assert paid.subscription["items"].data[0].current_period_end == begins
    stand_in.advance(days=11)
    assert [line["amount"] for line in stand_in.ledger()] == [1000]
    subscription = client.v1.subscriptions.retrieve(paid.subscription.id)
    assert (subscription.status, subscription.billing_cycle_anchor) == ("active", begins)


def test_a_bank_debit_is_paid_days_later(stand_in, client):
    session = once(client)
    stand_in.pay(session.id, card="debit")
    done = client.v1.checkout.sessions.retrieve(session.id, {"expand": ["payment_intent"]})
    assert (done.status, done.payment_status, done.payment_intent.status) == ("complete", "unpaid", "processing")
    stand_in.advance(days=4)
    assert client.v1.checkout.sessions.retrieve(session.id).payment_status == "paid"
    assert len(stand_in.events("checkout.session.async_payment_succeeded")) == 1


def test_a_bank_debit_that_fails_moves_no_money(stand_in, client):
    session = once(client)
    stand_in.pay(session.id, card="debit-fails")
    stand_in.settle(session=session.id)
    assert client.v1.checkout.sessions.retrieve(session.id).payment_status == "unpaid"
    assert len(stand_in.events("checkout.session.async_payment_failed")) == 1
    assert stand_in.state()["cents"]["charged"] == 0


def test_open_sessions_expire_by_time_and_by_hand(stand_in, client):
    early, late = once(client, expires_at=int(time.time()) + 1800), once(client)
    client.v1.checkout.sessions.expire(late.id)
    with pytest.raises(stripe.InvalidRequestError, match="can be expired"):
        client.v1.checkout.sessions.expire(late.id)
    stand_in.advance(seconds=1801)
    assert client.v1.checkout.sessions.retrieve(early.id).status == "expired"
    assert len(stand_in.events("checkout.session.expired")) == 2


def test_callers_may_live_in_the_old_time_after_the_clock_was_put_forward(stand_in, client):
    stand_in.advance(days=40)
    now = int(time.time())
    assert once(client, expires_at=now + 3600).status == "open"
    assert monthly(client, subscription_data={"trial_end": now + 5 * 86400}).amount_total == 0


def price(**changes):
    return [
        {
            "price_data": {"currency": "cad", "unit_amount": 2500, "product_data": {"name": "x"}, **changes},
            "quantity": 1,
        }
    ]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"line_items": price(currency="usd")}, "currency"),
        ({"line_items": price(unit_amount=49)}, "at least"),
        ({"line_items": price(unit_amount=100_000_000)}, "no more than"),
        ({"line_items": price(unit_amount="25.00")}, "Invalid integer"),
        ({"line_items": price(unit_amount=-5)}, "greater than or equal"),
        ({"line_items": price(recurring={"interval": "month"})}, "recurring"),
        ({"line_items": []}, "line_items"),
        ({"mode": "subscription"}, "recurring"),
        ({"submit_type": "donat"}, "unknown parameter: submit_type=donat"),
        ({"metdata": {"a": "b"}}, "unknown parameter: metdata"),
        ({"payment_intent_data": {"notes": "x"}}, r"unknown parameter: payment_intent_data\[notes\]"),
        ({"subscription_data": {"description": "x"}}, "subscription_data"),
        ({"success_url": "/thanks"}, "valid URL"),
        ({"expires_at": 1}, "expires_at"),
        ({"customer": "cus_none"}, "No such customer"),
        ({"customer_email": "a@example.org", "customer": "cus_1"}, "only specify one"),
        ({"metadata": {"a" * 41: "b"}}, "Metadata"),
        ({"ui_mode": "elements"}, "hosted page"),
        ({"locale": "kl"}, "unknown parameter: locale=kl"),
    ],
)
def test_what_stripe_would_refuse_is_refused(stand_in, client, changes, reason):
    with pytest.raises(stripe.InvalidRequestError, match=reason):
        once(client, **changes)
    assert stand_in.state()["sessions"] == 0


def test_a_trial_shorter_than_two_days_is_refused_as_checkout_does(client):
    with pytest.raises(stripe.InvalidRequestError, match="at least 2 days"):
        monthly(client, subscription_data={"trial_end": int(time.time()) + 86400})


def test_only_the_test_key_lets_in(stand_in):
    for key in ("sk_live_0123456789", "sk_test_other", "nonsense"):
        client = stripe.StripeClient(key, base_addresses={"api": stand_in.url})
        with pytest.raises(stripe.AuthenticationError) as caught:
            client.v1.customers.list()
        assert key not in str(caught.value)


def test_what_the_stand_in_has_not_is_said(client):
    with pytest.raises(stripe.InvalidRequestError, match="does not have it"):
        client.v1.coupons.list()


def test_the_same_seed_gives_the_same_ids(stand_in, client):
    from tests.stubs.stripe_server import stripe_stand_in

    with stripe_stand_in(seed="7") as other, stripe_stand_in(seed="8") as third:
        first = once(client).id
        assert once(other.client()).id == first
        assert once(third.client()).id != first
