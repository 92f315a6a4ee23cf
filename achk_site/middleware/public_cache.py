"""Public pages are the same for everyone, so that any cache in front may keep them for a minute.

Nothing per visitor is in them and no cookie is set: being known as a reader can hurt a family. A request with a session
cookie (staff) gets a page that nobody stores.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import has_vary_header

from achk_site.middleware.public_paths import has_session, is_preview, is_staff_path

logger = logging.getLogger(__name__)

# https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Cache-Control#stale-while-revalidate
SHARED = "public, max-age=0, s-maxage=60, stale-while-revalidate=60"
NOBODY = "private, no-store"


class CookieOnPublicPage(AssertionError):
    """A public page tried to set a cookie; raised only where ``settings.REFUSE_PUBLIC_COOKIES`` says so (tests)."""


class PublicCacheMiddleware:
    """Stands outside the session middleware, so that it sees what the session did to the answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if is_preview(request) or is_staff_path(request):
            return response
        if has_session(request):
            _keep_from_everyone(response)
            return response
        _drop_cookies(request, response)
        if _is_page_for_everyone(request, response):
            response["Cache-Control"] = SHARED
        return response


def _keep_from_everyone(response: HttpResponseBase) -> None:
    """Pages may show staff more than others; what is not HTML and says how it is cached is the same for everyone."""
    if _is_html(response) or not response.has_header("Cache-Control"):
        response["Cache-Control"] = NOBODY


def _is_page_for_everyone(request: HttpRequest, response: HttpResponseBase) -> bool:
    return (
        request.method in ("GET", "HEAD")
        and response.status_code == 200
        and _is_html(response)
        and not response.has_header("Cache-Control")
        and not has_vary_header(response, "Cookie")
    )


def _is_html(response: HttpResponseBase) -> bool:
    return response.get("Content-Type", "").startswith("text/html")


def _drop_cookies(request: HttpRequest, response: HttpResponseBase) -> None:
    # Django answers a broken csrftoken with a new one: that is the visitor's doing and no fault of a page.
    names = ", ".join(sorted(set(response.cookies) - set(request.COOKIES)))
    response.cookies.clear()
    if names and settings.REFUSE_PUBLIC_COOKIES:
        raise CookieOnPublicPage(names)
    if names:
        logger.error("A public page tried to set a cookie: %s", names)
