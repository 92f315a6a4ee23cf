"""What donors are told by mail about cards, refunds and a year: once, in their language, and only while it is true."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone, translation

from actions import registry
from actions.donations.card_emails import ended, expiring, fixed, past_due
from actions.donations.cards import is_near, last_day, look_at_cards
from actions.donations.donor_emails import link_mail, nothing_mail
from actions.donations.emails import receipt
from actions.donations.models import Donation, Payment, Refund
from actions.donations.offline import enter
from actions.donations.refund_emails import refund_failed, refunded
from actions.donations.states import Frequency, Source
from actions.donations.year_sum import Year, send_year_sums, year_sum
from actions.outbox.messages import render_content
from actions.outbox.models import OutboxMessage
from actions.privacy.services import erase
from tests.actions.donations.reading import hear, paid
from tests.factories.donations import AppealFactory, DonationFactory

MONTHLY = {"amount_cents": 10_00, "frequency": Frequency.MONTHLY}
JANUARY = datetime(2027, 1, 3, 12, tzinfo=UTC)


def kinds() -> list[str]:
    return list(OutboxMessage.objects.order_by("pk").values_list("kind", flat=True))


def running(client, stripe, appeal, **changes) -> Donation:
    donation = paid(stripe, appeal, **MONTHLY, **changes)
    hear(client, stripe)
    return Donation.objects.get(pk=donation.pk)


def entered(appeal, **changes) -> Donation:
    """A cheque of 2026."""
    given = {
        "amount_cents": 40_00, "source": Source.CHEQUE, "received_at": datetime(2026, 5, 3, 16, tzinfo=UTC),
        "language": "en", "entered_by": None, "name": "Ann Donor", "email": "ann@example.org",
    }  # fmt: skip
    return enter(appeal=appeal, **{**given, **changes})


def test_a_failing_card_is_told_once_and_then_that_it_works_again(client, appeal, stripe):
    donation = running(client, stripe, appeal)
    stripe.set_card(subscription=donation.subscription_id, card="fails-later")
    stripe.advance(days=31)
    hear(client, stripe)
    hear(client, stripe)
    stripe.advance(days=4)
    hear(client, stripe)
    assert kinds() == ["donation.receipt", "donation.past-due"]
    stripe.set_card(subscription=donation.subscription_id, card="works")
    hear(client, stripe)
    assert kinds()[2:].count("donation.card-fixed") == 1
    assert kinds()[2:].count("donation.receipt") == 1
    assert "donation.ended" not in kinds()


def test_a_card_that_fails_to_the_last_ends_the_gift_with_nothing_owed_and_a_way_to_start_again(client, appeal, stripe):
    donation = running(client, stripe, appeal, language="fr")
    stripe.set_card(subscription=donation.subscription_id, card="fails-later")
    stripe.advance(days=31)
    hear(client, stripe)
    stripe.advance(days=40)
    hear(client, stripe)
    assert Donation.objects.get(pk=donation.pk).state == "cancelled"
    mail = OutboxMessage.objects.get(kind="donation.ended")
    assert "/fr/act/donate/lights/?amount=10&frequency=monthly" in mail.payload["text"]


def test_who_stops_a_monthly_gift_is_told_that_it_has_ended(client, appeal, stripe):
    donation = running(client, stripe, appeal)
    stripe.cancel(subscription=donation.subscription_id)
    hear(client, stripe)
    hear(client, stripe)
    assert kinds() == ["donation.receipt", "donation.ended"]
    assert "again and again" not in OutboxMessage.objects.get(kind="donation.ended").payload["text"]


def test_a_mail_about_a_card_leaves_only_while_it_is_true(client, appeal, stripe):
    donation = running(client, stripe, appeal)
    stripe.set_card(subscription=donation.subscription_id, card="fails-later")
    stripe.advance(days=31)
    hear(client, stripe)
    assert registry.is_wanted("donation.past-due", donation.pk)
    stripe.set_card(subscription=donation.subscription_id, card="works")
    hear(client, stripe)
    assert not registry.is_wanted("donation.past-due", donation.pk)
    assert registry.is_wanted("donation.card-fixed", donation.pk)
    erase("donor@example.org")
    assert not registry.is_wanted("donation.card-fixed", donation.pk)
    assert not registry.is_wanted("donation.receipt", donation.pk)


def test_each_refund_is_told_once(client, appeal, stripe):
    donation = paid(stripe, appeal)
    hear(client, stripe)
    stripe.refund(donation.session_id, amount=500)
    hear(client, stripe)
    stripe.refund(donation.session_id)
    hear(client, stripe)
    hear(client, stripe)
    mails = OutboxMessage.objects.filter(kind="donation.refund").order_by("pk")
    assert [mail.payload["subject"] for mail in mails] == ["CA$5 is paid back to you", "CA$20 is paid back to you"]


@pytest.mark.parametrize(
    ("today", "near"),
    [
        (date(2026, 10, 31), False), (date(2026, 11, 1), True), (date(2026, 12, 31), True), (date(2027, 1, 1), False),
    ],
)  # fmt: skip
def test_a_card_is_near_its_end_in_its_last_month_and_the_one_before(today, near):
    assert is_near(date(2026, 12, 31), today) is near


def test_a_card_of_january_is_near_its_end_in_december():
    assert is_near(last_day(2027, 1), date(2026, 12, 5))


def test_who_has_a_card_that_ends_soon_is_told_once(client, appeal, stripe):
    running(client, stripe, appeal, card="expiring")
    now = timezone.now()
    look_at_cards(now)
    look_at_cards(now + timedelta(days=1))
    assert kinds().count("donation.card-expiring") == 1
    assert sum("expand" in one["params"] for one in stripe.sent("/v1/subscriptions/")) == 1
    look_at_cards(now + timedelta(days=8))
    assert kinds().count("donation.card-expiring") == 1


def test_a_card_that_is_good_for_years_is_nobodys_mail_and_stripes_silence_no_error(client, appeal, stripe):
    donation = running(client, stripe, appeal)
    look_at_cards(timezone.now())
    assert kinds() == ["donation.receipt"]
    assert Donation.objects.get(pk=donation.pk).card_expires_on > date.today()
    stripe.faults(requests=[{"kind": "error", "times": 9, "path": "/v1/subscriptions"}])
    look_at_cards(timezone.now() + timedelta(days=8))


def test_a_cheque_is_thanked_for_without_a_word_about_cards(appeal):
    entered(appeal)
    text = OutboxMessage.objects.get().payload["text"]
    assert "cheque" in text
    assert "card" not in text


def test_a_year_is_summed_up_once_for_each_mailbox_whatever_the_appeal(appeal):
    entered(appeal)
    entered(AppealFactory(), email="ANN@example.org", amount_cents=60_00)
    entered(appeal, email="ben@example.org")
    entered(appeal, email="cleo@example.org", received_at=datetime(2027, 1, 1, 6, tzinfo=UTC))
    OutboxMessage.objects.all().delete()
    send_year_sums(JANUARY)
    send_year_sums(JANUARY + timedelta(days=2))
    mails = OutboxMessage.objects.filter(kind="donation.year")
    assert {mail.payload["to"].lower() for mail in mails} == {"ann@example.org", "ben@example.org"}
    assert "CA$100 in all" in next(m for m in mails if m.payload["to"].lower() == "ann@example.org").payload["text"]


def test_the_year_is_that_of_toronto_not_of_greenwich(appeal):
    entered(appeal, received_at=datetime(2027, 1, 1, 3, tzinfo=UTC))  # 10 in the evening of 31 December there
    OutboxMessage.objects.all().delete()
    send_year_sums(JANUARY)
    assert OutboxMessage.objects.count() == 1


def test_no_year_is_summed_up_outside_january_nor_for_who_was_forgotten(appeal):
    entered(appeal)
    OutboxMessage.objects.all().delete()
    send_year_sums(datetime(2027, 2, 1, 12, tzinfo=UTC))
    erase("ann@example.org")
    send_year_sums(JANUARY)
    assert not OutboxMessage.objects.exists()


def test_a_gift_entered_after_the_sum_was_told_brings_no_second_one(appeal):
    entered(appeal)
    send_year_sums(JANUARY)
    entered(appeal, amount_cents=5_00)
    send_year_sums(JANUARY)
    assert OutboxMessage.objects.filter(kind="donation.year").count() == 1


@pytest.mark.parametrize("amount", [500, 2500], ids=["a part", "all of it"])
def test_a_refund_that_did_not_arrive_is_told_once_to_who_was_told_of_it(client, appeal, stripe, amount):
    donation = paid(stripe, appeal)
    hear(client, stripe)
    refund = stripe.refund(donation.session_id, amount=amount)
    hear(client, stripe)
    stripe.fail_refund(refund=refund["id"])
    for _turn in range(2):
        hear(client, stripe)
    mails = OutboxMessage.objects.filter(kind="donation.refund").order_by("pk")
    assert [mail.payload["subject"].partition(" is paid")[2] != "" for mail in mails] == [True, False]
    assert "it came back to us" in mails.last().payload["text"]


def test_a_refund_of_which_we_heard_when_it_had_failed_is_not_told(client, appeal, stripe):
    donation = paid(stripe, appeal)
    hear(client, stripe)
    stripe.refund(donation.session_id, amount=500)
    refund = stripe.refund(donation.session_id, amount=700)
    stripe.fail_refund(refund=refund["id"])
    hear(client, stripe)
    (mail,) = OutboxMessage.objects.filter(kind="donation.refund")
    assert "CA$5" in mail.payload["subject"]


@pytest.mark.parametrize("language", ["en", "fr", "zh-hant"])
@pytest.mark.parametrize(
    "which",
    [
        "receipt",
        "offline",
        "expiring",
        "past-due",
        "fixed",
        "ended",
        "failed",
        "refund",
        "no-refund",
        "year",
        "link",
        "no",
    ],
)
def test_each_mail_is_whole_in_each_language_and_its_subject_names_no_cause(appeal, which, language):
    monthly = {"frequency": "monthly", "state": "active", "name": "陳大文", "email": "chan@example.org"}
    gift = DonationFactory(appeal=appeal, language=language, card_expires_on=date(2026, 12, 31), **monthly)
    gift.card_expires_on, gift.past_due_at = date(2026, 12, 31), timezone.now()
    payment = Payment(pk=7, donation=gift, amount_cents=25_00, paid_at=timezone.now(), refunded_cents=5_00)
    cheque = Payment(pk=8, donation=gift, amount_cents=25_00, paid_at=timezone.now(), source=Source.CHEQUE)
    refund = Refund(payment=payment, refund_id="re_1", amount_cents=5_00, status="succeeded")
    makers = {
        "receipt": lambda: receipt(gift, payment, is_first=True),
        "offline": lambda: receipt(gift, cheque, is_first=True),
        "expiring": lambda: expiring(gift),
        "past-due": lambda: past_due(gift),
        "fixed": lambda: fixed(gift),
        "ended": lambda: ended(gift, was_past_due=False),
        "failed": lambda: ended(gift, was_past_due=True),
        "refund": lambda: refunded(gift, payment, refund),
        "no-refund": lambda: refund_failed(gift, refund),
        "year": lambda: year_sum(gift, [payment, cheque], Year(2026)),
        "link": lambda: link_mail("https://example.org/x/", days=2),
        "no": nothing_mail,
    }
    with translation.override(language):
        mail = render_content(makers[which](), language=language)
    assert "%(" not in mail["text"] + mail["html"]
    assert not any(word in mail["subject"] for word in ("Hong Kong", "香港", "Alliance", "lights", "燈", "lumière"))
    if language != "en":
        english = ["Thank", "you", "payment", "month", "card", "bank", "link", "address", "Nothing"]
        leftover = [word for word in english if f" {word} " in mail["text"].partition("-- ")[0]]
        assert not leftover, mail["text"]
