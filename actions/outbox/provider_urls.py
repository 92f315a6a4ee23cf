"""Anymail's addresses for delivery reports, at /anymail/<provider>/tracking/; those for incoming mail are left out,
and where ANYMAIL_PROVIDER names the provider that sends for us, those of all others.

They are reached with the secret of ANYMAIL_WEBHOOK_SECRET only, which stands in for the same-origin check.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from anymail import urls as anymail_urls
from anymail.exceptions import AnymailError
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponseBadRequest, HttpResponseBase
from django.urls import URLPattern

# What anymail's views raise for a body that is not the provider's.
NOT_A_REPORT = (AnymailError, AttributeError, LookupError, RecursionError, TypeError, ValueError)

View = Callable[..., HttpResponseBase]


def guarded(view: View) -> View:
    """Answer 400 to a body that cannot be read. A database that is away stays a 500: providers try again then."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except ImproperlyConfigured as error:
            raise Http404 from error  # a provider that this site does not use
        except NOT_A_REPORT:
            return HttpResponseBadRequest()

    return answer


app_name = "anymail"
urlpatterns = [
    URLPattern(one.pattern, guarded(one.callback), one.default_args, one.name)
    for one in anymail_urls.urlpatterns
    if one.name and one.name.startswith(settings.ANYMAIL_PROVIDER) and one.name.endswith("_tracking_webhook")
]
