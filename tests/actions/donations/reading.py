"""Filling in the giving form by test."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta

from django.utils import timezone

from actions.donations import services
from actions.donations.models import Donation, Payment
from actions.donations.processing import forget_rest, handle_waiting
from actions.protection.tokens import issue_token
from tests.factories.donations import gift
from tests.stubs.stripe_server import webhook

SECRET = "whsec_0123456789abcdef"

URL = "/en/act/donate/lights/"


def post(client, path: str = f"{URL}give/", /, *, token: str | None = "new", **fields):
    """Send the form as the page's script does; ``token=None`` as a browser without script does."""
    data = {"amount": "25", "frequency": "one_time", **fields}
    if token is not None:
        data["form_token"] = issue_token("donation") if token == "new" else token
    return client.post(
        path, {name: value for name, value in data.items() if value is not None}, HTTP_ORIGIN="http://testserver"
    )


def text_of(response) -> str:
    """What a reader sees: no tags, no runs of blanks; no-break spaces stay."""
    body = re.sub(r"<(script|style)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"[ \n]+", " ", re.sub(r"<[^>]+>", " ", body))


def hidden(response, name: str) -> str:
    """The value of a hidden field of the last form that has it."""
    return re.findall(rf'name="{name}" value="([^"]*)"', response.content.decode())[-1]


def begun(appeal, **changes) -> Donation:
    """A gift with a payment page at the stand-in."""
    return services.start(appeal=appeal, wording_version=None, gift=gift(**changes), token=uuid.uuid4())


def paid(stripe, appeal, *, card: str = "works", **changes) -> Donation:
    """A gift that was paid on Stripe's page; our site has not heard of it yet."""
    donation = begun(appeal, **changes)
    stripe.pay(donation.session_id, card=card)
    return donation


def call(client, event: dict, *, secret: str = SECRET, at: int | None = None, **headers):
    """Send one event as Stripe sends it."""
    body, signature = webhook(event, secret, at=at)
    return client.post(
        "/stripe/webhook/", body, content_type="application/json", HTTP_STRIPE_SIGNATURE=signature, **headers
    )


def work() -> None:
    """Handle all that waits, as the worker does in its rounds."""
    forget_rest()
    while handle_waiting(timezone.now() + timedelta(seconds=1)):
        pass


def hear(client, stripe, kind: str = "") -> None:
    """Get all webhooks so far, or those of one kind, and let the worker handle them."""
    for event in stripe.events(kind):
        assert call(client, event).status_code == 200
    work()


def books() -> list[tuple]:
    """What the ledger says of each charge, in the order of the stand-in's own ledger."""
    rows = Payment.objects.order_by("charge_id")
    return [(row.charge_id, row.amount_cents, row.refunded_cents, row.fee_cents, row.net_cents) for row in rows]


def books_of(stripe) -> list[tuple]:
    """What the stand-in says of each charge."""
    rows = sorted(stripe.ledger(), key=lambda row: row["charge"])
    return [(row["charge"], row["amount"], row["refunded"], row["fee"], row["net"]) for row in rows]
