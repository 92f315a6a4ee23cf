"""The safety catch: a letter leaves for a real address only when DELIVER_LETTERS says ``live``; and where it may go."""

from __future__ import annotations

from django.conf import settings

# Reserved for tests and documentation: RFC 2606 and RFC 6761.
RESERVED_SUFFIXES = (".test", ".example", ".invalid", ".localhost")
RESERVED_DOMAINS = ("example.com", "example.net", "example.org", "localhost")


def is_reserved(address: str) -> bool:
    """Return whether mail to the address can reach nobody real."""
    domain = address.rpartition("@")[2].lower().rstrip(".")
    return domain.endswith(RESERVED_SUFFIXES) or any(
        domain == name or domain.endswith(f".{name}") for name in RESERVED_DOMAINS
    )


def is_allowed_recipient(address: str) -> bool:
    """Return whether letters may be addressed there: exactly a domain of LETTER_DOMAINS, or one that is reserved.

    Staff keep the addresses of officials, so a stolen account could have every supporter's letter sent to itself.
    """
    name, _at, domain = address.rpartition("@")
    return bool(name) and (domain.lower() in settings.LETTER_DOMAINS or is_reserved(address))


def may_leave(address: str) -> bool:
    """Return whether a letter to the address may be handed to the mail server."""
    return settings.DELIVER_LETTERS == "live" or is_reserved(address)
