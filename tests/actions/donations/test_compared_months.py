"""The daily comparison stays small over the years, ends at zero for all time, and still hears of old charges."""

from __future__ import annotations

import pytest
from django.utils import timezone

from actions.donations import comparing, gateway
from actions.donations.models import ComparedMonth, Dispute, Donation, Payment, Payout
from actions.donations.states import DonationState
from tests.actions.donations.reading import books, books_of, hear, paid
from tests.actions.donations.test_reconcile import later

MONTHS = 9


@pytest.fixture
def years(client, appeal, stripe) -> Donation:
    """A gift, and another eight months later; compared each time. Returns the old one."""
    old = paid(stripe, appeal, amount_cents=100_00)
    hear(client, stripe)
    assert comparing.compare(later(stripe)).difference_cents == 0
    stripe.advance(days=245)
    paid(stripe, appeal)
    hear(client, stripe)
    run = comparing.compare(later(stripe))
    assert (run.difference_cents, run.stripe_cents, run.ledger_cents) == (0, 125_00, 125_00)
    return Donation.objects.get(pk=old.pk)


def compared(stripe) -> tuple[comparing.Reconciliation, int]:
    """Compare, and return also how many lists of charges were asked for."""
    before = len(stripe.sent("/v1/charges"))
    run = comparing.compare(later(stripe))
    lists = [one for one in stripe.sent("/v1/charges")[before:] if one["path"] == "/v1/charges"]
    return run, len(lists)


def test_an_ordinary_day_asks_for_the_last_weeks_and_one_older_month(stripe, years):
    assert ComparedMonth.objects.count() >= MONTHS
    run, lists = compared(stripe)
    assert lists <= 4
    assert (run.difference_cents, run.stripe_cents, run.ledger_cents) == (0, 125_00, 125_00)


def test_each_old_month_has_its_turn(stripe, years):
    began = timezone.now()
    for _ in range(MONTHS):
        comparing.compare(later(stripe))
    assert not ComparedMonth.objects.filter(compared_at__lt=began).exists()


def test_a_late_refund_of_an_old_charge_is_noticed_without_a_webhook(stripe, years):
    stripe.refund(years.session_id, amount=30_00)
    run, _lists = compared(stripe)
    assert (run.found, run.difference_cents) == (1, 0)
    assert run.stripe_cents == run.ledger_cents == 95_00
    assert books() == books_of(stripe)


def test_a_late_refund_that_a_webhook_brought_is_in_the_sums_of_all_time(client, stripe, years):
    stripe.refund(years.session_id, amount=30_00)
    hear(client, stripe)
    run, _lists = compared(stripe)
    assert (run.found, run.difference_cents) == (0, 0)
    assert run.stripe_cents == run.ledger_cents == 95_00


def test_a_late_dispute_and_its_end_are_noticed_without_a_webhook(stripe, years):
    dispute = stripe.dispute(years.session_id)
    assert compared(stripe)[0].difference_cents == 0
    assert Donation.objects.get(pk=years.pk).state == DonationState.DISPUTED
    stripe.advance(days=60)
    stripe.close_dispute(dispute=dispute["id"], won=True)
    assert compared(stripe)[0].difference_cents == 0
    assert Dispute.objects.get().status == "won"
    assert Donation.objects.get(pk=years.pk).state == DonationState.PAID


def test_a_hand_in_an_old_month_of_our_books_is_found_the_same_day(stripe, years):
    Payment.objects.filter(donation=years).update(refunded_cents=1)
    assert compared(stripe)[0].found == 1
    Payment.objects.filter(donation=years).update(amount_cents=99_00)
    for _ in range(2):  # and told until it is explained
        run, _lists = compared(stripe)
        assert run.difference_cents == 1_00
        assert run.stripe_cents - run.ledger_cents == 1_00


def test_an_invented_payment_of_an_old_month_is_found(stripe, years):
    when = Payment.objects.get(donation=years).paid_at
    Payment.objects.create(donation=years, charge_id="ch_invented", amount_cents=9_99, paid_at=when)
    assert compared(stripe)[0].details == [["not at Stripe", "ch_invented", 9_99]]


def test_a_state_that_no_dispute_explains_is_put_right(stripe, years):
    Payment.objects.filter(donation=years).update(state="disputed")
    run, _lists = compared(stripe)
    assert (run.found, run.difference_cents) == (1, 0)
    assert Payment.objects.get(donation=years).state == "paid"


def test_a_run_that_was_cut_off_keeps_the_months_that_it_did(client, appeal, stripe, years, monkeypatch):
    ComparedMonth.objects.all().delete()
    ask, asked = gateway.charges_since, []

    def tire(since, until):
        asked.append(since)
        if len(asked) > 3:
            raise gateway.Unavailable("connection")
        return ask(since, until)

    monkeypatch.setattr(gateway, "charges_since", tire)
    with pytest.raises(gateway.StripeTrouble):
        comparing.compare(later(stripe))
    assert ComparedMonth.objects.count() == 3


def test_a_deposit_whose_lines_were_changed_long_ago_is_found(stripe, years):
    stripe.payout()
    assert comparing.compare(later(stripe)).difference_cents == 0
    stripe.advance(days=100)
    Payout.objects.get().lines.first().delete()
    assert comparing.compare(later(stripe)).difference_cents > 0


def test_many_charges_cost_no_more_queries(client, appeal, stripe, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    paid(stripe, appeal)
    hear(client, stripe)
    comparing.compare(later(stripe))

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            comparing.compare(later(stripe))
        return len(queries)

    few = cost()
    for _ in range(6):
        paid(stripe, appeal)
    hear(client, stripe)
    assert cost() == few
