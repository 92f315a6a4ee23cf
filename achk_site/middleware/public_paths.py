"""Which addresses belong to everyone and which to staff."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def is_staff_path(request: HttpRequest) -> bool:
    """Whether the address is one of ``settings.STAFF_PATHS``: log-in, admin, documents behind a log-in."""
    return request.path_info.startswith(settings.STAFF_PATHS)


def is_preview(request: HttpRequest) -> bool:
    """Whether Wagtail renders a preview: it sends a made-up request through the middleware inside the editor's own."""
    return getattr(request, "is_dummy", False)


def has_session(request: HttpRequest) -> bool:
    """Whether the browser sent a session cookie; looking at it opens no session."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES
