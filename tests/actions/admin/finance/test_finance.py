"""The finance role's pages: sums to the cent, nobody's name unasked, and money given back once."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from actions.donations import processing
from actions.donations.models import Dispute, Donation, Payment, Reconciliation, Refund
from actions.donations.month_sums import sums_by_month
from actions.outbox.models import OutboxMessage
from actions.privacy.models import AccessLog
from tests.actions.admin.finance.conftest import cheque
from tests.actions.donations.conftest import stripe  # noqa: F401 - a fixture
from tests.actions.donations.reading import books, books_of, hear, paid, text_of
from tests.factories.donations import AppealFactory, DonationFactory

PAGES = ("donations_overview", "donations_list", "donations_deposits", "donations_enter", "donations_find")
REASON = "request of 3 May"


def value_of(response, name: str) -> str:
    return re.search(rf'name="{name}"[^>]*value="([^"]*)"', response.content.decode())[1]


def give_back(client, payment: Payment, amount: str, *, typed: str | None = None, reason: str = REASON):
    """Walk both steps; returns the answer to the second one."""
    path = reverse("donations_refund", args=[payment.pk])
    first = client.get(path)
    asked = {"attempt": value_of(first, "attempt"), "amount": amount, "reason": reason}
    second = client.post(path, asked)
    if second.status_code != 200:
        return second
    return client.post(path, {**asked, "step": "refund", "typed": amount if typed is None else typed})


class TestWho:
    def test_finance_sees_donations_and_nothing_else(self, finance, appeal):
        number = cheque(appeal).pk
        for name in PAGES:
            assert finance.get(reverse(name)).status_code == 200, name
        assert finance.get(reverse("donations_one", args=[number])).status_code == 200
        for name in ("petitions_signatures", "subscribers_list", "wagtailusers_users:index", "wagtailimages:index"):
            assert finance.get(reverse(name)).status_code == 302, name
        menu = finance.get("/admin/").content.decode()
        assert reverse("donations_overview") in menu
        assert reverse("exports") in menu
        for name in ("petitions_signatures", "subscribers_list", "wagtailusers_users:index", "wagtailimages:index"):
            assert f'"{reverse(name)}"' not in menu

    @pytest.mark.parametrize("role", ["editor", "moderator", "campaigner", "data_protection", "administrator"])
    def test_no_other_role_opens_any_of_it(self, role, request, appeal):
        client = request.getfixturevalue(role)
        gift = cheque(appeal)
        payment = gift.payments.get().pk
        paths = [reverse(name) for name in PAGES]
        paths += [reverse("donations_one", args=[gift.pk]), reverse("donations_refund", args=[payment])]
        paths += [reverse("donations_correct", args=[payment]), reverse("exports_one", args=["donations"])]
        for path in paths:
            assert client.get(path).status_code == 302, path
            assert client.post(path, {}).status_code == 302, path
        assert reverse("donations_find") not in client.get("/admin/").content.decode()

    def test_a_donor_is_shown_to_who_says_why_on_record(self, finance, appeal):
        gift = cheque(appeal)
        path = reverse("donations_one", args=[gift.pk])
        assert "ann@example.org" not in finance.get(path).content.decode()
        assert "Ann Donor" not in finance.get(reverse("donations_list")).content.decode()
        refused = finance.post(path, {"reason": ""})
        assert refused.status_code == 422
        assert "ann@example.org" not in refused.content.decode()
        assert not AccessLog.objects.exists()
        assert "ann@example.org" in finance.post(path, {"reason": REASON}).content.decode()
        entry = AccessLog.objects.get()
        assert (entry.verb, entry.subject, entry.reason) == ("view-donor", f"donation {gift.pk}", REASON)

    def test_a_donor_is_found_by_address_on_record_that_names_nobody(self, finance, appeal):
        gift = cheque(appeal)
        answer = finance.post(reverse("donations_find"), {"email": "ANN@example.org", "reason": REASON})
        assert reverse("donations_one", args=[gift.pk]) in answer.content.decode()
        assert "ann" not in str(AccessLog.objects.values_list("subject", "reason").get()).lower()
        assert "No donation" in text_of(finance.post(reverse("donations_find"), {"email": "x@y.org", "reason": REASON}))


class TestList:
    def test_the_filters_narrow_it_down(self, finance, appeal):
        one = DonationFactory(appeal=appeal, state="paid")
        two = DonationFactory(appeal=AppealFactory(), state="active", frequency="monthly")
        three = cheque(appeal)
        four = DonationFactory(appeal=appeal, state="paid", created_at=datetime(2025, 12, 31, 23, tzinfo=UTC))

        def found(**query: object) -> set[int]:
            page = finance.get(reverse("donations_list"), query).content.decode()
            return {int(number) for number in re.findall(r'/admin/donations/(\d+)/"', page)}

        assert found() == {one.pk, two.pk, three.pk, four.pk}
        assert found(appeal=two.appeal_id) == {two.pk}
        assert found(state="paid") == {one.pk, three.pk, four.pk}
        assert found(frequency="monthly") == {two.pk}
        assert found(source="cheque") == {three.pk}
        assert found(month="2025-12") == {four.pk}

    def test_each_page_costs_the_same_for_many_donations(self, finance, appeal, count_queries):
        gift = cheque(appeal)
        paths = [reverse(name) for name in PAGES] + [reverse("donations_one", args=[gift.pk])]
        few = [count_queries(finance, path) for path in paths]
        for number in range(12):
            cheque(AppealFactory() if number % 3 else appeal, received_at=timezone.now() - timedelta(days=40 * number))
        assert [count_queries(finance, path) for path in paths] == few

    def test_it_is_leafed_through_without_counting(self, finance, appeal):
        for _ in range(60):
            DonationFactory(appeal=appeal)
        first = finance.get(reverse("donations_list"))
        assert "60 donations" in text_of(first)
        assert "at=older-" in first.content.decode()

    def test_test_payments_are_none_where_real_money_moves(self, finance, appeal, settings):
        DonationFactory(appeal=appeal, livemode=False)
        settings.STRIPE_SECRET_KEY = "sk_live_0123456789"
        assert "Nobody has given yet" in text_of(finance.get(reverse("donations_list")))


class TestWithoutAKey:
    """The books stay in sight when a key is taken away."""

    def test_test_gifts_are_shown_where_there_are_no_others(self, finance, appeal, settings):
        gift = DonationFactory(appeal=appeal, livemode=False, state="paid")
        settings.STRIPE_SECRET_KEY = ""
        assert reverse("donations_one", args=[gift.pk]) in finance.get(reverse("donations_list")).content.decode()
        assert finance.get(reverse("donations_one", args=[gift.pk])).status_code == 200

    def test_real_money_hides_them_and_is_never_hidden_by_them(self, finance, appeal, settings):
        real = DonationFactory(appeal=appeal, livemode=True, state="paid")
        trial = DonationFactory(appeal=appeal, livemode=False, state="paid")
        settings.STRIPE_SECRET_KEY = ""
        shown = finance.get(reverse("donations_list")).content.decode()
        assert reverse("donations_one", args=[real.pk]) in shown
        assert reverse("donations_one", args=[trial.pk]) not in shown


class TestRefund:
    def test_a_part_and_the_rest_are_given_back_and_the_books_agree(self, client, finance, appeal, stripe):  # noqa: F811
        donation = paid(stripe, appeal)
        hear(client, stripe)
        payment = Payment.objects.get()
        assert give_back(finance, payment, "5").status_code == 302
        assert give_back(finance, payment, "20").status_code == 302
        assert [refund.asked_by for refund in Refund.objects.all()] == [finance.user, finance.user]
        assert Donation.objects.get(pk=donation.pk).state == "refunded"
        assert books() == books_of(stripe)
        entries = AccessLog.objects.filter(verb="refund")
        assert [entry.reason for entry in entries] == [REASON, REASON]
        hear(client, stripe)
        assert books() == books_of(stripe)
        assert OutboxMessage.objects.filter(kind="donation.refund").count() == 2

    def test_the_first_step_and_a_wrong_number_do_nothing(self, client, finance, appeal, stripe):  # noqa: F811
        paid(stripe, appeal)
        hear(client, stripe)
        payment = Payment.objects.get()
        assert give_back(finance, payment, "5", typed="50").status_code == 422
        assert give_back(finance, payment, "5", typed="").status_code == 422
        for amount in ("0", "-5", "25.01", "1e1", "NaN", "", "9" * 30):
            assert give_back(finance, payment, amount).status_code == 422, amount
        assert give_back(finance, payment, "5", reason="").status_code == 422
        assert give_back(finance, payment, "5", reason="ann@example.org asked").status_code == 422
        assert not stripe.sent("/v1/refunds")
        assert not AccessLog.objects.exists()

    def test_the_same_form_sent_again_gives_back_once(self, client, finance, appeal, stripe):  # noqa: F811
        paid(stripe, appeal)
        hear(client, stripe)
        path = reverse("donations_refund", args=[Payment.objects.get().pk])
        form = {"attempt": value_of(finance.get(path), "attempt"), "amount": "5", "reason": REASON, "typed": "5"}
        for _ in range(3):
            assert finance.post(path, {**form, "step": "refund"}).status_code == 302
        assert Refund.objects.count() == 1
        assert books() == books_of(stripe)
        assert AccessLog.objects.filter(verb="refund").count() == 1

    def test_a_lost_answer_is_told_as_unknown_and_asked_again_under_the_same_key(self, client, finance, appeal, stripe):  # noqa: F811
        paid(stripe, appeal)
        hear(client, stripe)
        path = reverse("donations_refund", args=[Payment.objects.get().pk])
        form = {"attempt": value_of(finance.get(path), "attempt"), "amount": "25", "reason": REASON, "typed": "25"}
        stripe.faults(requests=[{"kind": "lost_reply", "times": 2, "path": "/v1/refunds"}])
        answer = finance.post(path, {**form, "step": "refund"})
        assert answer.status_code == 503
        assert "nobody knows yet" in text_of(answer)
        assert finance.post(path, {**form, "step": "refund"}).status_code == 302
        assert Refund.objects.count() == 1
        assert books() == books_of(stripe)

    def test_what_was_given_back_elsewhere_meanwhile_is_refused_by_stripe_and_explained(
        self, client, finance, appeal, stripe  # noqa: F811
    ):  # fmt: skip
        donation = paid(stripe, appeal)
        hear(client, stripe)
        stripe.refund(donation.session_id)
        answer = give_back(finance, Payment.objects.get(), "25")
        assert answer.status_code == 409
        assert "Nothing was done" in text_of(answer)

    def test_a_form_of_another_day_gives_nothing_back_once_more(self, client, finance, appeal, stripe, monkeypatch):  # noqa: F811
        paid(stripe, appeal)
        hear(client, stripe)
        path = reverse("donations_refund", args=[Payment.objects.get().pk])
        form = {"attempt": value_of(finance.get(path), "attempt"), "amount": "5", "reason": REASON, "typed": "5"}
        assert finance.post(path, {**form, "step": "refund"}).status_code == 302
        monkeypatch.setattr("actions.donations.refunding.KEY_LIFETIME", timedelta(0))
        stripe.advance(days=2)  # Stripe has forgotten the key
        answer = finance.post(path, {**form, "step": "refund"})
        assert answer.status_code == 409
        assert "used a day ago" in text_of(answer)
        assert len(stripe.events("refund.created")) == 1

    def test_a_disputed_payment_offers_no_way_back(self, client, finance, appeal, stripe):  # noqa: F811
        donation = paid(stripe, appeal)
        stripe.dispute(donation.session_id)
        hear(client, stripe)
        way = reverse("donations_refund", args=[Payment.objects.get().pk])
        page = finance.get(reverse("donations_one", args=[donation.pk]))
        assert "Evidence must be with Stripe by" in text_of(page)
        assert way not in page.content.decode()
        assert "Nothing of this payment" in text_of(finance.get(way))
        assert "evidence until" in text_of(finance.get(reverse("donations_overview")))


class TestOffline:
    FORM = {"amount": "40", "source": "cheque", "language": "en"}

    def enter(self, client, to, **changes):
        form = client.get(reverse("donations_enter"))
        today = timezone.localdate().isoformat()
        data = {"attempt": value_of(form, "attempt"), "appeal": to.pk, "received_on": today, **self.FORM, **changes}
        return client.post(reverse("donations_enter"), data)

    def test_a_cheque_is_entered_marked_and_thanked_for(self, finance, appeal):
        assert self.enter(finance, appeal, name="Ann", email="ann@example.org", note="No. 17").status_code == 302
        gift, payment = Donation.objects.get(), Payment.objects.get()
        assert (gift.source, gift.entered_by, gift.name, gift.note) == ("cheque", finance.user, "Ann", "No. 17")
        assert (payment.amount_cents, payment.net_cents, payment.fee_cents) == (4000, 4000, 0)
        assert payment.paid_at <= timezone.now()
        assert OutboxMessage.objects.get().kind == "donation.receipt"

    def test_it_needs_no_name_and_is_entered_once(self, finance, appeal):
        form = finance.get(reverse("donations_enter"))
        data = {
            "attempt": value_of(form, "attempt"), "appeal": appeal.pk, "received_on": timezone.localdate().isoformat(),
            **self.FORM,
        }  # fmt: skip
        for _ in range(3):
            assert finance.post(reverse("donations_enter"), data).status_code == 302
        assert Payment.objects.count() == 1
        assert not OutboxMessage.objects.exists()

    @pytest.mark.parametrize(
        "wrong",
        [
            {"amount": "0"}, {"amount": "x"}, {"amount": "9" * 18}, {"source": "stripe"}, {"source": "gold"},
            {"received_on": "2999-01-01"}, {"received_on": "0001-01-01"}, {"received_on": "no"}, {"email": "no"},
            {"attempt": "no"}, {"appeal": "999999"}, {"language": "tlh"}, {"note": "x" * 501},
        ],
    )  # fmt: skip
    def test_what_is_wrong_is_explained_and_kept(self, finance, appeal, wrong):
        answer = self.enter(finance, appeal, name="Ann", **wrong)
        assert answer.status_code == 422
        assert 'value="Ann"' in answer.content.decode()
        assert not Donation.objects.exists()

    def test_a_wrong_number_is_put_right_by_a_counter_entry(self, finance, appeal):
        gift = cheque(appeal, 400_00)
        OutboxMessage.objects.all().delete()
        path = reverse("donations_correct", args=[gift.payments.get().pk])
        form = {"attempt": value_of(finance.get(path), "attempt"), "amount": "40"}
        for _ in range(2):
            assert finance.post(path, form).status_code == 302
        wrong, right = Payment.objects.order_by("pk")
        assert (wrong.amount_cents, wrong.kept_cents, right.amount_cents) == (400_00, 0, 40_00)
        assert right.paid_at == wrong.paid_at
        assert Refund.objects.get().asked_by == finance.user
        (month,) = sums_by_month([timezone.localdate().replace(day=1)])
        assert month.kept_cents == 40_00
        assert [mail.kind for mail in OutboxMessage.objects.all()] == ["donation.receipt"]

    def test_giving_a_cheque_back_is_an_entry_of_its_own(self, finance, appeal):
        payment = cheque(appeal).payments.get()
        assert give_back(finance, payment, "15").status_code == 302
        payment.refresh_from_db()
        assert (payment.amount_cents, payment.refunded_cents, payment.state) == (4000, 1500, "paid")
        assert AccessLog.objects.get().verb == "refund"
        assert give_back(finance, payment, "25.01").status_code == 422


class TestOverview:
    def test_it_shows_what_waits(self, finance, appeal, settings):
        settings.STRIPE_SECRET_KEY = "sk_test_0123456789"
        payment = cheque(appeal).payments.get()
        now = timezone.now()
        Dispute.objects.create(
            payment=payment, dispute_id="dp_1", amount_cents=4000, status="needs_response", created_at=now,
            evidence_due_at=now - timedelta(days=1),
        )  # fmt: skip
        Reconciliation.objects.create(
            kind="full", since=now, until=now, ended_at=now - timedelta(days=3), difference_cents=7,
            details=[["fee", "ch_1", 7]],
        )  # fmt: skip
        shown = text_of(finance.get(reverse("donations_overview")))
        for words in (
            "1 payment is disputed",
            "too late",
            "difference CA$0.07",
            "too long ago",
            "fee: ch_1",
            "as usual",
        ):
            assert words in shown, words

    def test_without_a_key_it_says_so(self, finance, settings):
        settings.STRIPE_SECRET_KEY = ""
        assert "off: no Stripe key is set" in text_of(finance.get(reverse("donations_overview")))


def test_the_export_holds_each_payment_to_the_cent_and_needs_a_reason(finance, appeal):
    cheque(appeal, 40_01, name="=cmd", received_at=datetime(2026, 5, 1, 4, 0, tzinfo=UTC))
    path = reverse("exports_one", args=["donations"])
    form = {"file_format": "csv", "reason": "closing the month of May", "since": "2026-05-01", "until": "2026-05-01"}
    file = b"".join(finance.post(path, form).streaming_content).decode()
    assert "2026-05-01" in file
    assert "40.01" in file
    assert "'=cmd" in file
    assert "ann@example.org" in file
    assert AccessLog.objects.get().count == 1
    assert finance.post(path, {**form, "reason": ""}).status_code == 422
    assert finance.post(path, {**form, "until": "2026-04-01"}).status_code == 422
    processing.forget_rest()
