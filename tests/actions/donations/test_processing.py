"""What Stripe says becomes our books: each kind of news, in every order, however often."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone

from actions.donations import processing
from actions.donations.facts import DisputeFacts
from actions.donations.models import Dispute, Donation, Payment, Payout, PayoutLine, Refund, StripeEvent
from actions.donations.states import RANK, DonationState, Frequency, PaymentState, may_move
from actions.outbox.models import OutboxMessage
from actions.privacy.services import erase, tell
from actions.protection.breaker import BreakerState, counts, state
from tests.actions.donations.reading import begun, books, books_of, call, hear, paid, work

ONCE = {"amount_cents": 25_00}
MONTHLY = {"amount_cents": 10_00, "frequency": Frequency.MONTHLY}


def again(donation: Donation) -> Donation:
    return Donation.objects.get(pk=donation.pk)


def test_a_single_gift_is_paid_to_the_cent_and_thanked_for(client, appeal, stripe):
    donation = paid(stripe, appeal, covers_fee=True)
    hear(client, stripe)
    found, payment = again(donation), Payment.objects.get()
    assert (found.state, found.name, found.email) == ("paid", "Ann Donor", "donor@example.org")
    assert found.session_url == ""
    assert (payment.amount_cents, payment.fee_cents, payment.net_cents) == (2606, 106, 2500)
    assert books() == books_of(stripe)
    assert OutboxMessage.objects.get().kind == "donation.receipt"


def test_a_monthly_gift_counts_each_invoice_once_and_nothing_else(client, appeal, stripe):
    donation = paid(stripe, appeal, **MONTHLY)
    hear(client, stripe)
    stripe.advance(days=65)
    hear(client, stripe)
    assert again(donation).state == DonationState.ACTIVE
    assert Payment.objects.count() == Payment.objects.exclude(invoice_id=None).count() == 3
    assert books() == books_of(stripe)
    assert OutboxMessage.objects.count() == 3
    assert stripe.sent("/v1/customers/")[0]["params"] == {"preferred_locales": ["en"]}


def test_a_monthly_gift_that_begins_later_runs_without_a_payment(client, appeal, stripe):
    donation = paid(stripe, appeal, **MONTHLY, starts_next_month=True)
    hear(client, stripe)
    assert again(donation).state == DonationState.ACTIVE
    assert not Payment.objects.exists()
    stripe.advance(days=31)
    hear(client, stripe)
    assert Payment.objects.count() == 1


def test_a_failing_card_makes_a_gift_past_due_and_a_mended_one_runs_again(client, appeal, stripe):
    donation = paid(stripe, appeal, **MONTHLY)
    hear(client, stripe)
    stripe.set_card(subscription=again(donation).subscription_id, card="fails-later")
    stripe.advance(days=31)
    hear(client, stripe)
    assert again(donation).state == DonationState.PAST_DUE
    assert again(donation).past_due_at is not None
    stripe.set_card(subscription=again(donation).subscription_id, card="works")
    hear(client, stripe)
    assert again(donation).state == DonationState.ACTIVE
    assert again(donation).past_due_at is None
    assert books() == books_of(stripe)


def test_a_cancelled_gift_ends_and_stays_ended(client, appeal, stripe):
    donation = paid(stripe, appeal, **MONTHLY)
    hear(client, stripe)
    stripe.cancel(subscription=again(donation).subscription_id)
    hear(client, stripe)
    assert again(donation).state == DonationState.CANCELLED
    assert again(donation).ended_at is not None


def test_an_unpaid_page_expires(client, appeal, stripe):
    donation = begun(appeal)
    stripe.expire(session=donation.session_id)
    hear(client, stripe)
    assert again(donation).state == DonationState.EXPIRED
    assert again(donation).session_url == ""


def test_a_declined_card_and_then_another_pays_once(client, appeal, stripe):
    donation = begun(appeal)
    assert stripe.pay(donation.session_id, card="declined")["error"]
    hear(client, stripe)
    assert again(donation).state == DonationState.STARTED
    stripe.pay(donation.session_id)
    hear(client, stripe)
    assert again(donation).state == DonationState.PAID
    assert Payment.objects.count() == 1


@pytest.mark.parametrize(("card", "state", "payments"), [("debit", "paid", 1), ("debit-fails", "failed", 0)])
def test_a_bank_debit_takes_days(client, appeal, stripe, card, state, payments):
    donation = paid(stripe, appeal, card=card)
    hear(client, stripe)
    assert again(donation).state == DonationState.STARTED
    assert not Payment.objects.exists()
    stripe.settle(session=donation.session_id)
    hear(client, stripe)
    assert again(donation).state == state
    assert Payment.objects.count() == payments


def test_refunds_in_part_and_in_full(client, appeal, stripe):
    donation = paid(stripe, appeal)
    hear(client, stripe)
    stripe.refund(donation.session_id, amount=500)
    hear(client, stripe)
    assert (again(donation).state, Payment.objects.get().refunded_cents) == ("paid", 500)
    rest = stripe.refund(donation.session_id)
    hear(client, stripe)
    assert (again(donation).state, Payment.objects.get().state) == ("refunded", PaymentState.REFUNDED)
    assert sorted(Refund.objects.values_list("amount_cents", flat=True)) == [500, 2000]
    assert books() == books_of(stripe)
    stripe.fail_refund(refund=rest["id"])
    hear(client, stripe)
    assert (again(donation).state, Payment.objects.get().refunded_cents) == ("paid", 500)
    assert books() == books_of(stripe)


def test_a_dispute_has_a_deadline_and_its_end_is_kept(client, appeal, stripe):
    donation = paid(stripe, appeal)
    hear(client, stripe)
    opened = stripe.dispute(donation.session_id)
    hear(client, stripe)
    dispute = Dispute.objects.get()
    assert dispute.is_open
    assert dispute.evidence_due_at > timezone.now()
    assert again(donation).state == DonationState.DISPUTED
    stripe.close_dispute(dispute=opened["id"], won=False)
    hear(client, stripe)
    assert Dispute.objects.get().status == "lost"
    assert again(donation).state == DonationState.DISPUTED


def test_a_deposit_is_the_sum_of_its_lines(client, appeal, stripe):
    for cents in (2500, 4000, 10_000):
        donation = paid(stripe, appeal, amount_cents=cents)
    stripe.refund(donation.session_id, amount=700)
    stripe.payout()
    events = stripe.events()
    random.Random(3).shuffle(events)
    for event in events:
        call(client, event)
    work()
    payout = Payout.objects.get()
    assert payout.amount_cents == sum(PayoutLine.objects.values_list("net_cents", flat=True))
    assert {payment.payout for payment in Payment.objects.all()} == {payout}


# Six kinds of news about one gift: paid, booked, given back in part, given back in full, disputed, its dispute lost.
SIX = ["checkout.session.completed", "charge.updated", "charge.refunded", "refund.created",
       "charge.dispute.created", "charge.dispute.closed"]  # fmt: skip


def test_all_orders_of_six_kinds_of_events_with_duplicates_end_in_one_state(client, appeal, stripe):
    donation = paid(stripe, appeal)
    stripe.refund(donation.session_id, amount=500)
    opened = stripe.dispute(donation.session_id)
    stripe.close_dispute(dispute=opened["id"])
    events = [next(iter(stripe.events(kind)), None) for kind in SIX]
    assert all(events), [kind for kind, event in zip(SIX, events, strict=True) if event is None]
    apply = {event["type"]: processing.KINDS[event["type"]](event["data"]["object"]["id"]) for event in events}
    ends, orders, choose = set(), [], random.Random(5)

    def go_on(so_far: tuple[str, ...]) -> None:
        """Walk the tree of all orders, taking back what each branch wrote."""
        if len(so_far) == len(SIX):
            for kind in choose.sample(SIX, 1):
                apply[kind]()
            orders.append(so_far)
            ends.add(end_of(donation))
        for kind in sorted(set(SIX) - set(so_far)):
            with transaction.atomic():
                apply[kind]()
                go_on((*so_far, kind))
                transaction.set_rollback(True)

    go_on(())
    assert set(orders) == set(permutations(SIX))
    assert ends == {("disputed", "disputed", 500, 103, 2397, 1, "lost", 2)}


def end_of(donation: Donation) -> tuple:
    payment = Payment.objects.get()
    return (
        again(donation).state, payment.state, payment.refunded_cents, payment.fee_cents, payment.net_cents,
        Refund.objects.count(), Dispute.objects.get().status, OutboxMessage.objects.count(),
    )  # fmt: skip


def test_news_that_come_in_any_order_while_things_happen_end_where_stripe_is(client, appeal, stripe):
    """The events of four lives, each handled at a moment of its own choosing, twice, under new names."""
    choose = random.Random(11)
    for turn in range(4):
        donation = paid(stripe, appeal, **(MONTHLY if turn % 2 else ONCE))
        if turn % 2:
            stripe.advance(days=31)
        else:
            stripe.refund(donation.session_id, amount=100 * (turn + 1))
        if turn == 3:
            stripe.cancel(subscription=stripe.events("customer.subscription.created")[-1]["data"]["object"]["id"])
    events = [*stripe.events(), *({**event, "id": f"{event['id']}x"} for event in stripe.events())]
    choose.shuffle(events)
    for event in events:
        call(client, event)
        if choose.random() < 0.2:
            work()
    work()
    assert books() == books_of(stripe)
    assert sorted(Donation.objects.values_list("state", flat=True)) == ["active", "cancelled", "paid", "paid"]


def test_states_never_go_down_in_rank():
    for before in DonationState:
        for after in DonationState:
            if may_move(before, after, is_older=True):
                assert RANK[after] > RANK[before]
    assert not may_move("cancelled", "active")
    assert not may_move("paid", "expired")
    assert may_move("expired", "paid")


def test_an_older_answer_never_undoes_a_newer_one(client, appeal, stripe):
    donation = paid(stripe, appeal)
    old = processing.about_session(donation.session_id)
    stripe.refund(donation.session_id)
    hear(client, stripe)
    assert old() == "older"
    assert (again(donation).state, Payment.objects.get().refunded_cents) == ("refunded", 2500)


class TestTrouble:
    def test_while_stripe_is_down_events_wait_and_the_worker_goes_on(self, client, appeal, stripe):
        donation = paid(stripe, appeal)
        for event in stripe.events():
            call(client, event)
        stripe.faults(requests=[{"kind": "rate_limit", "method": "GET"}])
        processing.forget_rest()
        assert processing.handle_waiting(timezone.now())
        assert not processing.handle_waiting(timezone.now())  # it rests
        waiting = StripeEvent.objects.filter(handled_at=None)
        assert waiting.exists()
        assert again(donation).state == DonationState.STARTED
        stripe.clear_faults()
        StripeEvent.objects.update(next_try_at=timezone.now())
        work()
        assert again(donation).state == DonationState.PAID

    def test_a_dead_workers_event_comes_again(self, client, appeal, stripe):
        donation = paid(stripe, appeal)
        for event in stripe.events():
            call(client, event)
        StripeEvent.objects.update(lease_until=timezone.now() + timedelta(minutes=1))
        work()
        assert again(donation).state == DonationState.STARTED
        StripeEvent.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
        work()
        assert again(donation).state == DonationState.PAID

    def test_a_gift_whose_page_was_never_stored_is_found_by_its_attempt(self, client, appeal, stripe):
        donation = paid(stripe, appeal)
        Donation.objects.update(session_id=None, session_url="")
        hear(client, stripe)
        assert again(donation).state == DonationState.PAID
        assert again(donation).session_id == donation.session_id

    def test_gifts_of_another_site_at_the_same_account_are_left_alone(self, client, appeal, stripe):
        paid(stripe, appeal)
        Donation.objects.all().delete()
        hear(client, stripe)
        assert not Payment.objects.exists()
        assert StripeEvent.objects.filter(outcome="not-ours").exists()


@pytest.mark.django_db(transaction=True)
def test_declined_cards_raise_the_breaker_and_renewals_do_not(client, appeal, stripe):
    donation = begun(appeal)
    for _ in range(21):
        stripe.pay(donation.session_id, card="declined")
    hear(client, stripe)
    assert counts("donations", seconds=600) == (21, 0)
    assert state("donations") == BreakerState.CHALLENGE


def test_old_events_are_swept_and_waiting_ones_are_not(client, appeal, stripe):
    paid(stripe, appeal)
    hear(client, stripe)
    long_ago = timezone.now() - timedelta(days=61)
    StripeEvent.objects.filter(kind="charge.updated").update(handled_at=None, received_at=long_ago)
    StripeEvent.objects.exclude(handled_at=None).update(handled_at=long_ago)
    processing.sweep_events(timezone.now())
    assert set(StripeEvent.objects.values_list("kind", flat=True)) <= {"charge.updated"}


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "It is not an official receipt"), ("fr", "25\u00a0$"), ("zh-hant", "25加元")],
)
def test_a_receipt_speaks_the_donors_language_and_is_no_tax_receipt(client, appeal, stripe, language, words):
    from actions.outbox.worker import Worker

    paid(stripe, appeal, language=language)
    hear(client, stripe)
    Worker().drain()
    [message] = mail.outbox
    assert message.to == ["donor@example.org"]
    assert words in message.body
    assert "Hong Kong" not in message.subject


def test_a_donor_is_told_what_is_held_and_forgotten_while_the_books_stay(client, appeal, stripe):
    donation = paid(stripe, appeal)
    hear(client, stripe)
    [held] = [row for row in tell("Donor@Example.org") if row.source == "donations"]
    assert held.content["name"] == "Ann Donor"
    assert erase("donor@example.org") >= 1
    assert (again(donation).name, again(donation).email_fingerprint) == ("", "")
    assert Payment.objects.get().amount_cents == 2500
    stripe.refund(donation.session_id, amount=100)
    hear(client, stripe)
    assert again(donation).email == ""  # nobody who was erased comes back


def test_names_go_when_the_books_no_longer_need_them(client, appeal, stripe):
    from actions.privacy.retention import retire

    donation = paid(stripe, appeal)
    hear(client, stripe)
    now = timezone.now()
    assert retire(Donation, now.replace(year=now.year + 7)) == 0
    assert retire(Donation, now.replace(year=now.year + 8)) == 1
    assert (again(donation).email, again(donation).amount_cents) == ("", 2500)


class TestDisputes:
    @pytest.mark.parametrize("given_back", [0, 500])
    def test_a_won_dispute_gives_the_money_back_to_the_books(self, client, appeal, stripe, given_back):
        donation = paid(stripe, appeal)
        if given_back:
            stripe.refund(donation.session_id, amount=given_back)
        opened = stripe.dispute(donation.session_id)
        hear(client, stripe)
        assert Payment.objects.get().state == PaymentState.DISPUTED
        stripe.close_dispute(dispute=opened["id"], won=True)
        hear(client, stripe)
        assert (again(donation).state, Payment.objects.get().state) == ("paid", PaymentState.PAID)
        assert Payment.objects.get().kept_cents == 2500 - given_back

    def test_an_older_answer_does_not_make_a_won_dispute_disputed_again(self, client, appeal, stripe):
        donation = paid(stripe, appeal)
        opened = stripe.dispute(donation.session_id)
        hear(client, stripe)
        old = processing.about_dispute(opened["id"])
        stripe.close_dispute(dispute=opened["id"], won=True)
        hear(client, stripe)
        old()
        assert again(donation).state == DonationState.PAID

    def test_a_mere_inquiry_takes_no_money(self, client, appeal, stripe):
        donation = paid(stripe, appeal)
        hear(client, stripe)
        found = processing.gateway.charge(str(Payment.objects.get().charge_id))
        inquiry = DisputeFacts("dp_1", found.id, 2500, "warning_needs_response", "fraudulent", timezone.now(), None)
        asked = replace(found, is_disputed=True, disputes=(inquiry,))
        with transaction.atomic():
            processing.applying.apply_charge(asked, invoice=None, asked_at=timezone.now())
        assert again(donation).state == DonationState.PAID
        assert Dispute.objects.get().is_open
