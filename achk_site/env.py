"""The environment, read in one place and typed; a wrong value stops the start with the variable's name."""

from __future__ import annotations

import base64
import binascii
from pathlib import Path

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
