"""The pages for what was not found, not allowed or broken; none of them asks the database.

Refused requests (400, 413, 429 and others) have theirs in ``actions.protection.stop_pages``.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, status=404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """In all three languages at once, since nothing may be trusted to work any more."""
    return HttpResponse(render_to_string("500.html"), status=500)


def _page(request: HttpRequest, *, status: int) -> HttpResponse:
    """The page in the language of the address, else of the browser."""
    language = translation.get_language_from_path(request.path_info) or translation.get_language_from_request(request)
    with translation.override(language or settings.LANGUAGE_CODE):
        return HttpResponse(render_to_string(f"{status}.html"), status=status)
