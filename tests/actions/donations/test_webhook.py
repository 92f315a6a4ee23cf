"""Where Stripe calls us: only Stripe, only now, only once, and quickly."""

from __future__ import annotations

import json
import time

import pytest
from django.db import connection
from django.test import Client

from actions.donations import gateway
from actions.donations.models import Payment, StripeEvent
from actions.donations.states import CameBy
from tests.actions.donations.reading import SECRET, begun, call, paid, work
from tests.stubs.stripe_server import webhook
from tests.threads import at_once

URL = "/stripe/webhook/"


def event(**changes) -> dict:
    return {
        "id": "evt_1", "object": "event", "type": "checkout.session.completed", "livemode": False,
        "created": int(time.time()), "api_version": gateway.API_VERSION, "pending_webhooks": 1, "request": None,
        "data": {"object": {"id": "cs_test_1", "object": "checkout.session"}}, **changes,
    }  # fmt: skip


def send(client, body: bytes, signature: str):
    return client.post(URL, body, content_type="application/json", HTTP_STRIPE_SIGNATURE=signature)


@pytest.fixture(autouse=True)
def _on(with_key, db):
    """Nobody is to be asked while an event is taken: whoever asks finds nobody."""


def test_an_event_is_stored_once_and_answered_without_asking_anybody(client, django_assert_num_queries):
    """On PostgreSQL the one statement goes past Django, which sees none."""
    with django_assert_num_queries(0 if connection.vendor == "postgresql" else 1):
        first = call(client, event())
    again = call(client, event())
    assert (first.status_code, again.status_code) == (200, 200)
    stored = StripeEvent.objects.get()
    assert (stored.event_id, stored.object_id, stored.came_by) == ("evt_1", "cs_test_1", CameBy.WEBHOOK)
    assert stored.handled_at is None


def test_a_kind_that_nobody_handles_is_stored_and_done(client):
    assert call(client, event(type="radar.early_fraud_warning.created")).status_code == 200
    assert StripeEvent.objects.get().outcome == "ignored"


def test_fifty_at_once_are_stored_once(client, transactional_db):
    answers = at_once(50, lambda _number: call(Client(), event()).status_code)
    assert set(answers) == {200}
    assert StripeEvent.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_died_meanwhile_is_replaced(client):
    assert call(client, event()).status_code == 200
    if connection.vendor == "postgresql":
        connection.connection.close()
    assert call(client, event(id="evt_2")).status_code == 200
    assert StripeEvent.objects.count() == 2


def test_either_secret_holds_while_one_is_replaced(client, settings):
    settings.STRIPE_WEBHOOK_SECRETS = ["whsec_the-new-one-0123456", SECRET]
    assert call(client, event()).status_code == 200
    assert call(client, event(id="evt_2"), secret="whsec_the-new-one-0123456").status_code == 200


@pytest.mark.parametrize(
    ("changes", "how"),
    [
        ({}, {"secret": "whsec_of-somebody-else-1"}),
        ({}, {"at": int(time.time()) - 600}),
        ({}, {"at": int(time.time()) + 3600}),
        ({"livemode": True}, {}),
        ({"account": "acct_connected"}, {}),
    ],
    ids=["foreign secret", "old", "from the future", "wrong mode", "another account"],
)
def test_what_is_not_ours_changes_nothing(client, changes, how):
    assert call(client, event(**changes), **how).status_code == 400
    assert not StripeEvent.objects.exists()


def test_tampering_is_noticed(client):
    body, signature = webhook(event(), SECRET)
    assert send(client, body.replace(b"cs_test_1", b"cs_test_2"), signature).status_code == 400
    assert not StripeEvent.objects.exists()


@pytest.mark.parametrize(
    "signature", ["", "t=,v1=", "t=1", "v1=abc", "t=99999999999999999999,v1=a", "t=nan,v1=é", "t=1,t=2,v1=x", "ü"]
)
def test_headers_that_are_no_signature_are_refused(client, signature):
    body, _ = webhook(event(), SECRET)
    assert send(client, body, signature).status_code == 400


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b"null",
        b"\xff\xfe",
        b'{"id": 1',
        b'{"object": "event"}',
        b'"x"',
        b"[" * 100_000,
        json.dumps({**event(), "created": 10**30}).encode(),
        json.dumps({**event(), "id": 7}).encode(),
        json.dumps({**event(), "id": "x" * 121}).encode(),
        json.dumps({**event(), "id": "a\0"}).encode(),
        json.dumps({**event(), "type": None}).encode(),
        json.dumps({**event(), "data": {"object": []}}).encode(),
        json.dumps({**event(), "object": "v2.core.event"}).encode(),
    ],
)
def test_signed_nonsense_is_refused(client, content):
    import hashlib
    import hmac

    now = str(int(time.time())).encode()
    mac = hmac.new(SECRET.encode(), now + b"." + content, hashlib.sha256).hexdigest()
    assert send(client, content, f"t={now.decode()},v1={mac}").status_code == 400


def test_too_large_a_body_is_not_even_read(client):
    large = event(data={"object": {"id": "x" * 300_000, "object": "charge"}})
    assert call(client, large).status_code == 413
    assert not StripeEvent.objects.exists()


def test_only_posts_are_taken_and_nothing_without_a_secret(client, settings):
    assert client.get(URL).status_code == 405
    settings.STRIPE_WEBHOOK_SECRETS = []
    assert call(client, event()).status_code == 503


def test_no_cookie_no_cache_and_quick(client):
    took = []
    for number in range(50):
        began = time.perf_counter()
        answer = call(client, event(id=f"evt_{number}"))
        took.append(time.perf_counter() - began)
    assert sorted(took)[-2] < 0.1
    assert not answer.cookies
    assert "no-store" in answer["Cache-Control"]


def test_a_forged_event_for_a_real_gift_pays_nothing(client, appeal, stripe):
    """Even one that is signed: what counts is what Stripe says when it is asked."""
    donation = begun(appeal)
    forged = event(data={"object": {"id": donation.session_id, "object": "checkout.session", "payment_status": "paid"}})
    assert call(client, forged).status_code == 200
    work()
    donation.refresh_from_db()
    assert donation.state == "started"
    assert not Payment.objects.exists()


def test_a_replayed_event_pays_nothing_twice(client, appeal, stripe):
    donation = paid(stripe, appeal)
    [completed] = stripe.events("checkout.session.completed")
    for _ in range(3):
        call(client, completed)
        work()
    call(client, {**completed, "id": "evt_another_name"})
    work()
    donation.refresh_from_db()
    assert donation.state == "paid"
    assert Payment.objects.get().amount_cents == 2500
    assert json.dumps(completed)  # the stand-in's own event, as it came
