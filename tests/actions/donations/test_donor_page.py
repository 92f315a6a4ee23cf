"""The donor's own page: for whoever has the mailed link, and telling nothing to anybody else."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from actions.confirmations import services as confirmations
from actions.donations.mailing import CARD_PURPOSE, DONOR_PURPOSE
from actions.donations.models import Donation
from actions.donations.offline import enter
from actions.donations.states import Frequency, Source
from actions.outbox.models import OutboxMessage
from actions.privacy.services import erase
from actions.protection.limits import Limit
from tests.actions.donations.reading import hear, paid, text_of
from tests.factories.donations import AppealFactory

ASK = "/en/act/donate/manage/"
MONTHLY = {"amount_cents": 10_00, "frequency": Frequency.MONTHLY}


def post(client, path: str, **fields):
    return client.post(path, fields, HTTP_ORIGIN="http://testserver")


def gave(appeal, *, email: str = "ann@example.org", cents: int = 25_00, at: datetime | None = None) -> Donation:
    return enter(
        appeal=appeal, amount_cents=cents, source=Source.CHEQUE, received_at=at or timezone.now(), language="en",
        entered_by=None, name="Ann", email=email,
    )  # fmt: skip


def link_of(donation: Donation, purpose: str = DONOR_PURPOSE) -> str:
    return f"{ASK}{confirmations.issue(purpose=purpose, object_id=donation.pk)}/"


def everything() -> list[tuple]:
    """All plain columns of all gifts."""
    plain = [one.name for one in Donation._meta.concrete_fields if one.name not in ("name", "email", "note")]
    return list(Donation.objects.order_by("pk").values_list(*plain))


def monthly(client, stripe, appeal) -> Donation:
    donation = paid(stripe, appeal, **MONTHLY)
    hear(client, stripe)
    return Donation.objects.get(pk=donation.pk)


def test_donors_and_strangers_get_the_same_answer_and_cost_the_same_work(client, appeal):
    gave(appeal)
    post(client, ASK, email="first@example.org")  # makes the salt of the day
    OutboxMessage.objects.all().delete()
    answers = []
    for email in ("ann@example.org", "stranger@example.org"):
        with CaptureQueriesContext(connection) as queries:
            response = post(client, ASK, email=email)
        answers.append((response.status_code, response["Location"], response.content, len(queries)))
    assert answers[0] == answers[1]
    assert answers[0][:2] == (303, f"{ASK}sent/")
    known, unknown = (mail.payload["text"] for mail in OutboxMessage.objects.order_by("pk"))
    assert re.search(r"/act/donate/manage/[0-9a-f]{64}/", known)
    assert not re.search(r"[0-9a-f]{64}", unknown)


def test_the_address_may_be_written_in_any_way_of_its_mailbox(client, appeal):
    gave(appeal, email="Ann@Example.org")
    OutboxMessage.objects.all().delete()
    post(client, ASK, email=" ann@EXAMPLE.org ")
    assert "/act/donate/manage/" in OutboxMessage.objects.get().payload["text"]


def test_nobodys_inbox_is_flooded_with_links(client, appeal):
    gave(appeal)
    OutboxMessage.objects.all().delete()
    for _ in range(9):
        assert post(client, ASK, email="ann@example.org")["Location"] == f"{ASK}sent/"
    now = timezone.now() + timedelta(minutes=1)
    assert OutboxMessage.objects.filter(next_attempt_at__lte=now).count() == 3


@pytest.mark.parametrize(
    "email", ["", "no address", "a@b", "ann@example.org\nBcc: x@example.org", "x" * 5000 + "@e.org"]
)
def test_what_is_no_address_is_explained_and_kept(client, appeal, email):
    response = post(client, ASK, email=email)
    assert response.status_code == 422
    assert response["Cache-Control"].startswith("max-age=0") or "no-store" in response["Cache-Control"]
    assert not OutboxMessage.objects.exists()


def test_a_filled_trap_gets_the_same_answer_and_no_mail_and_a_flood_is_stopped(client, appeal, settings):
    gave(appeal)
    OutboxMessage.objects.all().delete()
    assert post(client, ASK, email="ann@example.org", website="x")["Location"] == f"{ASK}sent/"
    assert not OutboxMessage.objects.exists()
    settings.PROTECTION_LIMITS = {"submit": Limit(1, 3600)}
    assert post(client, ASK, email="ann@example.org").status_code == 429


def test_other_sites_cannot_ask_nor_press_a_button(client, appeal):
    donation = gave(appeal)
    path = link_of(donation)
    evil = {"HTTP_ORIGIN": "https://evil.example"}
    assert client.post(ASK, {"email": "ann@example.org"}, **evil).status_code == 403
    assert client.post(path, {"intent": "anonymous-on"}, **evil).status_code == 403
    assert not Donation.objects.get(pk=donation.pk).is_anonymous


def test_the_page_shows_the_gifts_of_one_mailbox_over_all_appeals_and_nobody_elses(client, appeal):
    donation = gave(appeal, at=datetime(2025, 3, 1, 12, tzinfo=UTC))
    gave(AppealFactory(slug="other"), email="ANN@example.org", cents=40_00, at=datetime(2026, 3, 1, 12, tzinfo=UTC))
    gave(appeal, email="ben@example.org", cents=77_00)
    response = client.get(link_of(donation))
    text = text_of(response)
    assert response.status_code == 200
    assert all(told in text for told in ("CA$25", "CA$40", "2025", "2026"))
    assert "77" not in text
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies
    assert "ann@example.org" not in text


def test_opening_the_page_changes_nothing_and_costs_the_same_for_many_gifts(client, appeal):
    donation = gave(appeal)
    path = link_of(donation)
    client.get(path)
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    for number in range(6):
        gave(appeal if number % 2 else AppealFactory())
    before = everything()
    with CaptureQueriesContext(connection) as many:
        client.get(path)
    assert len(many) - len(few) <= 0
    assert everything() == before


def test_a_link_ends_and_unknown_forgotten_and_foreign_links_are_all_the_same(client, appeal):
    donation = gave(appeal)
    over = confirmations.issue(purpose=DONOR_PURPOSE, object_id=donation.pk, lifetime=timedelta(seconds=-1))
    foreign = confirmations.issue(purpose="petition", object_id=donation.pk)
    nobody = confirmations.issue(purpose=DONOR_PURPOSE, object_id=0)
    mine = link_of(donation)
    erase("ann@example.org")
    paths = [f"{ASK}{token}/" for token in (over, foreign, nobody, "0" * 64, "x")] + [mine]
    answers = [client.get(path) for path in paths]
    assert {response.status_code for response in answers} == {404}
    texts = {re.sub(r'/manage/[^"]*', "", text_of(response)) for response in answers}
    assert len(texts) == 1


def test_a_donors_link_opens_no_other_page_of_ours(client, appeal):
    token = confirmations.issue(purpose=DONOR_PURPOSE, object_id=gave(appeal).pk)
    assert client.get(f"/en/act/confirm/{token}/").status_code == 404


def test_monthly_receipts_and_being_named_are_turned_off_and_on_by_post_alone(client, appeal, stripe):
    donation = monthly(client, stripe, appeal)
    path = link_of(donation)
    client.get(f"{path}?intent=receipts-off")
    assert Donation.objects.get().wants_renewal_receipts
    assert post(client, path, intent="receipts-off").status_code == 303
    assert post(client, path, intent="anonymous-on").status_code == 303
    assert post(client, path, intent="nonsense").status_code == 303
    found = Donation.objects.get()
    assert (found.wants_renewal_receipts, found.is_anonymous) == (False, True)
    stripe.advance(days=31)
    hear(client, stripe)
    assert OutboxMessage.objects.filter(kind="donation.receipt").count() == 1
    post(client, path, intent="receipts-on")
    stripe.advance(days=31)
    hear(client, stripe)
    assert OutboxMessage.objects.filter(kind="donation.receipt").count() == 2


@pytest.mark.parametrize(("intent", "flow"), [("portal", False), ("card", True)])
def test_stripes_page_is_reached_over_a_plain_link_in_the_donors_language(client, appeal, stripe, intent, flow):
    donation = monthly(client, stripe, appeal)
    path = link_of(donation).replace("/en/", "/fr/")
    response = post(client, path, intent=intent, gift=donation.pk)
    assert response.status_code == 200
    assert f'href="{stripe.url}' in response.content.decode()
    asked = stripe.sent("/v1/billing_portal/sessions")[0]["params"]
    assert asked["locale"] == "fr-CA"
    assert asked["return_url"].endswith("/fr/act/donate/manage/back/")  # no token in it
    assert ("flow_data" in asked) is flow


def test_nobody_opens_the_page_of_somebody_elses_monthly_gift(client, appeal, stripe):
    theirs = monthly(client, stripe, appeal)
    mine = gave(appeal)
    response = post(client, link_of(mine), intent="portal", gift=theirs.pk)
    assert response.status_code == 409
    assert not stripe.sent("/v1/billing_portal")


def test_the_link_about_a_card_leads_to_the_card_page_and_to_nothing_else(client, appeal, stripe):
    donation = monthly(client, stripe, appeal)
    path = link_of(donation, CARD_PURPOSE)
    shown = text_of(client.get(path))
    assert "CA$10" in shown
    assert "What you have paid" not in shown
    post(client, path, intent="anonymous-on")
    assert not Donation.objects.get().is_anonymous
    assert "flow_data" in stripe.sent("/v1/billing_portal/sessions")[0]["params"]
    stripe.cancel(subscription=donation.subscription_id)
    hear(client, stripe)
    assert "has ended" in text_of(client.get(path))


@pytest.mark.parametrize("purpose", [DONOR_PURPOSE, CARD_PURPOSE])
def test_while_stripe_is_silent_the_donor_reads_a_plain_sentence(client, appeal, stripe, purpose):
    donation = monthly(client, stripe, appeal)
    stripe.faults(requests=[{"kind": "error", "times": 9, "path": "/v1/billing_portal"}])
    response = post(client, link_of(donation, purpose), intent="card", gift=donation.pk)
    assert response.status_code == 503
    assert "Nothing has changed" in text_of(response)


@pytest.mark.parametrize("language", ["en", "fr", "zh-hant"])
def test_each_page_is_there_in_each_language(client, appeal, stripe, language):
    donation = monthly(client, stripe, appeal)
    paths = [ASK, f"{ASK}sent/", f"{ASK}back/", link_of(donation), link_of(donation, CARD_PURPOSE)]
    for path in paths:
        response = client.get(path.replace("/en/", f"/{language}/"))
        assert response.status_code == 200
        assert "%(" not in text_of(response)
        assert not response.cookies


def test_no_appeal_may_take_the_address_of_the_donors_page(appeal):
    appeal.slug = "manage"
    with pytest.raises(ValidationError):
        appeal.full_clean()
