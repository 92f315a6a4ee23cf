"""Webhooks: signed, repeated until taken, and lost, doubled or shuffled when that is asked for."""

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import stripe

from tests.demo.stripe.gifts import once
from tests.stubs.stripe_server import webhook


class Inbox(BaseHTTPRequestHandler):
    taken: list
    answers: list

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        status = self.answers.pop(0) if self.answers else 200
        self.taken.append((body, self.headers["Stripe-Signature"], status))
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args):
        pass


@contextmanager
def inbox(*answers):
    handler = type("Handler", (Inbox,), {"taken": [], "answers": list(answers)})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/stripe/webhook/", handler.taken
    finally:
        server.shutdown()
        server.server_close()


def give(stand_in, client, times=1):
    for _ in range(times):
        stand_in.pay(once(client).id)
    stand_in.drain()


def test_every_webhook_verifies_and_each_has_its_own_id(stand_in, client):
    with inbox() as (address, taken):
        stand_in.send_webhooks_to(address, secret="whsec_1")
        give(stand_in, client)
    events = [stripe.Webhook.construct_event(body, signature, "whsec_1") for body, signature, _status in taken]
    assert len({event.id for event in events}) == len(events) == stand_in.state()["events"]
    assert {event.api_version for event in events} == {stripe.api_version}
    assert {event.livemode for event in events} == {False}
    assert {"checkout.session.completed", "payment_intent.succeeded", "charge.updated"} <= {one.type for one in events}


def test_another_secret_an_old_moment_and_a_changed_body_do_not_verify(stand_in, client):
    give(stand_in, client)
    body, signature = webhook(stand_in.events("charge.succeeded")[0], "whsec_1")
    _same, old = webhook(stand_in.events("charge.succeeded")[0], "whsec_1", at=int(time.time()) - 301)
    assert stripe.Webhook.construct_event(body, signature, "whsec_1").type == "charge.succeeded"
    for payload, header, secret in (
        (body, signature, "whsec_2"),
        (body, old, "whsec_1"),
        (body + b" ", signature, "whsec_1"),
    ):
        with pytest.raises(stripe.SignatureVerificationError):
            stripe.Webhook.construct_event(payload, header, secret)


def test_it_is_repeated_until_somebody_takes_it(stand_in, client):
    with inbox(500, 404, 302) as (address, taken):
        stand_in.send_webhooks_to(address, secret="whsec_1", kinds=["checkout.session.completed"])
        give(stand_in, client)
    assert [status for _body, _signature, status in taken] == [500, 404, 302, 200]
    assert len({json.loads(body)["id"] for body, _signature, _status in taken}) == 1
    assert stand_in.state()["undelivered"] == 0


def test_events_that_nobody_took_are_listed_as_not_delivered(stand_in, client):
    with inbox(*[500] * 100) as (address, _taken):
        stand_in.send_webhooks_to(address, secret="whsec_1", kinds=["checkout.session.completed"])
        stand_in.pay(once(client).id)
        assert [one.type for one in client.v1.events.list({"delivery_success": False}).data] == [
            "checkout.session.completed"
        ]
    assert len(client.v1.events.list({"type": "charge.*", "delivery_success": True}).data) == 2


def test_two_endpoints_get_it_with_their_own_secrets(stand_in, client):
    with inbox() as (first, one), inbox() as (second, other):
        stand_in.endpoints(endpoints=[[first, "whsec_1"], [second, "whsec_2", ["charge.succeeded"]]])
        give(stand_in, client)
    assert len(other) == 1
    assert len(one) == stand_in.state()["events"]
    assert stripe.Webhook.construct_event(*other[0][:2], "whsec_2").type == "charge.succeeded"


def test_dropped_ones_never_arrive_and_stay_pending(stand_in, client):
    with inbox() as (address, taken):
        stand_in.send_webhooks_to(address, secret="whsec_1")
        stand_in.faults(webhooks={"drop": 1})
        give(stand_in, client)
    assert taken == []
    assert stand_in.state()["undelivered"] == stand_in.state()["events"]


def test_copies_and_shuffling_arrive_as_asked(stand_in, client):
    with inbox() as (address, taken):
        stand_in.send_webhooks_to(address, secret="whsec_1")
        stand_in.faults(webhooks={"copies": 3, "shuffle": 0.5})
        give(stand_in, client, times=3)
    ids = [json.loads(body)["id"] for body, _signature, _status in taken]
    assert len(ids) == 3 * len(set(ids)) == 3 * stand_in.state()["events"]
    order = [event["id"] for event in stand_in.events()]
    assert sorted(ids, key=order.index) != ids
    assert stand_in.state()["undelivered"] == 0


def test_staff_can_send_one_again(stand_in, client):
    with inbox() as (address, taken):
        stand_in.send_webhooks_to(address, secret="whsec_1", kinds=["charge.succeeded"])
        give(stand_in, client)
        stand_in.resend(event=stand_in.events("charge.succeeded")[0]["id"])
        stand_in.drain()
    assert len(taken) == 2


def test_an_event_names_the_request_that_caused_it(stand_in, client):
    session = once(client)
    stand_in.pay(session.id)
    client.v1.refunds.create(
        {"payment_intent": client.v1.checkout.sessions.retrieve(session.id).payment_intent},
        {"idempotency_key": "refund-1"},
    )
    assert stand_in.events("refund.created")[0]["request"]["idempotency_key"] == "refund-1"
    assert stand_in.events("checkout.session.completed")[0]["request"] == {"id": None, "idempotency_key": None}
