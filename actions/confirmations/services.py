"""Making, finding and forgetting mailed links."""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from actions.confirmations.models import Confirmation

LIFETIME = timedelta(days=7)
TOKEN = re.compile(r"[0-9a-f]{64}")


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def issue(*, purpose: str, object_id: int, lifetime: timedelta = LIFETIME) -> str:
    """Store the hash of a new 256-bit token and return the token: the only time it is known here."""
    token = secrets.token_hex(32)
    Confirmation.objects.create(
        token_hash=token_hash(token),
        purpose=purpose,
        object_id=object_id,
        expires_at=timezone.now() + lifetime,
    )
    return token


def link(token: str, *, language: str) -> str:
    """Return the full address to put into a mail; it begins with SITE_URL, never with a request's host."""
    with translation.override(language):
        return settings.SITE_URL + reverse("actions:confirm", args=[token])


def revoke(token: str) -> None:
    """Forget a link that was never mailed."""
    Confirmation.objects.filter(token_hash=token_hash(token)).delete()


def bare_token(raw: str) -> str:
    """Return the token inside what a link became, or nothing.

    Mail programs append ``.``, ``)``, ``=``, a slash or a blank, and some change the case.
    """
    match = TOKEN.search(raw.lower())
    return match[0] if match else ""


def find(raw: str) -> Confirmation | None:
    """Return the link's record, or None when it is unknown or expired."""
    token = bare_token(raw)
    if not token:
        return None
    return Confirmation.objects.filter(token_hash=token_hash(token), expires_at__gt=timezone.now()).first()


def forget_expired(now: datetime) -> None:
    """Delete links that can no longer be used."""
    Confirmation.objects.filter(expires_at__lt=now).delete()
