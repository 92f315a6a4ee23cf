"""Calls of other machines go straight to their view: no session, language, policy or page is made for them.

Such a view knows its caller by a signature over the body, sets no cookie, answers in plain text and looks at its input
itself. Thousands may come in a minute, and each is answered by the same processes as the pages.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import resolve


class MachineCallsMiddleware:
    """Stands behind the security middleware alone: HTTPS and its headers hold for machines too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info not in settings.MACHINE_PATHS:
            return self.get_response(request)
        return _view(request.path_info)(request)


@cache
def _view(path: str) -> Callable[[HttpRequest], HttpResponseBase]:
    """Return the view at one of the few MACHINE_PATHS; none of them has a part that varies."""
    return resolve(path).func
