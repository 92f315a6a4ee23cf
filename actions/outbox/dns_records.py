"""Asking the domain name system, with a deadline; the only module that imports dnspython."""

from __future__ import annotations

from collections.abc import Callable

import dns.exception
import dns.rdatatype
import dns.resolver

SECONDS = 6.0

# Returns the records of a name and a type ("TXT", "MX", "A", "AAAA") as texts; none when there are none.
Lookup = Callable[[str, str], list[str]]


class NoAnswer(Exception):
    """The name servers could not be asked or gave no usable answer: nothing is known."""


def look_up(name: str, kind: str, *, resolver: dns.resolver.Resolver | None = None) -> list[str]:
    """See Lookup. The strings of a TXT record are put together (RFC 7208, 3.3). Raises NoAnswer."""
    resolver = resolver or dns.resolver.Resolver()
    try:
        answer = resolver.resolve(name, kind, lifetime=SECONDS, search=False)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    except (dns.exception.DNSException, OSError, UnicodeError) as error:
        raise NoAnswer(type(error).__name__) from error
    if kind == "TXT":
        return [b"".join(record.strings).decode("utf-8", "replace") for record in answer]
    return [record.to_text() for record in answer]
