"""Turns away requests that no browser of a visitor sends, before anything can stumble over them.

PostgreSQL refuses NUL in text and SQLite cuts at it, so without this guard ``/search/?q=%00`` is a server error
(https://www.postgresql.org/docs/current/datatype-character.html). Bodies are looked at in ``public_form`` only:
staff upload large files.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.http import HttpRequest, HttpResponseBase

from achk_site.middleware.public_paths import is_preview, is_staff_path
from actions.protection.stop_pages import stop_page

PUBLIC_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST"})
STAFF_METHODS = PUBLIC_METHODS | {"DELETE", "PATCH", "PUT"}
MAX_PATH = 1_024
MAX_HEADER = 8_192
PUBLIC_QUERY, PUBLIC_PARAMETERS = 2_048, 50
STAFF_QUERY, STAFF_PARAMETERS = 8_192, 1_000
# Control characters, and the escapes that Django writes for bytes that are no UTF-8.
BROKEN_PATH = re.compile(r"[\x00-\x1f\x7f]|%[89A-Fa-f][0-9A-Fa-f]")
ABSURD_PAGE = re.compile(r"\s*[+-]?\d{7,}")

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class InputGuardMiddleware:
    """Answer 400 (405 for methods) with the site's own page; everything else passes untouched."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if is_preview(request):
            return self.get_response(request)
        if request.method not in (STAFF_METHODS if is_staff_path(request) else PUBLIC_METHODS):
            return stop_page(request, status=405)
        if not (_headers_are_sane(request) and _path_is_sane(request) and _query_is_sane(request)):
            return stop_page(request, status=400)
        return self.get_response(request)


def _headers_are_sane(request: HttpRequest) -> bool:
    headers = (value for name, value in request.META.items() if name.startswith("HTTP_"))
    if any(len(value) > MAX_HEADER for value in headers):
        return False
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not (length.isascii() and length.isdigit() and len(length) < 20):
        return False
    if not _is_text(_wire_bytes(request, "HTTP_COOKIE")):
        return False
    # A quoted cookie may write NUL as \000, so the parsed values are looked at as well.
    return not any("\0" in value for value in request.COOKIES.values())


def _path_is_sane(request: HttpRequest) -> bool:
    return len(request.path_info) <= MAX_PATH and not BROKEN_PATH.search(request.path_info)


def _query_is_sane(request: HttpRequest) -> bool:
    query = _wire_bytes(request, "QUERY_STRING")
    staff = is_staff_path(request)
    if len(query) > (STAFF_QUERY if staff else PUBLIC_QUERY):
        return False
    if query.count(b"&") >= (STAFF_PARAMETERS if staff else PUBLIC_PARAMETERS):
        return False
    if not _is_text(unquote_to_bytes(query)):
        return False
    return not any(ABSURD_PAGE.match(value) for name in ("p", "page") for value in request.GET.getlist(name))


def _wire_bytes(request: HttpRequest, name: str) -> bytes:
    """Return the bytes as they came: WSGI hands them over as Latin-1 (https://peps.python.org/pep-3333/#unicode-issues)."""
    return request.META.get(name, "").encode("latin-1", errors="replace")


def _is_text(raw: bytes) -> bool:
    if b"\0" in raw:
        return False
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
