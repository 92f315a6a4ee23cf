"""The giving form and the form for a donor's link, with everything that people and programs send."""

from __future__ import annotations

import html

import pytest
from django.core import mail

from actions.confirmations.models import Confirmation
from actions.donations.models import Appeal, Donation
from actions.outbox.models import OutboxMessage
from actions.outbox.supporter_mail import OutboxQueue
from actions.outbox.worker import Worker
from actions.protection.limits import Limit
from actions.protection.tokens import issue_token
from tests.actions.donations.reading import SECRET, begun, hear
from tests.bad_input import corpus
from tests.bad_input.reading import dangers, sent
from tests.factories.donations import AppealFactory
from tests.stubs.stripe_server import stripe_stand_in

pytestmark = pytest.mark.django_db

GIVE = "/en/act/donate/lights/give/"
ASK = "/en/act/donate/manage/"
# Nothing that the form asks: a gift is what its own fields say, in Canadian dollars.
EXTRA = {
    "currency": "jpy", "CURRENCY": "HKD", "unit_amount": "1", "amount_cents": "1", "amount_monthly": "1000",
    "price": "price_1", "interval": "year", "mode": "subscription", "quantity": "99", "minimum": "1", "success_url": "https://evil.example/",
    "metadata[donation]": "1", "fee_cover_cents": "-100", "starts": "2099-01-01", "attempt": "x", "state": "paid",
}  # fmt: skip


@pytest.fixture(autouse=True)
def stripe(settings, db):
    AppealFactory(slug="lights")
    with stripe_stand_in(seed="7") as stand_in:
        settings.STRIPE_SECRET_KEY, settings.STRIPE_API_BASE = stand_in.key, stand_in.url
        settings.PROTECTION_LIMITS = {name: Limit(1000, 600) for name in ("payment", "payment-day", "submit")}
        yield stand_in


def give(stranger, **changes):
    data = {"amount": "25", "frequency": "one_time", "form_token": issue_token("donation"), **changes}
    return stranger.post(GIVE, data)


@pytest.mark.parametrize("other", [False, True])
def test_what_is_no_sum_is_refused_and_kept(stranger, other):
    for text in [*corpus.MONEY_REFUSED, *corpus.TEXTS]:
        answer = give(stranger, amount=["25", text] if other and text.strip() else text)
        page = answer.content.decode()
        assert (answer.status_code, "error-summary" in page, dangers(page)) == (422, True, []), text
        assert not text.strip() or html.escape(text.strip()) in page, text
    assert not Donation.objects.exists()


def test_no_field_but_the_forms_own_makes_the_gift(stranger, stripe):
    assert give(stranger, **EXTRA).status_code == 303
    [asked] = stripe.sent("/v1/checkout/sessions")
    [item] = asked["params"]["line_items"]
    assert (item["price_data"]["currency"], int(item["price_data"]["unit_amount"]), asked["params"]["mode"]) == (
        "cad", 2500, "payment",
    )  # fmt: skip
    assert "evil" not in str(asked)
    for frequency in ("", "yearly", "year", "MONTHLY", "once", "one_time ", "monthly\u200b", "0", *corpus.TEXTS[:5]):
        assert give(stranger, frequency=frequency).status_code == 422, frequency
    assert Donation.objects.count() == 1


@pytest.mark.parametrize(
    "changes",
    [{"amount": "26"}, {"frequency": "monthly", "amount": ["", "25"]}, {"covers_fee": "on"}, {"is_anonymous": "on"}],
)
def test_an_attempt_is_for_the_gift_it_began_with(stranger, stripe, changes):
    token = issue_token("donation")
    assert give(stranger, form_token=token).status_code == 303
    assert give(stranger, form_token=token, **changes).status_code == 409
    assert Donation.objects.count() == len(stripe.sent("/v1/checkout/sessions")) == 1


def test_an_address_in_the_query_fills_in_sums_alone(stranger):
    for text in [*corpus.MONEY_REFUSED, *corpus.TEXTS]:
        answer = stranger.client.get("/en/act/donate/lights/", {"amount": text, "frequency": text, "starts": text})
        page = answer.content.decode() if answer.status_code == 200 else ""
        assert (answer.status_code in (200, 400), dangers(page)) == (True, []), text


def test_a_donors_link_is_mailed_to_what_is_an_address_alone(stranger):
    for text in [*corpus.EMAILS_REFUSED, *corpus.TEXTS]:
        answer = stranger.post(ASK, {"email": text})
        assert (answer.status_code, dangers(answer.content.decode())) == (422, []), text
    for number, text in enumerate(corpus.EMAILS_KEPT):
        assert stranger.post(ASK, {"email": text, "form_token": issue_token("donor-link")}).status_code == 303, number
    assert {sent(OutboxQueue().prepare(one))["To"] for one in OutboxMessage.objects.all()}
    assert Confirmation.objects.count() == OutboxMessage.objects.count()


def test_what_stripe_took_for_a_name_or_an_address_is_thanked_by_one_plain_mail_or_none(client, stripe, settings):
    settings.STRIPE_WEBHOOK_SECRETS = [SECRET]
    people = [(name, f"d{number}@d.example") for number, name in enumerate([*corpus.HEADER_BREAKS, *corpus.TEXTS[::4]])]
    people += [("Bo", "x@香港.example"), ("Bo", "x@x.example\nBcc: v@v.example"), ("Bo", "a,b@x.example")]
    for name, email in people:
        stripe.pay(begun(Appeal.objects.get()).session_id, name=name, email=email)
    hear(client, stripe)
    assert set(Donation.objects.values_list("state", flat=True)) == {"paid"}
    Worker().drain()
    assert len(mail.outbox) == len(people) - 2  # staff see the two that cannot be sent
    assert "x@xn--j6w193g.example" in {sent(one)["To"] for one in mail.outbox}
