"""The key ring: which key encrypts, which keys decrypt, and one derived key per use.

Keys come from the environment only and never reach the database. No master key is used directly: each use has its own
key by HKDF-SHA256 (https://www.rfc-editor.org/rfc/rfc5869), so that a weakness in one use does not reach another.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from nacl.public import PublicKey

from actions.privacy.errors import MissingKeyError

KeyUse = Literal["field", "wrap"]
KEY_BYTES = 32


def ring_problems() -> list[str]:
    """Say in words what is wrong with PERSONAL_DATA_KEYS and ORGANISATION_PUBLIC_KEY; empty when all is well."""
    ring = getattr(settings, "PERSONAL_DATA_KEYS", None)
    if not isinstance(ring, dict) or not ring:
        return ["PERSONAL_DATA_KEYS holds no key: personal data can be neither stored nor read."]
    problems = [
        f"PERSONAL_DATA_KEYS: the key '{key_id}' needs an id without ':' and exactly {KEY_BYTES} bytes."
        for key_id, key in ring.items()
        if not key_id or ":" in key_id or not isinstance(key, bytes) or len(key) != KEY_BYTES
    ]
    if len(set(ring.values())) != len(ring):
        problems.append("PERSONAL_DATA_KEYS: the same key stands under two ids.")
    public = getattr(settings, "ORGANISATION_PUBLIC_KEY", None)
    if public is not None and (not isinstance(public, bytes) or len(public) != KEY_BYTES):
        problems.append(f"ORGANISATION_PUBLIC_KEY must be exactly {KEY_BYTES} bytes.")
    return problems


def primary_key_id() -> str:
    """Return the id of the key that encrypts; raise ImproperlyConfigured when the ring is unusable."""
    if problems := ring_problems():
        raise ImproperlyConfigured(" ".join(problems))
    return next(iter(settings.PERSONAL_DATA_KEYS))


def derived_key(use: KeyUse, *, key_id: str | None = None) -> bytes:
    """Return the 32-byte key for one use, of the encrypting key or of the one named.

    Raises MissingKeyError when the ring does not hold ``key_id``.
    """
    chosen = key_id if key_id is not None else primary_key_id()
    try:
        master = settings.PERSONAL_DATA_KEYS[chosen]
    except KeyError:
        raise MissingKeyError(f"PERSONAL_DATA_KEYS has no key '{chosen}', which stored data needs.") from None
    return _derive(master, use)


def organisation_public_key() -> PublicKey | None:
    """Return the organisation's offline key, to which the server can seal but which it cannot open; None when unset."""
    public: bytes | None = settings.ORGANISATION_PUBLIC_KEY
    return PublicKey(public) if public is not None else None


@lru_cache(maxsize=64)
def _derive(master: bytes, use: str) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=KEY_BYTES, salt=None, info=f"achk:{use}:v1".encode()).derive(master)
