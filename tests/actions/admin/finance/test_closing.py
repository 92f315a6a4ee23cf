"""What the finance role closes its books with: deposits, months and appeals, to the cent."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from actions.donations import gateway, offline
from actions.donations.applying import apply_charge
from actions.donations.comparing import compare
from actions.donations.deposits import deposit_of, deposits_of, total_of
from actions.donations.exporting import chosen
from actions.donations.models import Dispute, DisputeEntry, Payment, Payout, PayoutLine, Refund
from actions.donations.month_sums import sums_by_appeal, sums_by_month
from actions.donations.reconcile import reconcile
from actions.donations.states import Frequency
from tests.actions.admin.finance.conftest import cheque
from tests.actions.donations.conftest import stripe  # noqa: F401 - a fixture
from tests.actions.donations.reading import hear, paid, text_of, work
from tests.actions.donations.test_reconcile import later
from tests.factories.donations import AppealFactory
from tests.threads import at_once

# What the bank took of a payment and gave back, by how the dispute stands.
DISPUTES = {"lost": (-1_00,), "won": (-1_00, 1_00), "warning_needs_response": ()}


class TestDeposits:
    def test_a_deposit_is_its_gifts_less_fees_refunds_and_disputes_to_the_cent(self, client, finance, appeal, stripe):  # noqa: F811
        first = paid(stripe, appeal)
        paid(stripe, appeal, amount_cents=10_00, frequency=Frequency.MONTHLY)
        third = paid(stripe, appeal, amount_cents=99_99, covers_fee=True)
        stripe.refund(first.session_id, amount=500)
        stripe.dispute(third.session_id)
        stripe.payout()
        hear(client, stripe)
        reconcile(timezone.now())
        work()
        payout = Payout.objects.get()
        sums = deposit_of(payout).sums
        assert sums.difference_cents == 0
        assert sums.count == 3
        assert sums.gifts_cents == sum(Payment.objects.values_list("amount_cents", flat=True))
        assert sums.refunds_cents == -500
        assert sums.deposit_cents == payout.amount_cents
        lines = PayoutLine.objects.filter(payout=payout)
        assert sums.deposit_cents == sum(lines.values_list("net_cents", flat=True))
        month = f"{payout.arrives_on:%Y-%m}"
        shown = text_of(finance.get(reverse("donations_deposits"), {"month": month}))
        assert "cannot be explained" not in shown
        one = text_of(finance.get(reverse("donations_deposit", args=[payout.pk])))
        assert "not of this site" not in one

    def test_what_does_not_add_up_is_shown(self, finance, appeal):
        payout = Payout.objects.create(
            payout_id="po_1", amount_cents=24_00, status="paid", arrives_on=date(2026, 5, 4), created_at=timezone.now()
        )
        PayoutLine.objects.create(
            payout=payout, balance_transaction_id="txn_1", kind="charge", source_id="ch_other", amount_cents=2500,
            fee_cents=103, net_cents=2397,
        )  # fmt: skip
        shown = text_of(finance.get(reverse("donations_deposits"), {"month": "2026-05"}))
        assert "CA$0.03 of these deposits cannot be explained" in shown
        assert "not of this site" in text_of(finance.get(reverse("donations_deposit", args=[payout.pk])))

    def test_a_deposit_that_the_bank_sent_back_is_not_in_the_sum(self, appeal):
        for number, status in enumerate(("paid", "failed")):
            Payout.objects.create(
                payout_id=f"po_{number}", amount_cents=1000, status=status, arrives_on=date(2026, 5, 4),
                created_at=timezone.now(),
            )  # fmt: skip
        assert total_of(deposits_of(Payout.objects.all())).deposit_cents == 1000

    @pytest.mark.parametrize("month", ["", "x", "2026-13", "0000-01", "2026-5", "9999-12", "２０２６-05"])
    def test_an_odd_month_is_this_one(self, finance, month):
        assert finance.get(reverse("donations_deposits"), {"month": month}).status_code == 200


class TestClosedMonths:
    """What was told of a month once is told of it for ever; what happens later counts when it happens."""

    @pytest.mark.parametrize("is_heard", [True, False], ids=["by webhook", "without a webhook"])
    def test_a_dispute_won_later_counts_in_the_month_in_which_it_was_won(self, client, appeal, stripe, is_heard):  # noqa: F811
        def hears():
            if is_heard:
                hear(client, stripe)
            else:
                compare(later(stripe))

        donation = paid(stripe, appeal, amount_cents=100_00)
        hear(client, stripe)
        opened = stripe.dispute(donation.session_id)
        hears()
        taken_in = month_of(stripe)
        (before,) = sums_by_month([taken_in])
        assert before.disputed_cents == 100_00
        stripe.advance(days=62)
        stripe.close_dispute(dispute=opened["id"], won=True)
        hears()
        won_in = month_of(stripe)
        assert won_in > taken_in
        assert sums_by_month([taken_in]) == [before]
        (after,) = sums_by_month([won_in])
        assert (after.disputed_cents, after.kept_cents) == (-100_00, 100_00)
        assert sum(one.disputed_cents for year in {taken_in.year, won_in.year} for one in sums_by_appeal(year)) == 0

    @pytest.mark.parametrize("kept", [0, 40_00], ids=["all of it", "a part"])
    def test_a_refund_that_failed_later_counts_in_the_month_in_which_it_failed(self, client, appeal, stripe, kept):  # noqa: F811
        donation = paid(stripe, appeal, amount_cents=100_00)
        hear(client, stripe)
        refund = stripe.refund(donation.session_id, amount=100_00 - kept)
        hear(client, stripe)
        given_in = month_of(stripe)
        before = sums_by_month([given_in])
        stripe.advance(days=40)
        stripe.fail_refund(refund=refund["id"])
        hear(client, stripe)
        assert Refund.objects.get().status == "failed"
        failed_in = month_of(stripe)
        assert sums_by_month([given_in]) == before
        assert sums_by_month([failed_in])[0].refunded_cents == -(100_00 - kept)
        assert sum(one.refunded_cents for year in {given_in.year, failed_in.year} for one in sums_by_appeal(year)) == 0
        assert compare(later(stripe)).difference_cents == 0

    def test_a_failure_that_stripe_books_after_we_heard_of_it_stays_in_the_month_in_which_we_did(
        self,
        client,
        appeal,
        stripe,  # noqa: F811
    ):
        donation = paid(stripe, appeal)
        hear(client, stripe)
        stripe.fail_refund(refund=stripe.refund(donation.session_id)["id"])
        found = gateway.charge(str(Payment.objects.get().charge_id), had_refunds=True)
        heard_at = later(stripe) + timedelta(days=40)
        not_booked = tuple(replace(one, undone_at=None) for one in found.refunds)
        apply_charge(replace(found, refunds=not_booked), invoice=None, asked_at=heard_at)
        apply_charge(found, invoice=None, asked_at=heard_at + timedelta(days=1))
        assert Refund.objects.get().undone_at == heard_at

    @pytest.mark.parametrize(("late", "counts_in"), [(timedelta(hours=23), 5), (timedelta(hours=25), 6)])
    def test_a_payment_first_heard_of_after_its_month_counts_when_it_is_heard_of(self, appeal, stripe, late, counts_in):  # noqa: F811
        """A bank debit takes days until it succeeds, and stands at Stripe under the day on which it began."""
        paid(stripe, appeal)
        began, end = (datetime(2026, month, day, 4, tzinfo=UTC) for month, day in ((5, 30), (6, 1)))
        charge = gateway.charge(stripe.events("charge.succeeded")[0]["data"]["object"]["id"])
        for turn in range(2):
            apply_charge(
                replace(charge, created_at=began), invoice=None, asked_at=end + late + timedelta(days=40 * turn)
            )
        months = {one.on.month: one.count for one in sums_by_month([date(2026, month, 1) for month in (5, 6, 7)])}
        assert months == {5: 0, 6: 0, 7: 0, counts_in: 1}
        assert Payment.objects.get().paid_at == began

    def test_a_wrong_number_put_right_later_changes_this_month_and_no_earlier_one(self, appeal):
        long_ago = timezone.now() - timedelta(days=70)
        then, now = (timezone.localdate(one).replace(day=1) for one in (long_ago, timezone.now()))
        wrong = cheque(appeal, 40_00, received_at=long_ago).payments.get()
        before = sums_by_month([then])
        right = offline.correct(payment_id=wrong.pk, amount_cents=50_00, user=None, attempt=uuid.uuid4())
        assert sums_by_month([then]) == before
        (today,) = sums_by_month([now])
        assert (today.given_cents, today.refunded_cents, today.kept_cents) == (50_00, 40_00, 10_00)
        assert right.payments.get().paid_at == wrong.paid_at  # the donor reads the day on which the cheque came
        years = {then.year, now.year}
        assert sum(one.kept_cents for year in years for one in sums_by_appeal(year)) == 50_00
        days = {"appeal": None, "source": "", "since": then, "until": now - timedelta(days=1)}
        assert [row.pk for row in chosen(days)] == [wrong.pk]
        again = offline.correct(payment_id=right.payments.get().pk, amount_cents=45_00, user=None, attempt=uuid.uuid4())
        assert again.payments.get().booked_at is not None
        assert (sums_by_month([then]), sums_by_month([now])[0].kept_cents) == (before, 5_00)

    @pytest.mark.django_db(transaction=True)
    def test_staff_who_correct_and_give_back_at_once_never_wait_for_each_other_and_do_one_of_both(self, appeal):
        for turn in range(4):
            payment = cheque(appeal, 40_00 + turn).payments.get()

            def act(number: int, payment_id: int = payment.pk) -> bool:
                try:
                    if number % 2:
                        offline.correct(payment_id=payment_id, amount_cents=50_00, user=None, attempt=uuid.uuid4())
                    else:
                        offline.give_back(payment_id=payment_id, cents=40_00, user=None)
                except ValueError:
                    return False
                return True

            done = at_once(6, act)
            payment.refresh_from_db()
            assert payment.refunded_cents in (40_00, 40_00 + turn)
            assert sum(done[1::2]) == (payment.refunds.get().reason == "correction")
            assert any(done)

    def test_an_inquiry_that_moved_nothing_is_in_no_month(self, appeal):
        payment = cheque(appeal, 90_00, received_at=datetime(2026, 1, 2, 12, tzinfo=UTC)).payments.get()
        Dispute.objects.create(
            payment=payment, dispute_id="dp_1", amount_cents=90_00, status="warning_under_review",
            created_at=datetime(2026, 1, 3, 12, tzinfo=UTC),
        )  # fmt: skip
        assert sums_by_month([date(2026, 1, 1)])[0].disputed_cents == 0


def month_of(stripe) -> date:  # noqa: F811
    """The present month by the stand-in's clock, in the organisation's time zone."""
    return timezone.localdate(datetime.fromtimestamp(stripe.advance(seconds=0)["now"], UTC)).replace(day=1)


class TestMonths:
    def test_months_begin_at_midnight_in_toronto_and_refunds_count_where_they_happened(self, appeal):
        cheque(appeal, 10_00, received_at=datetime(2026, 5, 1, 3, 59, tzinfo=UTC))  # still April there
        late = cheque(appeal, 20_00, received_at=datetime(2026, 5, 1, 4, 0, tzinfo=UTC))
        Refund.objects.create(
            payment=late.payments.get(), refund_id="re_1", amount_cents=5_00, status="succeeded",
            created_at=datetime(2026, 6, 2, tzinfo=UTC),
        )  # fmt: skip
        april, may, june = sums_by_month([date(2026, 4, 1), date(2026, 5, 1), date(2026, 6, 1)])
        assert (april.given_cents, may.given_cents, june.given_cents) == (10_00, 20_00, 0)
        assert (april.refunded_cents, may.refunded_cents, june.refunded_cents) == (0, 0, 5_00)
        assert june.kept_cents == -5_00

    def test_appeals_add_up_to_the_year(self, appeal):
        cheque(appeal, 10_00, received_at=datetime(2026, 1, 1, 12, tzinfo=UTC))
        cheque(AppealFactory(), 90_00, received_at=datetime(2026, 12, 31, 23, tzinfo=UTC))
        cheque(appeal, 1_00, received_at=datetime(2025, 12, 31, 23, tzinfo=UTC))
        assert [one.given_cents for one in sums_by_appeal(2026)] == [90_00, 10_00]

    def test_what_an_appeal_gave_back_counts_in_the_year_in_which_it_did(self, appeal):
        payment = cheque(appeal, 90_00, received_at=datetime(2025, 12, 30, 12, tzinfo=UTC)).payments.get()
        for number, status in enumerate(("succeeded", "failed")):
            Refund.objects.create(
                payment=payment, refund_id=f"re_{number}", amount_cents=20_00, status=status,
                created_at=datetime(2026, 1, 2, 12, tzinfo=UTC),
            )  # fmt: skip
        for number, (status, moves) in enumerate(DISPUTES.items()):
            dispute = Dispute.objects.create(
                payment=payment, dispute_id=f"dp_{number}", amount_cents=1_00, status=status,
                created_at=datetime(2026, 2, 2, 12, tzinfo=UTC),
            )  # fmt: skip
            for place, cents in enumerate(moves):
                DisputeEntry.objects.create(
                    dispute=dispute, entry_id=f"txn_{number}_{place}", amount_cents=cents,
                    moved_at=datetime(2026, 2, 2, 12, tzinfo=UTC),
                )  # fmt: skip
        (before,), (after,) = sums_by_appeal(2025), sums_by_appeal(2026)
        assert (before.given_cents, before.refunded_cents, before.kept_cents) == (90_00, 0, 90_00)
        assert (after.count, after.given_cents, after.refunded_cents, after.disputed_cents) == (0, 0, 20_00, 1_00)
        assert before.kept_cents + after.kept_cents == sum(
            month.kept_cents for month in sums_by_month([date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1)])
        )
