"""A provider's webhooks, through anymail's own addresses and views, with the payloads that providers send."""

from __future__ import annotations

import base64
import hashlib
import hmac
import importlib
import json

import pytest
from django.test import Client
from django.urls import clear_url_caches

from actions.outbox.clock import database_now
from actions.outbox.models import OutboxMessage
from actions.outbox.return_path import token_for
from actions.outbox.states import DispatchState
from tests.factories.outbox import queued_mail

pytestmark = pytest.mark.django_db
SECRET = "provider:a-secret-of-thirty-two-characters"
POSTMARK = "/anymail/postmark/tracking/"
MAILGUN = "/anymail/mailgun/tracking/"


def reload_urls() -> None:
    clear_url_caches()
    importlib.reload(importlib.import_module("achk_site.urls"))


@pytest.fixture
def webhooks(settings):
    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET, "MAILGUN_WEBHOOK_SIGNING_KEY": "signing-key"}
    reload_urls()
    yield
    settings.ANYMAIL = {}
    reload_urls()


def sent():
    return queued_mail(state=DispatchState.SENT, settled_at=database_now(), handed_over_at=database_now())


def stored(row) -> OutboxMessage:
    return OutboxMessage.objects.get(pk=row.pk)


def token_of(row) -> str:
    return token_for(queue_name="outbox", pk=row.pk)


def call(path, payload, *, secret=SECRET, raw=None, **extra):
    """As a provider's server does: no cookie, no Origin, no form token; every check for CSRF is on."""
    body = raw if raw is not None else json.dumps(payload).encode()
    head = {"HTTP_AUTHORIZATION": "Basic " + base64.b64encode(secret.encode()).decode()} if secret else {}
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    return client.post(path, body, content_type="application/json", **head, **extra)


def postmark(row, **changes) -> dict:
    """https://postmarkapp.com/developer/webhooks/bounce-webhook"""
    bounce = {
        "RecordType": "Bounce",
        "MessageStream": "outbound",
        "ID": 4323372036854775807,
        "Type": "HardBounce",
        "TypeCode": 1,
        "Name": "Hard bounce",
        "Tag": "",
        "MessageID": "883953f4-6105-42a2-a16a-77a8eac79483",
        "Metadata": {"token": token_of(row)},
        "ServerID": 23,
        "Description": "The server was unable to deliver your message (ex: unknown user, mailbox not found).",
        "Details": "smtp;550 5.1.1 The email account that you tried to reach does not exist.",
        "Email": "jordan.lee@parl.example",
        "From": "no-reply@mail.achk.test",
        "BouncedAt": "2026-11-25T16:33:54.9070259Z",
        "DumpAvailable": True,
        "Inactive": True,
        "CanActivate": True,
        "Subject": "Test subject",
        "Content": "Return-Path: <>\r\nSubject: the supporter's letter",
    }
    return {**bounce, **changes}


def mailgun(row, event="failed", severity="permanent", *, metadata=True, code=550, message="5.1.1 unknown") -> dict:
    """https://documentation.mailgun.com/docs/mailgun/user-manual/events/event-structure/"""
    timestamp, token = "1799999999", "a" * 50
    signature = hmac.new(b"signing-key", f"{timestamp}{token}".encode(), hashlib.sha256).hexdigest()
    return {
        "signature": {"timestamp": timestamp, "token": token, "signature": signature},
        "event-data": {
            "event": event,
            "severity": severity,
            "id": "G9Bn5sl1TC6nu79C8C0bwg",
            "timestamp": 1799999999.529706,
            "reason": "bounce",
            "recipient": "jordan.lee@parl.example",
            "delivery-status": {"code": code, "message": message, "description": ""},
            "message": {"headers": {"message-id": row.message_id.strip("<>"), "to": "jordan.lee@parl.example"}},
            "user-variables": {"token": token_of(row)} if metadata else {},
            "tags": [],
        },
    }


def test_a_hard_bounce_ends_the_mail_whatever_number_of_times_it_is_told(webhooks):
    row = sent()
    assert [call(POSTMARK, postmark(row)).status_code for _ in range(3)] == [200] * 3
    after = stored(row)
    assert (after.state, after.held_reason, after.last_status, after.last_code) == ("failed", "bounced", "5.1.1", 550)


@pytest.mark.parametrize(
    ("changes", "state", "status"),
    [
        ({"Type": "SoftBounce", "Details": "smtp;452 4.2.2 over quota"}, "failed", "4.2.2"),  # its text is gone
        ({"Type": "BadEmailAddress", "Details": ""}, "failed", "5.1.0"),
        ({"Type": "SpamComplaint", "RecordType": "SpamComplaint"}, "failed", ""),
        ({"Type": "Transient"}, "sent", ""),
        ({"Type": "AutoResponder"}, "sent", ""),
        ({"Type": "ChallengeVerification"}, "sent", ""),
        ({"RecordType": "Delivery"}, "sent", ""),
        ({"RecordType": "Open"}, "sent", ""),
        ({"RecordType": "Click"}, "sent", ""),
        ({"RecordType": "Unheard of"}, "sent", ""),
    ],
)
def test_each_kind_of_event_is_taken_for_what_it_is(webhooks, changes, state, status):
    row = sent()
    assert call(POSTMARK, postmark(row, **changes)).status_code == 200
    assert (stored(row).state, stored(row).last_status) == (state, status)


def test_a_delay_puts_off_the_claim_of_delivery(webhooks):
    row = sent()
    call(POSTMARK, postmark(row, Type="Transient"))
    assert stored(row).next_attempt_at > database_now()


@pytest.mark.parametrize("metadata", [True, False])
def test_mailgun_is_understood_by_metadata_or_by_our_message_id(webhooks, metadata):
    row = sent()
    assert call(MAILGUN, mailgun(row, metadata=metadata)).status_code == 200
    assert (stored(row).state, stored(row).last_status) == (DispatchState.FAILED, "5.1.1")


def test_a_report_of_delivery_settles_an_uncertain_mail(webhooks):
    row = sent()
    OutboxMessage.objects.update(state=DispatchState.UNCERTAIN)
    call(MAILGUN, mailgun(row, "delivered", "", code=250, message="OK"))
    assert stored(row).state == DispatchState.SENT


@pytest.mark.parametrize(
    "changes",
    [
        {"Metadata": {"token": "a" * 39}},
        {"Metadata": {"token": {"$ne": ""}}},
        {"Metadata": {"token": "\0\ud800"}},
        {"Metadata": {}},
        {"Metadata": []},
        {"Metadata": {}, "MessageID": "<x@elsewhere.example>"},
        {"Metadata": {}, "MessageID": "\0" * 5_000},
    ],
)
def test_a_report_about_no_mail_of_ours_changes_nothing(webhooks, changes, caplog):
    row = sent()
    assert call(POSTMARK, postmark(row, **changes)).status_code in (200, 400)
    assert stored(row).state == DispatchState.SENT
    assert "jordan.lee" not in caplog.text


@pytest.mark.parametrize("secret", ["", "provider:wrong", "provider:", SECRET.upper()])
def test_without_the_secret_nothing_is_taken(webhooks, secret):
    row = sent()
    assert call(POSTMARK, postmark(row), secret=secret).status_code == 400
    assert stored(row).state == DispatchState.SENT


def test_a_wrong_signature_is_refused(webhooks):
    row = sent()
    payload = mailgun(row)
    payload["signature"]["signature"] = "0" * 64
    assert call(MAILGUN, payload).status_code == 400
    assert stored(row).state == DispatchState.SENT


@pytest.mark.parametrize(
    "raw",
    [b"", b"{", b"null", b"[]", b'"x"', b"\xff\xfe", b"\0", b'{"RecordType": []}', b"[" * 100_000, b"x" * 3_000_000],
)
@pytest.mark.parametrize("path", [POSTMARK, MAILGUN, "/anymail/sparkpost/tracking/", "/anymail/brevo/tracking/"])
def test_a_body_that_is_no_report_gets_a_4xx(webhooks, path, raw):
    assert call(path, None, raw=raw).status_code in (200, 400, 413)


@pytest.mark.parametrize("path", ["/anymail/postmark/inbound/", "/anymail/mailgun/inbound/", "/anymail/"])
def test_there_is_no_way_in_for_other_mail(webhooks, path):
    assert call(path, {}, follow=True).status_code == 404


def test_without_a_secret_in_the_environment_there_is_no_such_address():
    row = sent()
    assert call(POSTMARK, postmark(row), follow=True).status_code == 404
    assert stored(row).state == DispatchState.SENT


def test_no_cookie_comes_back(webhooks):
    assert not call(POSTMARK, postmark(sent())).cookies
