"""One token, one attempt, one action."""

from __future__ import annotations

import threading
import uuid
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from actions.protection import tokens
from actions.protection.models import SpentToken
from actions.protection.tokens import issue_token, read_token, spend_token, sweep_tokens

ADDRESS = "/en/act/form-token/"
OURS = {"sec-fetch-site": "same-origin"}


def test_a_fresh_token_names_its_attempt():
    token = read_token(issue_token("letter"), "letter")
    assert token is not None
    assert isinstance(token.attempt_id, uuid.UUID)
    assert timezone.now() - token.issued_at < timedelta(seconds=5)


def test_two_tokens_are_two_attempts():
    first, second = (read_token(issue_token("letter"), "letter") for _ in range(2))
    assert first
    assert second
    assert first.attempt_id != second.attempt_id


def test_a_token_for_another_action_is_none():
    assert read_token(issue_token("petition"), "letter") is None


@pytest.mark.parametrize(
    "spoil",
    [
        lambda raw: "",
        lambda raw: None,
        lambda raw: "nonsense",
        lambda raw: "::",
        lambda raw: raw[:-1],
        lambda raw: raw + "A",
        lambda raw: "A" + raw,
        lambda raw: raw.upper(),
        lambda raw: raw.replace(":", "", 1),
        lambda raw: raw * 100,
        lambda raw: raw.split(":")[0] + ":" + issue_token("letter").partition(":")[2],
        lambda raw: "\u202e" + raw,
        lambda raw: "é:1:x",
    ],
)
def test_a_tampered_token_is_none(spoil):
    assert read_token(spoil(issue_token("letter")), "letter") is None


def test_a_token_expires(monkeypatch):
    raw = issue_token("letter")
    monkeypatch.setattr(tokens, "MAX_AGE", timedelta(seconds=-1))
    assert read_token(raw, "letter") is None


def test_a_token_signed_elsewhere_is_none(settings):
    raw = issue_token("letter")
    settings.SECRET_KEY = "another server's secret"
    assert read_token(raw, "letter") is None


def test_a_token_ripens_after_two_seconds():
    token = read_token(issue_token("letter"), "letter")
    assert token
    assert not token.is_ripe
    old = tokens.FormToken(token.attempt_id, "letter", token.issued_at - timedelta(seconds=3))
    assert old.is_ripe


@pytest.mark.django_db
def test_an_attempt_is_spent_once_and_the_transaction_goes_on():
    attempt = uuid.uuid4()
    with transaction.atomic():
        assert spend_token(attempt)
        assert not spend_token(attempt)
        assert SpentToken.objects.count() == 1


@pytest.mark.django_db
def test_who_has_no_token_spends_nothing():
    assert spend_token(None)
    assert not SpentToken.objects.exists()


@pytest.mark.django_db
def test_a_rolled_back_acceptance_gives_the_attempt_back():
    attempt = uuid.uuid4()

    def fail() -> None:
        with transaction.atomic():
            spend_token(attempt)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert spend_token(attempt)


@pytest.mark.django_db(transaction=True)
def test_of_twenty_double_clicks_one_is_first():
    attempt, results = uuid.uuid4(), []

    def accept() -> None:
        with transaction.atomic():
            results.append(spend_token(attempt))
        connection.close()

    threads = [threading.Thread(target=accept) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == [False] * 19 + [True]


@pytest.mark.django_db
def test_the_sweep_keeps_attempts_whose_token_still_reads():
    now = timezone.now()
    SpentToken.objects.create(attempt_id=uuid.uuid4(), spent_at=now - timedelta(hours=25))
    kept = SpentToken.objects.create(attempt_id=uuid.uuid4(), spent_at=now - timedelta(hours=13))
    sweep_tokens(now)
    assert list(SpentToken.objects.all()) == [kept]


def test_the_address_hands_a_token_to_our_own_pages():
    response = Client().get(ADDRESS, {"action": "letter"}, headers=OURS)
    assert read_token(response.json()["token"], "letter")
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies


@pytest.mark.parametrize("headers", [{}, {"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}])
def test_the_address_hands_nothing_to_others(headers):
    assert Client().get(ADDRESS, {"action": "letter"}, headers=headers).status_code == 403


@pytest.mark.parametrize("action", ["", "x" * 40, "<b>", "a b", "Letter", "../x"])
def test_the_address_refuses_odd_actions(action):
    assert Client().get(ADDRESS, {"action": action}, headers=OURS).status_code == 400


def test_the_address_takes_no_post():
    assert Client().post(ADDRESS, {"action": "letter"}, headers=OURS).status_code == 405
