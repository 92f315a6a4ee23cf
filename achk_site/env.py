"""The environment, read in one place and typed; a wrong value stops the start with the variable's name."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

# What dev.py encrypts with when nobody says otherwise; it stands in the source for everyone to read.
PUBLISHED_KEY = b"development-key-not-for-producti"

env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")


def required(name: str) -> str:
    """Return the variable's text; raise ImproperlyConfigured naming it when it is missing or blank."""
    value = env.str(name, default="").strip()
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. It is required in production: see docs/deployment.md.")
    return value


def number(name: str, *, default: int) -> int:
    """Return the variable as a whole number; raise ImproperlyConfigured naming it when it is none."""
    try:
        return env.int(name, default=default)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a whole number.") from error


def key_ring(name: str, *, default: str = "") -> dict[str, bytes]:
    """Read ``id:base64key[,id:base64key]`` into an ordered mapping; the first key encrypts, all of them decrypt.

    Each key is 32 random bytes (``openssl rand -base64 32``).
    """
    ring: dict[str, bytes] = {}
    for item in filter(None, (part.strip() for part in env.str(name, default=default).split(","))):
        key_id, _, encoded = item.partition(":")
        try:
            key = base64.b64decode(encoded, validate=True)
        except binascii.Error as error:
            raise ImproperlyConfigured(f"{name}: the key '{key_id}' is not base64.") from error
        if not key_id or len(key) != 32:
            raise ImproperlyConfigured(f"{name}: '{key_id}' must be written id:base64 of exactly 32 bytes.")
        ring[key_id] = key
    return ring


@dataclass(frozen=True)
class Mailbox:
    """An IMAP mailbox; the password stays out of what is printed."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str
    is_encrypted: bool


def mailbox(name: str) -> Mailbox | None:
    """Read ``imaps://user:password@host/FOLDER``, or None when the variable is not set.

    Odd characters are percent-encoded. Raises ImproperlyConfigured; ``imap://``, without TLS, is for this machine only.
    """
    text = env.str(name, default="").strip()
    if not text:
        return None
    try:
        url = urlsplit(text)
        port = url.port or (993 if url.scheme == "imaps" else 143)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is not an address.") from error
    if url.scheme not in ("imap", "imaps") or not (url.hostname and url.username and url.password):
        raise ImproperlyConfigured(f"{name} must be written imaps://user:password@host/INBOX.")
    if url.scheme == "imap" and url.hostname not in ("localhost", "127.0.0.1", "::1"):
        raise ImproperlyConfigured(f"{name} must begin with imaps://: bounces quote supporters' letters.")
    user, password = unquote(url.username), unquote(url.password)
    if not (user + password).isprintable():
        raise ImproperlyConfigured(f"{name}: user and password must not hold control characters.")
    return Mailbox(url.hostname, port, user, password, unquote(url.path.strip("/")) or "INBOX", url.scheme == "imaps")


def anymail_settings() -> dict[str, str | bool]:
    """Return anymail's settings: each ``ANYMAIL_<NAME>`` of the environment, such as ANYMAIL_POSTMARK_SERVER_TOKEN.

    https://anymail.dev/en/stable/installation/#settings ; what a provider cannot do, such as metadata, is left out of
    a mail instead of refusing it.
    """
    found = {
        key.removeprefix("ANYMAIL_"): str(value) for key, value in env.ENVIRON.items() if key.startswith("ANYMAIL_")
    }
    found.pop("PROVIDER", None)
    return {**{key: value for key, value in found.items() if value}, "IGNORE_UNSUPPORTED_FEATURES": True}


def challenge() -> tuple[str, str, str]:
    """Read CHALLENGE ("altcha" or "recaptcha") and the two keys of reCAPTCHA; raise ImproperlyConfigured by name."""
    kind = env.str("CHALLENGE", default="").strip() or "altcha"
    if kind not in ("altcha", "recaptcha"):
        raise ImproperlyConfigured("CHALLENGE must be 'altcha', 'recaptcha' or unset.")
    keys = {name: env.str(name, default="").strip() for name in ("RECAPTCHA_PUBLIC_KEY", "RECAPTCHA_PRIVATE_KEY")}
    missing = [name for name, key in keys.items() if not key]
    if kind == "recaptcha" and missing:
        raise ImproperlyConfigured(f"{missing[0]} is not set, and CHALLENGE is 'recaptcha'.")
    return kind, *keys.values()


def machine_translator() -> dict[str, str | dict[str, str]] | None:
    """Read MACHINE_TRANSLATOR ("deepl" or "libretranslate") with its _KEY and _URL; None where it is unset.

    Raises ImproperlyConfigured by name: DeepL needs a key, LibreTranslate an address of its own.
    """
    kind = env.str("MACHINE_TRANSLATOR", default="").strip()
    key, url = (env.str(f"MACHINE_TRANSLATOR_{name}", default="").strip() for name in ("KEY", "URL"))
    url = url.rstrip("/")
    if not kind:
        return None
    if kind not in ("deepl", "libretranslate"):
        raise ImproperlyConfigured("MACHINE_TRANSLATOR must be 'deepl', 'libretranslate' or unset.")
    if kind == "deepl" and not key:
        raise ImproperlyConfigured("MACHINE_TRANSLATOR_KEY is not set, and MACHINE_TRANSLATOR is 'deepl'.")
    if kind == "libretranslate" and not url:
        raise ImproperlyConfigured("MACHINE_TRANSLATOR_URL is not set, and MACHINE_TRANSLATOR is 'libretranslate'.")
    if kind == "deepl":
        options = {"AUTH_KEY": key, **({"URL": url} if url else {})}
        return {"CLASS": "home.translations.machines.TraditionalDeepL", "OPTIONS": options}
    options = {"LIBRETRANSLATE_URL": url, "API_KEY": key}
    return {"CLASS": "home.translations.machines.TraditionalLibre", "OPTIONS": options}


def public_key(name: str) -> bytes | None:
    """Read a base64 Curve25519 public key of 32 bytes, or None when the variable is not set."""
    encoded = env.str(name, default="").strip()
    if not encoded:
        return None
    try:
        key = base64.b64decode(encoded, validate=True)
    except binascii.Error as error:
        raise ImproperlyConfigured(f"{name} is not base64.") from error
    if len(key) != 32:
        raise ImproperlyConfigured(f"{name} must be the base64 of exactly 32 bytes.")
    return key


def check_stripe(key: str, secrets: list[str], *, api_base: str, test_keys_allowed: bool) -> None:
    """Raise ImproperlyConfigured by name where a public server's Stripe variables contradict each other.

    All of them empty is fine: gifts by card are off then.
    """
    if api_base not in ("", "https://api.stripe.com"):
        raise ImproperlyConfigured("STRIPE_API_BASE must be unset in production: card payments go to Stripe alone.")
    if bool(key) != bool(secrets):
        missing = "STRIPE_WEBHOOK_SECRETS" if key else "STRIPE_SECRET_KEY"
        raise ImproperlyConfigured(f"{missing} is not set. Donations need both: see docs/deployment.md.")
    if not key:
        return
    kind, _, rest = key.partition("_")
    mode = rest.partition("_")[0]
    if kind not in ("sk", "rk") or mode not in ("live", "test"):
        raise ImproperlyConfigured("STRIPE_SECRET_KEY must begin with sk_live_ or rk_live_.")
    if mode == "test" and not test_keys_allowed:
        raise ImproperlyConfigured(
            "STRIPE_SECRET_KEY is a test key: no money would arrive. STRIPE_TEST_KEYS_ALLOWED=1 allows it."
        )
    if any(not secret.startswith("whsec_") or len(secret) < 20 for secret in secrets):
        raise ImproperlyConfigured("STRIPE_WEBHOOK_SECRETS must each begin with whsec_.")
