"""Whose request it is, as far as the proxies in front of us can be trusted."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = "0.0.0.0"  # noqa: S104  # one shared bucket, never a place to listen at


def client_address(request: HttpRequest) -> str:
    """Return the visitor's IP address in its shortest spelling.

    Each of the TRUSTED_PROXY_HOPS proxies appends the address it saw to X-Forwarded-For, so the entry that many places
    from the right is the last one that a visitor cannot forge; everything left of it is ignored
    (https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/X-Forwarded-For#selecting_an_ip_address).
    With 0 hops, too few entries or garbage there, it is the peer's own address.
    """
    peer = _parse(request.META.get("REMOTE_ADDR", "")) or UNKNOWN
    hops = settings.TRUSTED_PROXY_HOPS
    if hops < 1:
        return peer
    entries = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if len(entries) < hops:
        return peer
    return _parse(entries[-hops]) or peer


def address_range(address: str) -> str:
    """Return what counts as one household: an IPv4 address whole, an IPv6 address as its /64 network."""
    if ":" not in address:
        return address
    return str(ipaddress.ip_network(f"{address}/64", strict=False))


def _parse(text: str) -> str:
    """Return the address in ``text`` without port, brackets and zone, or "" when there is none."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return ""
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return str(mapped or address)
