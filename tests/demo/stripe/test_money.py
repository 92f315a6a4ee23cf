"""Money that comes and goes adds up to the cent."""

import pytest
import stripe

from achk_site.demo.stripe.balance import fee_of
from tests.demo.stripe.gifts import once


def entries(client, **filters):
    return list(client.v1.balance_transactions.list({"limit": 100, **filters}).auto_paging_iter())


@pytest.mark.parametrize(("cents", "fee"), [(500, 45), (1000, 59), (2500, 103), (50, 31), (99_999_999, 2_900_030)])
def test_the_fee_is_two_point_nine_percent_and_thirty_cents(cents, fee):
    assert fee_of(cents) == fee


def test_refunds_in_parts_and_never_more_than_was_paid(stand_in, client):
    session = once(client)
    stand_in.pay(session.id)
    intent = client.v1.checkout.sessions.retrieve(session.id).payment_intent
    first = client.v1.refunds.create({"payment_intent": intent, "amount": 1000, "reason": "requested_by_customer"})
    assert (first.amount, first.status) == (1000, "succeeded")
    with pytest.raises(stripe.InvalidRequestError, match="greater than unrefunded"):
        client.v1.refunds.create({"payment_intent": intent, "amount": 1501})
    assert client.v1.refunds.create({"payment_intent": intent}).amount == 1500
    with pytest.raises(stripe.InvalidRequestError, match="already been refunded") as caught:
        client.v1.refunds.create({"payment_intent": intent})
    assert caught.value.code == "charge_already_refunded"
    charge = client.v1.charges.list({"payment_intent": intent, "expand": ["data.refunds"]}).data[0]
    assert (charge.refunded, charge.amount_refunded, len(charge.refunds.data)) == (True, 2500, 2)
    assert [one["data"]["object"]["amount_refunded"] for one in stand_in.events("charge.refunded")] == [1000, 2500]


def test_a_refund_that_fails_gives_the_money_back_to_us(stand_in, client):
    session = once(client)
    stand_in.pay(session.id)
    refund = stand_in.refund(session.id)
    stand_in.fail_refund(refund=refund["id"])
    assert client.v1.refunds.retrieve(refund["id"]).status == "failed"
    assert stand_in.state()["cents"]["refunded"] == 0
    assert sum(entry.net for entry in entries(client)) == 2500 - fee_of(2500)


@pytest.mark.parametrize(("won", "kept"), [(True, 2500), (False, 0)])
def test_a_dispute_takes_the_money_until_it_is_won(stand_in, client, won, kept):
    session = once(client)
    stand_in.pay(session.id)
    dispute = stand_in.dispute(session.id)
    assert client.v1.disputes.retrieve(dispute["id"]).evidence_details.due_by > dispute["created"]
    with pytest.raises(stripe.InvalidRequestError, match="charged back"):
        client.v1.refunds.create({"charge": dispute["charge"]})
    stand_in.answer_dispute(dispute=dispute["id"])
    stand_in.close_dispute(dispute=dispute["id"], won=won)
    assert sum(entry.net for entry in entries(client)) == kept - fee_of(2500) - 1500
    assert stand_in.events("charge.dispute.closed")[0]["data"]["object"]["status"] == ("won" if won else "lost")


def test_a_payout_is_the_sum_of_what_it_carries(stand_in, client):
    for cents in (500, 2500, 9999):
        session = once(client, cents)
        stand_in.pay(session.id)
    stand_in.refund(session.id, amount=333)
    payout = stand_in.payout()
    carried = entries(client, payout=payout["id"])
    assert sum(entry.net for entry in carried if entry.type != "payout") == payout["amount"]
    assert sum(entry.net for entry in carried) == 0
    assert {line["payout"] for line in stand_in.ledger()} == {payout["id"]}
    with pytest.raises(Exception, match="insufficient"):
        stand_in.payout()
    assert client.v1.payouts.list({"status": "paid"}).data[0].id == payout["id"]


def test_automatic_payouts_carry_what_is_available_once_a_day(stand_in, client):
    stand_in.settings(automatic_payouts=True)
    stand_in.pay(once(client).id)
    stand_in.advance(days=1)
    assert client.v1.payouts.list().data == []
    stand_in.pay(once(client).id)
    stand_in.advance(days=9)
    assert [one.amount for one in client.v1.payouts.list().data] == [2397, 2397]
    assert stand_in.state()["cents"]["paid_out"] == stand_in.state()["cents"]["net"]
