"""A monthly gift that ends: at the period's end, by staff, or because its donor is forgotten."""

from __future__ import annotations

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from actions.donations import comparing, gateway
from actions.donations.cards import note_card
from actions.donations.donor_page import DonorPage
from actions.donations.forgetting import forget_customers, forget_old_customers
from actions.donations.models import Donation, Payment
from actions.donations.processing import about_session, about_subscription
from actions.donations.states import DonationState, Frequency
from actions.outbox.models import OutboxMessage
from actions.privacy.models import AccessLog
from actions.privacy.retention import retire_all
from actions.privacy.services import erase
from tests.actions.admin.conftest import editor, finance  # noqa: F401 - fixtures
from tests.actions.donations.reading import books, books_of, hear, paid, text_of, work
from tests.actions.donations.test_donor_page import link_of as link
from tests.actions.donations.test_reconcile import later
from tests.factories.donations import DonationFactory

MONTHLY = {"amount_cents": 10_00, "frequency": Frequency.MONTHLY}
REASON = "asked for by telephone on 3 May"


@pytest.fixture
def monthly(client, appeal, stripe) -> Donation:
    donation = paid(stripe, appeal, **MONTHLY)
    hear(client, stripe)
    OutboxMessage.objects.all().delete()
    return Donation.objects.get(pk=donation.pk)


def again(donation: Donation) -> Donation:
    return Donation.objects.get(pk=donation.pk)


def stop_at_the_end(stripe, donation: Donation, *, ends: bool = True) -> None:
    """As the donor does in Stripe's portal, where that is how it is set."""
    stripe.client().v1.subscriptions.update(str(donation.subscription_id), {"cancel_at_period_end": ends})


class TestAtThePeriodsEnd:
    def test_its_donor_and_staff_read_when_it_ends(self, client, stripe, monthly, finance):  # noqa: F811
        stop_at_the_end(stripe, monthly)
        hear(client, stripe)
        assert again(monthly).state == DonationState.ACTIVE
        day = again(monthly).ends_at
        assert day is not None
        assert day > timezone.now()
        shown = text_of(client.get(link(monthly)))
        assert f"ends on {date_format(timezone.localtime(day), 'DATE_FORMAT')}; nothing more is charged" in shown
        for path in (reverse("donations_one", args=[monthly.pk]), reverse("donations_list"), end_path(monthly)):
            assert "monthly, ends on" in text_of(finance.get(path)), path

    def test_who_goes_on_after_all_reads_that_it_runs(self, client, stripe, monthly):
        stop_at_the_end(stripe, monthly)
        hear(client, stripe)
        stop_at_the_end(stripe, monthly, ends=False)
        hear(client, stripe)
        assert again(monthly).ends_at is None
        assert DonorPage(again(monthly), "en").monthly[0].ends_at is None

    def test_an_older_answer_does_not_bring_the_end_back(self, client, stripe, monthly):
        stop_at_the_end(stripe, monthly)
        old = about_subscription(str(monthly.subscription_id))
        stop_at_the_end(stripe, monthly, ends=False)
        hear(client, stripe)
        old()
        assert again(monthly).ends_at is None

    def test_the_daily_comparison_finds_it_without_a_webhook(self, stripe, monthly):
        stop_at_the_end(stripe, monthly)
        assert comparing.compare(later(stripe)).found == 1
        assert again(monthly).ends_at is not None
        assert comparing.compare(later(stripe)).found == 0

    def test_no_new_card_is_asked_for(self, client, stripe, monthly):
        stop_at_the_end(stripe, monthly)
        hear(client, stripe)
        note_card(monthly.pk, timezone.localdate(), now=timezone.now())
        assert not OutboxMessage.objects.exists()


def end_path(donation: Donation) -> str:
    return reverse("donations_end", args=[donation.pk])


def form_of(response) -> dict[str, str]:
    attempt = re.search(r'name="attempt"[^>]*value="([^"]*)"', response.content.decode())[1]
    return {"attempt": attempt, "reason": REASON}


class TestByStaff:
    def test_asked_twice_it_ends_is_logged_and_told(self, client, stripe, monthly, finance):  # noqa: F811
        assert end_path(monthly) in finance.get(reverse("donations_one", args=[monthly.pk])).content.decode()
        form = form_of(finance.get(end_path(monthly)))
        second = finance.post(end_path(monthly), form)
        assert "End this monthly gift now?" in text_of(second)
        assert again(monthly).state == DonationState.ACTIVE
        assert not stripe.events("customer.subscription.deleted")
        for _ in range(3):
            assert finance.post(end_path(monthly), {**form, "step": "end"}).status_code == 302
        assert again(monthly).state == DonationState.CANCELLED
        entry = AccessLog.objects.get(verb="end-gift")
        assert (entry.reason, entry.username) == (REASON, "finance")
        hear(client, stripe)
        assert OutboxMessage.objects.get().kind == "donation.ended"
        stripe.advance(days=40)
        hear(client, stripe)
        assert Payment.objects.count() == 1
        assert books() == books_of(stripe)

    @pytest.mark.parametrize("reason", ["", "ann@example.org asked"])
    def test_without_a_good_reason_nothing_is_done(self, monthly, finance, reason):  # noqa: F811
        form = {**form_of(finance.get(end_path(monthly))), "reason": reason, "step": "end"}
        assert finance.post(end_path(monthly), form).status_code == 422
        assert again(monthly).is_running

    def test_nobody_else_may(self, monthly, editor, finance):  # noqa: F811
        assert editor.get(end_path(monthly)).status_code == 302
        assert editor.post(end_path(monthly), {"step": "end"}).status_code == 302
        finance.user.groups.first().permissions.filter(codename="end_donation").delete()
        form = {"attempt": "0" * 32, "reason": REASON, "step": "end"}
        assert finance.post(end_path(monthly), form).status_code == 302
        assert end_path(monthly) not in finance.get(reverse("donations_one", args=[monthly.pk])).content.decode()
        assert again(monthly).is_running

    def test_get_changes_nothing_and_a_single_gift_has_nothing_to_end(self, client, appeal, stripe, finance):  # noqa: F811
        single = paid(stripe, appeal)
        hear(client, stripe)
        page = finance.get(end_path(single))
        assert "nothing to end" in text_of(page)
        form = {"attempt": "0" * 32, "reason": REASON}
        assert finance.post(end_path(single), form).status_code == 409
        assert finance.post(end_path(single), {**form, "step": "end"}).status_code == 409
        assert not AccessLog.objects.exists()

    def test_a_silent_stripe_is_told_as_unknown_and_asked_again(self, stripe, monthly, finance):  # noqa: F811
        form = {**form_of(finance.get(end_path(monthly))), "step": "end"}
        stripe.faults(requests=[{"kind": "lost_reply", "times": 2, "method": "DELETE"}])
        answer = finance.post(end_path(monthly), form)
        assert answer.status_code in (302, 503)
        if answer.status_code == 503:
            assert "nobody knows yet" in text_of(answer)
            assert finance.post(end_path(monthly), form).status_code == 302
        assert again(monthly).state == DonationState.CANCELLED
        assert AccessLog.objects.filter(verb="end-gift").count() == 1

    def test_what_has_ended_at_stripe_meanwhile_ends_here_too(self, stripe, monthly, finance):  # noqa: F811
        form = {**form_of(finance.get(end_path(monthly))), "step": "end"}
        stripe.cancel(subscription=monthly.subscription_id)
        assert finance.post(end_path(monthly), form).status_code == 302
        assert again(monthly).state == DonationState.CANCELLED


class TestForgotten:
    def forgotten(self, monthly: Donation) -> None:
        assert erase("donor@example.org") >= 1
        OutboxMessage.objects.all().delete()

    def test_stripe_forgets_the_customer_and_charges_nothing_more(self, client, stripe, monthly):
        self.forgotten(monthly)
        assert not stripe.events("customer.deleted")  # nobody waits for Stripe while erasing
        forget_customers(timezone.now())
        assert len(stripe.events("customer.deleted")) == 1
        hear(client, stripe)
        forget_customers(timezone.now())
        gift = again(monthly)
        assert (gift.state, gift.customer_id, gift.email) == ("cancelled", "", "")
        stripe.advance(days=40)
        hear(client, stripe)
        assert Payment.objects.count() == 1
        assert not OutboxMessage.objects.exists()
        assert comparing.compare(later(stripe)).difference_cents == 0

    def test_while_stripe_is_down_it_stays_to_do(self, stripe, monthly):
        self.forgotten(monthly)
        stripe.faults(requests=[{"kind": "rate_limit"}])
        forget_customers(timezone.now())
        assert again(monthly).customer_id
        stripe.clear_faults()
        forget_customers(timezone.now())
        assert again(monthly).customer_id == ""

    def test_who_was_not_erased_is_never_touched(self, stripe, monthly):
        forget_customers(timezone.now())
        assert not stripe.sent(f"/v1/customers/{monthly.customer_id}")[1:]
        assert again(monthly).customer_id

    def test_without_a_key_or_a_customer_nothing_is_asked(self, stripe, monthly, settings):
        self.forgotten(monthly)
        settings.STRIPE_SECRET_KEY = ""
        forget_customers(timezone.now())
        assert again(monthly).customer_id

    def test_news_of_the_payment_page_still_count_when_the_customer_is_gone(self, client, stripe, appeal):
        donation = paid(stripe, appeal, **MONTHLY)
        session = stripe.client().v1.checkout.sessions.retrieve(str(donation.session_id))
        stripe.client().v1.customers.delete(str(session.customer))
        about_session(str(donation.session_id))()
        work()
        assert again(donation).state == DonationState.CANCELLED


class TestOutOfTheBooks:
    """Years after the last gift nothing of ours needs the customer: Stripe forgets it, and no running gift ends."""

    @pytest.fixture
    def over(self, client, stripe, monthly) -> Donation:
        stripe.cancel(subscription=monthly.subscription_id)
        hear(client, stripe)
        self.aged(monthly)
        return again(monthly)

    @staticmethod
    def aged(donation: Donation, years: int = 9) -> None:
        long_ago = timezone.now() - timedelta(days=366 * years)
        Donation.objects.filter(pk=donation.pk).update(last_paid_at=long_ago, paid_at=long_ago, ended_at=long_ago)

    @staticmethod
    def forgotten(stripe) -> list[str]:
        return [event["data"]["object"]["id"] for event in stripe.events("customer.deleted")]

    def test_stripe_forgets_the_customer_once(self, stripe, over):
        retire_all(timezone.now())
        assert again(over).email == ""
        forget_old_customers(timezone.now())
        assert self.forgotten(stripe) == [over.customer_id]
        assert again(over).customer_id == ""
        asked = len(stripe.sent("/v1/"))
        forget_old_customers(timezone.now())
        assert len(stripe.sent("/v1/")) == asked
        assert Payment.objects.count() == 1
        assert comparing.compare(later(stripe)).difference_cents == 0

    def test_a_gift_that_runs_at_stripe_goes_on_whatever_our_rows_say(self, stripe, monthly, caplog):
        self.aged(monthly)
        forget_old_customers(timezone.now())
        assert again(monthly).state == DonationState.ACTIVE
        Donation.objects.update(state=DonationState.CANCELLED)
        forget_old_customers(timezone.now())
        assert self.forgotten(stripe) == []
        assert again(monthly).customer_id
        assert "still gives at Stripe" in caplog.text
        assert monthly.customer_id not in caplog.text

    @pytest.mark.parametrize(
        ("status", "is_gone"),
        [
            *((one, False) for one in ("incomplete", "trialing", "active", "past_due", "unpaid", "paused")),
            *((one, True) for one in ("incomplete_expired", "canceled")),
        ],
    )
    def test_only_what_is_over_for_good_runs_no_more(self, stripe, over, monkeypatch, status, is_gone):
        monkeypatch.setattr(gateway, "_pages", lambda *_asked, **_options: [SimpleNamespace(status=status)])
        forget_old_customers(timezone.now())
        assert (self.forgotten(stripe) == [over.customer_id]) is is_gone

    def test_a_customer_of_whom_a_gift_is_kept_stays(self, stripe, appeal, over):
        kept = DonationFactory(appeal=appeal, state="cancelled", customer_id=over.customer_id)
        self.aged(kept, years=1)
        forget_old_customers(timezone.now())
        assert (self.forgotten(stripe), bool(again(over).customer_id)) == ([], True)
        self.aged(kept)
        forget_old_customers(timezone.now())
        assert self.forgotten(stripe) == [over.customer_id]
        assert set(Donation.objects.values_list("customer_id", flat=True)) == {""}

    def test_one_that_was_never_paid_is_forgotten_when_no_money_can_come_any_more(self, stripe, over):
        Donation.objects.update(last_paid_at=None, paid_at=None, state="failed", ended_at=timezone.now())
        forget_old_customers(timezone.now() + timedelta(days=59))
        assert self.forgotten(stripe) == []
        forget_old_customers(timezone.now() + timedelta(days=61))
        assert self.forgotten(stripe) == [over.customer_id]

    def test_while_stripe_is_down_it_stays_to_do_and_without_a_key_nothing_is_asked(self, stripe, over, settings):
        stripe.faults(requests=[{"kind": "rate_limit"}])
        forget_old_customers(timezone.now())
        assert again(over).customer_id
        stripe.clear_faults()
        settings.STRIPE_SECRET_KEY, key = "", settings.STRIPE_SECRET_KEY
        forget_old_customers(timezone.now())
        assert again(over).customer_id
        settings.STRIPE_SECRET_KEY = key
        forget_old_customers(timezone.now())
        assert again(over).customer_id == ""
