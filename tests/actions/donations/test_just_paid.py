"""A donor asks for their link within a second of paying, before Stripe has told us of it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from actions.donations.donor_links import opened_by
from actions.donations.late_links import send_late_links
from actions.donations.models import DonorLinkWish
from actions.outbox.models import OutboxMessage
from actions.privacy.services import erase
from tests.actions.donations.reading import hear, paid
from tests.actions.donations.test_donor_page import ASK, post
from tests.threads import at_once


class TestJustPaid:
    """Who asks within a second of paying is told the truth, and gets the link once we have heard of the payment."""

    def ask(self, client, email: str = "donor@example.org") -> None:
        assert post(client, ASK, email=email).status_code == 303

    def mails(self) -> list[str]:
        mails = OutboxMessage.objects.filter(kind="donation.link").order_by("pk")
        return ["link" if _opens(mail) else "nothing" for mail in mails]

    def test_the_link_follows_once_in_the_language_in_which_it_was_asked_for(self, client, appeal, stripe):
        paid(stripe, appeal)
        self.ask(client)
        post(client, ASK.replace("/en/", "/fr/"), email="Donor@Example.org")
        send_late_links(timezone.now())
        assert self.mails() == ["nothing", "nothing"]
        assert "only just paid" in OutboxMessage.objects.filter(kind="donation.link").first().payload["text"]
        hear(client, stripe)
        for _turn in range(2):
            send_late_links(timezone.now())
        assert self.mails() == ["nothing", "nothing", "link"]
        assert OutboxMessage.objects.filter(kind="donation.link").last().payload["language"] == "fr"
        assert not DonorLinkWish.objects.exists()

    def test_who_had_the_link_at_once_gets_no_second_one(self, client, appeal, stripe):
        paid(stripe, appeal)
        hear(client, stripe)
        self.ask(client)
        send_late_links(timezone.now())
        assert self.mails() == ["link"]
        assert not DonorLinkWish.objects.exists()

    def test_nobody_elses_payment_answers_a_stranger_and_the_wish_goes_after_two_hours(self, client, appeal, stripe):
        self.ask(client, "stranger@example.org")
        paid(stripe, appeal)
        hear(client, stripe)
        send_late_links(timezone.now())
        assert (self.mails(), DonorLinkWish.objects.count()) == (["nothing"], 1)
        assert DonorLinkWish.objects.get().email == "stranger@example.org"
        erase("stranger@example.org")
        assert not DonorLinkWish.objects.exists()
        self.ask(client, "stranger@example.org")
        send_late_links(timezone.now() + timedelta(minutes=121))
        assert not DonorLinkWish.objects.exists()

    @pytest.mark.django_db(transaction=True)
    def test_two_workers_mail_one_link(self, client, appeal, stripe):
        paid(stripe, appeal)
        self.ask(client)
        hear(client, stripe)
        at_once(2, lambda _worker: send_late_links(timezone.now()))
        assert self.mails() == ["nothing", "link"]

    def test_without_a_wish_the_worker_asks_for_little(self, appeal, django_assert_max_num_queries):
        with django_assert_max_num_queries(8):
            send_late_links(timezone.now())


def _opens(mail: OutboxMessage) -> bool:
    """Whether the mail holds a link to a donor's page."""
    tokens = re.findall(r"/act/donate/manage/([0-9a-f]{64})/", str(mail.payload))
    return any(opened_by(token) is not None for token in tokens)
