"""Fingerprints: what lets the server recognise a person in one record without being able to read who it is.

HMAC-SHA256 as 64 hex digits under the record's own random key (``record_key_for``). Whoever steals that key can test
guesses, so it is stored wrapped and destroyed when the record ends.
"""

from __future__ import annotations

import hashlib
import hmac
import unicodedata

from actions.privacy.addresses import (
    CURRENT_RULES,
    CanonicalEmail,
    canonical_email,
    fold,
    loosely_written,
    registered_domain,
)
from actions.privacy.record_keys import destroy_record_key, live_record_keys, record_key_for

__all__ = [
    "CanonicalEmail",
    "canonical_email",
    "destroy_record_key",
    "domain_fingerprint",
    "email_fingerprint",
    "live_record_keys",
    "loose_mailbox_fingerprint",
    "name_fingerprint",
    "named_domain_fingerprint",
    "postal_fingerprint",
    "record_key_for",
    "text_fingerprint",
]


def email_fingerprint(key: bytes, address: str, *, rules_version: int = CURRENT_RULES) -> str:
    """Fingerprint a mailbox, however the address is written; raise ValueError when it is no address."""
    return _fingerprint(key, "email", canonical_email(address, rules_version=rules_version).address)


def domain_fingerprint(key: bytes, address: str, *, rules_version: int = CURRENT_RULES) -> str:
    """Fingerprint the mail domain as it was registered, for noticing many of one; ValueError when it is no address.

    What stands before it is left out: one wildcard makes as many subdomains as somebody likes.
    """
    domain = canonical_email(address, rules_version=rules_version).address.rpartition("@")[2]
    return named_domain_fingerprint(key, domain)


def named_domain_fingerprint(key: bytes, domain: str) -> str:
    """The same of a domain that somebody typed or that is on a list."""
    return _fingerprint(key, "domain", registered_domain(domain))


def loose_mailbox_fingerprint(key: bytes, address: str) -> str:
    """Fingerprint a mailbox without tag and dots at any provider; raise ValueError when it is no address."""
    return _fingerprint(key, "loose mailbox", loosely_written(address))


def name_fingerprint(key: bytes, name: str) -> str:
    """Fingerprint a name without regard to case, width, spaces and punctuation; raise ValueError when it is empty."""
    folded = fold(name)
    letters = "".join(letter for letter in folded if unicodedata.category(letter)[0] in "LMN")
    return _fingerprint(key, "name", letters or folded)


def postal_fingerprint(key: bytes, code: str) -> str:
    """Fingerprint a postal code without regard to case, width, spaces, hyphens; raise ValueError when it is empty."""
    return _fingerprint(key, "postal", "".join(letter for letter in fold(code) if letter.isalnum()))


def text_fingerprint(key: bytes, text: str) -> str:
    """Fingerprint any text as it stands, for noticing the same form sent twice; raise ValueError when it is empty."""
    return _fingerprint(key, "text", text)


def _fingerprint(key: bytes, kind: str, text: str) -> str:
    if not text:
        raise ValueError(f"An empty {kind} has no fingerprint.")
    # "surrogatepass": a lone surrogate is refused where it would be stored, and must not be a crash here.
    return hmac.new(key, f"{kind}:{text}".encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
