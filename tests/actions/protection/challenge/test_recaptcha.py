"""reCAPTCHA as an option: nothing inline, nothing about the visitor, and an outage refuses nobody."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import threading
import time
from urllib.error import HTTPError, URLError
from urllib.parse import parse_qs

import pytest
from django.core.checks import run_checks
from django_recaptcha.constants import TEST_PRIVATE_KEY, TEST_PUBLIC_KEY

from achk_site.env import BASE_DIR
from actions.protection.breaker import record_failure
from actions.protection.challenge import recaptcha
from actions.protection.challenge.policy import ChallengeResult
from tests.achk_site.test_security_headers import policy_of
from tests.actions.protection.challenge.conftest import GIVE
from tests.threads import at_once

pytestmark = pytest.mark.django_db
PASSED, MISSING, WRONG, UNAVAILABLE = ChallengeResult


@pytest.fixture(autouse=True)
def google(settings, monkeypatch):
    """Google as far as we see it: ``google.answer`` is its answer, or an exception, or a function."""
    settings.CHALLENGE = "recaptcha"
    settings.RECAPTCHA_PUBLIC_KEY, settings.RECAPTCHA_PRIVATE_KEY = "site-key", "secret-key"

    class Google:
        answer: object = {"success": True}
        hangs = threading.Event()
        asked: list[bytes] = []

    def recaptcha_request(form: bytes):
        Google.asked.append(form)
        if callable(Google.answer):
            return Google.answer()
        if isinstance(Google.answer, Exception):
            raise Google.answer
        body = Google.answer if isinstance(Google.answer, bytes) else json.dumps(Google.answer).encode()
        return io.BytesIO(body)

    Google.asked = []
    monkeypatch.setattr(recaptcha, "recaptcha_request", recaptcha_request)
    yield Google
    wake(Google)


def wake(google) -> None:
    """Let whoever hangs answer at last."""
    google.hangs.set()
    for thread in threading.enumerate():
        if thread.name == "recaptcha":
            thread.join()


@pytest.fixture
def raised():
    for _ in range(21):
        record_failure("donations")


def failed(*codes: str) -> dict:
    return {"success": False, "error-codes": list(codes)}


@pytest.mark.parametrize(
    ("answer", "result"),
    [
        ({"success": True, "hostname": "www.example.org"}, PASSED),
        (failed("invalid-input-response"), WRONG),
        (failed("timeout-or-duplicate"), WRONG),
        (failed("invalid-input-secret"), UNAVAILABLE),
        (failed("invalid-input-response", "bad-request"), UNAVAILABLE),
        (failed(), UNAVAILABLE),
        ({"success": "true"}, UNAVAILABLE),
        ({"error-codes": 7}, UNAVAILABLE),
        ([], UNAVAILABLE),
        (7, UNAVAILABLE),
        (b"<html>", UNAVAILABLE),
        (b"\xff", UNAVAILABLE),
        (b"", UNAVAILABLE),
        (b"[" * 9_000, UNAVAILABLE),
        (URLError("no name"), UNAVAILABLE),
        (HTTPError("https://www.recaptcha.net", 503, "busy", None, None), UNAVAILABLE),
        (TimeoutError(), UNAVAILABLE),
        (ConnectionResetError(), UNAVAILABLE),
    ],
)
def test_what_google_says_and_what_it_does_not(google, answer, result):
    google.answer = answer
    assert recaptcha.look_at_token("token") == result


def test_no_token_is_missing_and_an_endless_one_is_not_sent(google):
    assert recaptcha.look_at_token("") == MISSING
    assert recaptcha.look_at_token("x" * 5_000) == WRONG
    assert not google.asked


def test_who_hangs_is_waited_for_no_longer_than_the_deadline(google, monkeypatch):
    monkeypatch.setattr(recaptcha, "DEADLINE_SECONDS", 0.3)
    google.answer = google.hangs.wait
    began = time.monotonic()
    assert recaptcha.look_at_token("token") == UNAVAILABLE
    assert time.monotonic() - began < 0.8


def test_at_most_four_threads_wait_for_google(google, monkeypatch):
    monkeypatch.setattr(recaptcha, "DEADLINE_SECONDS", 0.5)
    google.answer = google.hangs.wait
    assert set(at_once(12, lambda n: recaptcha.look_at_token("token"))) == {UNAVAILABLE}
    assert len(google.asked) == recaptcha.AT_ONCE
    wake(google)
    google.answer = {"success": True}
    assert recaptcha.look_at_token("token") == PASSED


def test_google_learns_nothing_of_the_visitor_from_us(google, donor, raised):
    response = donor.give(**{"g-recaptcha-response": "token"}, headers={"x-forwarded-for": "203.0.113.9"})
    assert response.json()["challenge"] == "passed"
    assert parse_qs(google.asked[0].decode()) == {"secret": ["secret-key"], "response": ["token"]}


def test_an_outage_refuses_nobody_and_leaves_the_lower_limits(google, donor, raised):
    google.answer = URLError("down")
    statuses = [donor.give(**{"g-recaptcha-response": "token"}).status_code for _ in range(3)]
    assert statuses == [200, 200, 429]


def test_a_wrong_answer_keeps_what_was_typed(google, donor, raised):
    google.answer = failed("timeout-or-duplicate")
    response = donor.give(**{"g-recaptcha-response": "token"})
    assert response.status_code == 422
    assert 'value="陳大文"' in response.text


def test_the_page_holds_no_inline_script_and_asks_google_for_nothing_by_itself(donor, raised):
    html = donor.client.get("/fr/sample/give/").text
    assert html.count("<script") == html.count('<script type="module" src="/static/js/')
    assert 'data-recaptcha-load="https://www.recaptcha.net/recaptcha/api.js?hl=fr-CA"' in html
    assert 'data-sitekey="site-key"' in html
    assert not [line for line in html.splitlines() if "google" in line and "src=" in line]


def test_only_the_page_that_shows_it_opens_its_policy(donor, settings, raised):
    closed = policy_of(donor.client.get("/en/act/check-your-inbox/"))
    opened = policy_of(donor.client.get(GIVE))
    assert opened.pop("frame-src") == ["https://www.recaptcha.net/recaptcha/"]
    assert opened.pop("script-src")[:2] == ["'self'", "https://www.recaptcha.net/recaptcha/"]
    assert closed.pop("script-src") == ["'self'"]
    assert opened == closed
    settings.CHALLENGE = "altcha"
    closed["script-src"] = ["'self'"]
    assert policy_of(donor.client.get(GIVE)) == closed


def test_googles_published_keys_stop_a_server_and_not_a_developer(settings):
    settings.RECAPTCHA_PUBLIC_KEY, settings.RECAPTCHA_PRIVATE_KEY = TEST_PUBLIC_KEY, TEST_PRIVATE_KEY
    found = [error for error in run_checks() if error.id == "django_recaptcha.recaptcha_test_key_error"]
    assert [error.is_silenced() for error in found] == [True]
    settings.SILENCED_SYSTEM_CHECKS = ["security.W019"]
    assert not found[0].is_silenced()


@pytest.mark.parametrize(
    ("environment", "complaint"),
    [
        ({}, ""),
        ({"CHALLENGE": "altcha", "RECAPTCHA_PUBLIC_KEY": "a"}, ""),
        ({"CHALLENGE": "recaptcha", "RECAPTCHA_PUBLIC_KEY": "a", "RECAPTCHA_PRIVATE_KEY": "b"}, ""),
        ({"CHALLENGE": "hcaptcha"}, "CHALLENGE must be"),
        ({"CHALLENGE": "recaptcha"}, "RECAPTCHA_PUBLIC_KEY is not set"),
        ({"CHALLENGE": "recaptcha", "RECAPTCHA_PUBLIC_KEY": "a"}, "RECAPTCHA_PRIVATE_KEY is not set"),
    ],
)
def test_a_contradictory_environment_is_named(environment, complaint):
    started = subprocess.run(
        [sys.executable, "-c", "import achk_site.settings.dev"],
        cwd=BASE_DIR,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (started.returncode != 0) == bool(complaint)
    assert complaint in started.stderr
