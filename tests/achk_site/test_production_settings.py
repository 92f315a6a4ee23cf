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


def start(keys: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "import achk_site.settings.production"],
        cwd=BASE_DIR,
        env={**os.environ, **SERVER, "PERSONAL_DATA_KEYS": keys},
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


def test_the_development_settings_use_the_published_key():
    from achk_site.settings import dev

    assert list(dev.PERSONAL_DATA_KEYS.values()) == [PUBLISHED_KEY]
