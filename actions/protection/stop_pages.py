"""The short pages that say why a request went no further and what to do next.

They stand alone (no navigation, no database), because they also answer floods and requests that are broken before
anything else has looked at them.
"""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _

TEXTS = {
    400: (
        _("We could not read this request"),
        _("Something in it was damaged or is not allowed. Please go back and try again."),
    ),
    403: (
        _("We could not tell that this form came from our site"),
        _(
            "To protect you, we accept forms only from our own pages, and your browser did not say where this one "
            "came from. Please open the page again and send the form from there. If a privacy tool hides the address "
            "of pages you come from, allow it for this site."
        ),
    ),
    405: (_("This cannot be done here"), _("Our pages do not answer this kind of request.")),
    413: (_("This is too long to send"), _("Please go back, shorten your text and send it again.")),
    415: (
        _("We could not read this form"),
        _("It was sent in a form that we do not know. Please send it from our own page."),
    ),
    429: (
        _("Very many people are sending from your connection"),
        _(
            "Nothing is wrong with what you wrote. Please wait ten minutes, go back and send it again: your browser "
            "still has what you typed."
        ),
    ),
    503: (_("This file could not be made just now"), _("Nothing is lost. Please try again in a minute.")),
}


def stop_page(request: HttpRequest, *, status: int, retry_after_seconds: int = 0) -> HttpResponse:
    """Return the page for that status in the visitor's language; it is never stored."""
    with translation.override(_language_of(request)):
        title, text = TEXTS[status]
        html = render_to_string("standalone.html", {"title": title, "text": text})
    response = HttpResponse(html, status=status)
    add_never_cache_headers(response)
    if retry_after_seconds:
        response["Retry-After"] = str(retry_after_seconds)
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer what Django itself refuses (handler400): 413 for a body that is too big, else 400."""
    return stop_page(request, status=413 if isinstance(exception, RequestDataTooBig) else 400)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a POST that Django's CSRF check refused (CSRF_FAILURE_VIEW); ``reason`` is for developers only."""
    return stop_page(request, status=403)


def _language_of(request: HttpRequest) -> str:
    """The language of the address, else of the browser, else the site's: nothing else of the request is trusted."""
    return (
        translation.get_language_from_path(request.path_info)
        or translation.get_language_from_request(request)
        or settings.LANGUAGE_CODE
    )
