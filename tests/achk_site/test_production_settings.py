"""A public server does not start with a key that everyone can read."""

from __future__ import annotations

import base64
import os
import subprocess
import sys

import pytest

from achk_site.env import BASE_DIR, PUBLISHED_KEY

SERVER = {
    "SECRET_KEY": "s" * 50,
    "ALLOWED_HOSTS": "www.example.org",
    "SITE_URL": "https://www.example.org",
    "DATABASE_URL": "sqlite:///var/none.sqlite3",
    "EMAIL_URL": "smtp://127.0.0.1:25",
    "SENDER_DOMAIN": "mail.example.org",
}
OWN = "own:" + base64.b64encode(b"o" * 32).decode()
PUBLISHED = "dev:" + base64.b64encode(PUBLISHED_KEY).decode()


def start(keys: str = OWN, **changes: str) -> subprocess.CompletedProcess[str]:
    """Start with the server's environment; a variable that is changed to nothing is not set."""
    named = {name: text for name, text in {**SERVER, "PERSONAL_DATA_KEYS": keys, **changes}.items() if text}
    return subprocess.run(
        [sys.executable, "-c", "import achk_site.settings.production"],
        cwd=BASE_DIR,
        env={**os.environ, **named},
        capture_output=True,
        text=True,
        check=False,
    )


def test_with_a_key_of_its_own_it_starts():
    assert start(OWN).returncode == 0


@pytest.mark.parametrize("keys", [PUBLISHED, f"{OWN},{PUBLISHED}"])
def test_with_the_published_key_it_does_not(keys):
    refused = start(keys)
    assert refused.returncode == 1
    assert "PERSONAL_DATA_KEYS holds the development key" in refused.stderr


SECRET = "provider:a-secret-of-thirty-two-characters"


@pytest.mark.parametrize(
    "changes",
    [
        {"ANYMAIL_PROVIDER": "postmark", "ANYMAIL_WEBHOOK_SECRET": SECRET, "EMAIL_URL": ""},
        {"ANYMAIL_WEBHOOK_SECRET": SECRET},
        {"BOUNCE_MAILBOX_URL": "imaps://bounce%40x:p%3Aw@mail.example.org/INBOX"},
    ],
)
def test_with_a_reader_of_bounces_it_starts(changes):
    assert start(**changes).returncode == 0


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"EMAIL_URL": ""}, "EMAIL_URL is not set"),
        ({"ANYMAIL_PROVIDER": "postmark"}, "ANYMAIL_WEBHOOK_SECRET is not set"),
        ({"ANYMAIL_PROVIDER": "../x", "ANYMAIL_WEBHOOK_SECRET": SECRET}, "none of anymail's back ends"),
        ({"ANYMAIL_PROVIDER": "pigeon", "ANYMAIL_WEBHOOK_SECRET": SECRET}, "none of anymail's back ends"),
        ({"ANYMAIL_WEBHOOK_SECRET": "a:b"}, "at least 32 characters"),
        ({"ANYMAIL_WEBHOOK_SECRET": "a" * 40}, "must be written user:password"),
        ({"BOUNCE_MAILBOX_URL": "imap://bounce:secret-word@mail.example.org/INBOX"}, "must begin with imaps://"),
    ],
)
def test_a_reader_of_bounces_that_cannot_work_is_refused_by_name(changes, words):
    refused = start(**changes)
    assert refused.returncode == 1
    assert words in refused.stderr
    assert "secret-word" not in refused.stderr.splitlines()[-1]


STRIPE = {"STRIPE_SECRET_KEY": "sk_live_0123456789abcdef", "STRIPE_WEBHOOK_SECRETS": "whsec_0123456789abcdef"}


@pytest.mark.parametrize(
    "changes",
    [
        STRIPE,
        {**STRIPE, "STRIPE_WEBHOOK_SECRETS": "whsec_0123456789abcdef, whsec_fedcba9876543210"},
        {**STRIPE, "STRIPE_SECRET_KEY": "rk_live_0123456789abcdef", "STRIPE_API_BASE": "https://api.stripe.com"},
        {**STRIPE, "STRIPE_SECRET_KEY": "sk_test_0123456789abcdef", "STRIPE_TEST_KEYS_ALLOWED": "1"},
    ],
)
def test_with_both_of_stripes_secrets_it_starts(changes):
    assert start(**changes).returncode == 0


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"STRIPE_SECRET_KEY": ""}, "STRIPE_SECRET_KEY is not set"),
        ({"STRIPE_WEBHOOK_SECRETS": ""}, "STRIPE_WEBHOOK_SECRETS is not set"),
        ({"STRIPE_SECRET_KEY": "sk_test_0123456789abcdef"}, "is a test key"),
        ({"STRIPE_SECRET_KEY": "pk_live_0123456789abcdef"}, "must begin with sk_live_"),
        ({"STRIPE_WEBHOOK_SECRETS": "secret-word-of-length"}, "must each begin with whsec_"),
        ({"STRIPE_API_BASE": "http://127.0.0.1:12111"}, "STRIPE_API_BASE must be unset"),
    ],
)
def test_stripes_variables_that_contradict_each_other_are_refused_by_name(changes, words):
    refused = start(**{**STRIPE, **changes})
    assert refused.returncode == 1
    assert words in refused.stderr
    assert "secret-word" not in refused.stderr.splitlines()[-1]


def test_the_development_settings_use_the_published_key():
    from achk_site.settings import dev

    assert list(dev.PERSONAL_DATA_KEYS.values()) == [PUBLISHED_KEY]
