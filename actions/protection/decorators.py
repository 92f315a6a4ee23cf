"""``public_form``: what every public POST view wears."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters

from actions.protection.limits import hit_by_address, limit_named
from actions.protection.posted_content import UnacceptableContent, check_posted_content
from actions.protection.same_origin import is_same_origin
from actions.protection.stop_pages import stop_page
from actions.protection.verdicts import Protection

View = Callable[..., HttpResponseBase]


def public_form(action: str, *, limit: str = "submit", same_origin: bool = True) -> Callable[[View], View]:
    """Protect a view that takes a public form whose ``data-action`` is ``action``.

    A POST must come from our own pages (403), be a small text form (400, 413, 415) and not be part of a flood (429).
    The view then finds ``request.protection``: it passes ``verdict`` and ``reasons`` to its service **once the form is
    valid**, because asking for the verdict is what counts toward ``limit`` (a name in ``limits.LIMITS``); field errors
    count only toward the flood limit. Held and accepted people get the same answer.

    No CSRF cookie is set or asked for, so pages with forms stay cacheable. ``same_origin=False`` is for links that
    carry their own secret and are posted from elsewhere (https://www.rfc-editor.org/rfc/rfc8058).
    """
    limit_named(limit)  # a wrong name shall stop the start, not the first visitor

    def decorate(view: View) -> View:
        @csrf_exempt
        @sensitive_post_parameters()
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method == "POST":
                refusal = _refusal(request, same_origin=same_origin)
                if refusal is not None:
                    return refusal
            request.protection = Protection(request, action=action, limit=limit_named(limit))  # type: ignore[attr-defined]
            response = view(request, *args, **kwargs)
            if request.method == "POST" and not response.has_header("Cache-Control"):
                add_never_cache_headers(response)
            return response

        return guarded

    return decorate


def _refusal(request: HttpRequest, *, same_origin: bool) -> HttpResponseBase | None:
    if same_origin and not is_same_origin(request):
        return stop_page(request, status=403)
    flood = limit_named("flood")
    if not hit_by_address(request, action="flood", limit=flood):
        return stop_page(request, status=429, retry_after_seconds=flood.seconds)
    try:
        check_posted_content(request)
    except UnacceptableContent as error:
        return stop_page(request, status=error.status)
    return None
