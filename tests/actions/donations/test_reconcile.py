"""A webhook that never arrives loses nothing, and once a day everything is compared to the cent."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from actions.donations import comparing, gateway, offline, reconcile
from actions.donations.models import Donation, Payment, Payout, Reconciliation, Refund, StripeEvent
from actions.donations.states import CameBy, DonationState, Frequency, Source
from actions.outbox.models import OutboxMessage
from tests.actions.donations.reading import begun, books, books_of, call, hear, paid, work
from tests.factories.donations import DonationFactory

MONTHLY = {"amount_cents": 10_00, "frequency": Frequency.MONTHLY}


def later(stripe) -> object:
    """Half an hour after all that the stand-in has done, by its own clock, which tests push forward."""
    from datetime import UTC, datetime

    return datetime.fromtimestamp(stripe.state()["now"], UTC) + timedelta(minutes=30)


def a_busy_month(stripe, appeal) -> None:
    single, monthly = paid(stripe, appeal), paid(stripe, appeal, **MONTHLY)
    stripe.refund(single.session_id, amount=500)
    lost = paid(stripe, appeal, amount_cents=40_00)
    stripe.dispute(lost.session_id)
    expired = begun(appeal)
    stripe.expire(session=expired.session_id)
    stripe.advance(days=1)
    stripe.cancel(subscription=stripe.events("customer.subscription.created")[0]["data"]["object"]["id"])
    assert monthly.is_monthly
    stripe.payout()


def test_with_all_webhooks_dropped_the_events_list_brings_everything(appeal, stripe):
    a_busy_month(stripe, appeal)
    run = reconcile.hear_of_events(later(stripe))
    assert run.found == run.looked_at > 0
    assert set(StripeEvent.objects.values_list("came_by", flat=True)) == {CameBy.RECONCILE}
    work()
    assert books() == books_of(stripe)
    assert sorted(Donation.objects.values_list("state", flat=True)) == ["cancelled", "disputed", "expired", "paid"]
    assert Payout.objects.exists()


def test_with_webhooks_and_events_dropped_the_payment_pages_bring_single_gifts(appeal, stripe):
    donation, expired = paid(stripe, appeal), begun(appeal)
    stripe.expire(session=expired.session_id)
    Donation.objects.filter(pk=donation.pk).update(session_id=None)
    run = reconcile.look_at_pages(timezone.now())
    assert (run.looked_at, run.found) == (2, 2)
    assert sorted(Donation.objects.values_list("state", flat=True)) == ["expired", "paid"]
    assert reconcile.look_at_pages(timezone.now()).found == 0


def test_what_webhooks_brought_is_not_found_again(client, appeal, stripe):
    paid(stripe, appeal)
    hear(client, stripe)
    reconcile.reconcile(timezone.now())
    assert Payment.objects.count() == OutboxMessage.objects.count() == 1
    assert set(Reconciliation.objects.values_list("found", flat=True)) == {0}


def test_a_run_that_was_cut_off_is_made_up_for(appeal, stripe):
    first = reconcile.hear_of_events(timezone.now() - timedelta(days=2))
    paid(stripe, appeal)
    stripe.faults(requests=[{"kind": "rate_limit", "path": "/v1/events"}])
    reconcile.reconcile(timezone.now())
    assert Reconciliation.objects.filter(kind="events", ended_at=None).exists()
    stripe.clear_faults()
    second = reconcile.hear_of_events(timezone.now())
    assert second.since == first.until - reconcile.OVERLAP
    assert second.found > 0


def test_a_gift_that_never_got_a_page_ends_after_two_days(appeal, stripe):
    fresh, old = DonationFactory(appeal=appeal), DonationFactory(appeal=appeal)
    Donation.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=3))
    reconcile.reconcile(timezone.now())
    assert Donation.objects.get(pk=old.pk).state == DonationState.EXPIRED
    assert Donation.objects.get(pk=fresh.pk).state == DonationState.STARTED


def test_the_daily_comparison_ends_at_zero(client, appeal, stripe):
    a_busy_month(stripe, appeal)
    hear(client, stripe)
    offline.enter(
        appeal=appeal, amount_cents=70_00, source=Source.CHEQUE, received_at=timezone.now(), language="en",
        entered_by=None,
    )  # fmt: skip
    run = comparing.compare(later(stripe))
    assert (run.difference_cents, run.found, run.details) == (0, 0, [])
    assert run.looked_at == 3
    assert run.stripe_cents == run.ledger_cents == 2000 + 1000 + 4000
    assert run.ended_at is not None


def test_the_daily_comparison_mends_what_was_missed_even_without_any_webhook(appeal, stripe):
    a_busy_month(stripe, appeal)
    run = comparing.compare(later(stripe))
    assert run.difference_cents == 0
    assert run.found >= 3
    assert books() == books_of(stripe)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda: Payment.objects.create(
            donation=Donation.objects.first(), charge_id="ch_invented", amount_cents=999, paid_at=timezone.now()
        ),
        lambda: Refund.objects.create(
            payment=Payment.objects.first(),
            refund_id="re_invented",
            amount_cents=1,
            status="succeeded",
            created_at=timezone.now(),
        ),
    ],
    ids=["a payment that Stripe does not know", "a refund that Stripe does not know"],
)
def test_what_cannot_be_mended_is_told_to_staff_once_a_day(client, appeal, stripe, spoil):
    get_user_model().objects.create_superuser("boss", "boss@staff.example", "x")
    donation = paid(stripe, appeal)
    stripe.refund(donation.session_id, amount=500)
    hear(client, stripe)
    spoil()
    for _ in range(2):
        run = comparing.compare(later(stripe))
        assert run.difference_cents > 0
        assert run.alarmed_at is not None
    assert OutboxMessage.objects.filter(kind="staff.alarm").count() == 1


def test_a_refund_that_somebody_changed_in_our_books_is_mended(client, appeal, stripe):
    donation = paid(stripe, appeal)
    stripe.refund(donation.session_id, amount=500)
    hear(client, stripe)
    Refund.objects.update(amount_cents=1)
    run = comparing.compare(later(stripe))
    assert (run.found, run.difference_cents, Refund.objects.get().amount_cents) == (1, 0, 500)


def test_a_sum_that_somebody_changed_in_our_books_is_found_and_mended_or_told(client, appeal, stripe):
    paid(stripe, appeal)
    hear(client, stripe)
    Payment.objects.update(refunded_cents=1, fee_cents=0)
    run = comparing.compare(later(stripe))
    assert (run.found, run.difference_cents) == (1, 0)
    Payment.objects.update(amount_cents=2400)  # what was charged is written once and never again
    assert comparing.compare(later(stripe)).difference_cents == 100


def test_charges_of_other_systems_are_none_of_ours(client, appeal, stripe):
    paid(stripe, appeal)
    Donation.objects.update(attempt="00000000-0000-4000-8000-000000000000", session_id=None)
    run = comparing.compare(later(stripe))
    assert run.difference_cents == 0
    assert not Payment.objects.exists()


def test_staff_hear_when_nothing_could_be_compared_for_days(appeal, stripe):
    get_user_model().objects.create_superuser("boss", "boss@staff.example", "x")
    paid(stripe, appeal)
    comparing.compare(later(stripe))
    stripe.faults(requests=[{"kind": "rate_limit"}])
    for days, mails in ((1, 0), (4, 1), (4, 1)):
        with pytest.raises(gateway.StripeTrouble):
            comparing.compare(timezone.now() + timedelta(days=days))
        assert OutboxMessage.objects.filter(kind="staff.alarm").count() == mails


def test_without_a_key_nothing_is_asked(appeal, settings):
    settings.STRIPE_SECRET_KEY = ""
    reconcile.reconcile(timezone.now())
    assert comparing.compare(timezone.now()) is None
    assert not Reconciliation.objects.exists()


class TestOffline:
    def test_a_cheque_is_in_the_books_marked_as_such_and_gets_a_receipt(self, client, appeal):
        donation = offline.enter(
            appeal=appeal, amount_cents=70_00, source=Source.CHEQUE, received_at=timezone.now(), language="fr",
            entered_by=None, name="Ann Donor", email="ann@donor.example", note="cheque 12",
        )  # fmt: skip
        payment = donation.payments.get()
        assert (donation.state, payment.source, payment.net_cents) == ("paid", Source.CHEQUE, 7000)
        assert OutboxMessage.objects.get().kind == "donation.receipt"
        assert offline.give_back(payment_id=payment.pk, cents=7000, user=None).amount_cents == 7000
        assert Donation.objects.get().state == DonationState.REFUNDED

    @pytest.mark.parametrize("cents", [0, -1, 7001])
    def test_more_than_was_given_cannot_be_given_back(self, appeal, cents):
        donation = offline.enter(
            appeal=appeal, amount_cents=70_00, source=Source.CASH, received_at=timezone.now(), language="en",
            entered_by=None,
        )  # fmt: skip
        with pytest.raises(ValueError, match="cannot be given back"):
            offline.give_back(payment_id=donation.payments.get().pk, cents=cents, user=None)

    def test_stripes_gifts_are_never_entered_by_hand(self, appeal):
        with pytest.raises(ValueError, match="never entered"):
            offline.enter(
                appeal=appeal, amount_cents=1, source=Source.STRIPE, received_at=timezone.now(), language="en",
                entered_by=None,
            )  # fmt: skip


def test_an_event_by_webhook_and_by_list_is_one(client, appeal, stripe):
    paid(stripe, appeal)
    for event in stripe.events():
        call(client, event)
    before = StripeEvent.objects.count()
    reconcile.hear_of_events(timezone.now())
    assert StripeEvent.objects.count() == before
