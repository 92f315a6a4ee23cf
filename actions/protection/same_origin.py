"""Whether a request comes from a page of ours: what stands in for a CSRF cookie on public forms.

Browsers set these headers themselves and no page can forge them
(https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html).
"""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest

_DEFAULT_PORTS = {"http": 80, "https": 443}


def is_same_origin(request: HttpRequest) -> bool:
    """Judge by Origin, else Sec-Fetch-Site, else Referer; "null" and none of the three mean no.

    Scheme, host and port must all be ours; behind a proxy they are what Django's proxy settings make of them.
    """
    origin = request.headers.get("Origin")
    if origin is not None:
        return _is_ours(origin, request)
    fetch_site = request.headers.get("Sec-Fetch-Site")
    if fetch_site is not None:
        return fetch_site == "same-origin"
    return _is_ours(request.headers.get("Referer", ""), request)


def _is_ours(url: str, request: HttpRequest) -> bool:
    theirs = _origin_of(url)
    return theirs is not None and theirs == _origin_of(f"{request.scheme}://{request.get_host()}")


def _origin_of(url: str) -> tuple[str, str, int | None] | None:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname:
        return None
    return parts.scheme, parts.hostname, port or _DEFAULT_PORTS[parts.scheme]
