"""Hashes that cannot be computed without this server's environment: the database alone reveals no address."""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings


def keyed_hash(*, purpose: str, text: str, salt: bytes = b"") -> str:
    """Return 64 hex digits: HMAC-SHA256 of ``text`` under a pepper derived from SECRET_KEY for one ``purpose``."""
    pepper = hmac.digest(settings.SECRET_KEY.encode(), f"actions.protection.{purpose}".encode(), hashlib.sha256)
    # The salt has a fixed length, so salt and text cannot be shifted against each other.
    return hmac.new(pepper, salt + text.encode(errors="surrogatepass"), hashlib.sha256).hexdigest()
