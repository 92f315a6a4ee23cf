"""Fingerprints: what lets the server recognise a person in one record without being able to read who it is.

HMAC-SHA256 as 64 hex digits under the record's own random key (``record_key_for``). Whoever steals that key can test
guesses, so it is stored wrapped and destroyed when the record ends.
"""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from collections.abc import Iterator
from typing import TypeVar

from django.db.models import Model

from actions.privacy.addresses import CURRENT_RULES, RULES_VERSIONS, CanonicalEmail, canonical_email, fold
from actions.privacy.record_keys import destroy_record_key, live_record_keys, record_key_for

__all__ = [
    "CanonicalEmail",
    "canonical_email",
    "destroy_record_key",
    "email_fingerprint",
    "live_record_keys",
    "name_fingerprint",
    "postal_fingerprint",
    "record_key_for",
    "rows_of",
]

Row = TypeVar("Row", bound=Model)


def email_fingerprint(key: bytes, address: str, *, rules_version: int = CURRENT_RULES) -> str:
    """Fingerprint a mailbox, however the address is written; raise ValueError when it is no address."""
    return _fingerprint(key, "email", canonical_email(address, rules_version=rules_version).address)


def name_fingerprint(key: bytes, name: str) -> str:
    """Fingerprint a name without regard to case, width, spaces and punctuation; raise ValueError when it is empty."""
    folded = fold(name)
    letters = "".join(letter for letter in folded if unicodedata.category(letter)[0] in "LMN")
    return _fingerprint(key, "name", letters or folded)


def postal_fingerprint(key: bytes, code: str) -> str:
    """Fingerprint a postal code without regard to case, width, spaces, hyphens; raise ValueError when it is empty."""
    return _fingerprint(key, "postal", "".join(letter for letter in fold(code) if letter.isalnum()))


def rows_of(
    address: str, *, model: type[Row], owner_kind: str, owner_column: str, column: str = "email_fingerprint"
) -> Iterator[Row]:
    """Yield the model's rows of one mailbox under every live record key and every version of the address rules."""
    for owner_id, key in live_record_keys(owner_kind):
        prints = {email_fingerprint(key, address, rules_version=version) for version in RULES_VERSIONS}
        yield from model._default_manager.filter(**{owner_column: owner_id, f"{column}__in": prints})


def _fingerprint(key: bytes, kind: str, text: str) -> str:
    if not text:
        raise ValueError(f"An empty {kind} has no fingerprint.")
    # "surrogatepass": a lone surrogate is refused where it would be stored, and must not be a crash here.
    return hmac.new(key, f"{kind}:{text}".encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
