"""WSGI entry point; production settings unless DJANGO_SETTINGS_MODULE says otherwise."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "achk_site.settings.production")

UTF_8 = re.compile(r";\s*charset=\"?utf-?8\"?\s*(?=;|$)", re.IGNORECASE)

_django = get_wsgi_application()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Hand the request to Django, which makes its request object before any middleware can look.

    It decodes the query by the charset of Content-Type there, so that ``charset=rot13`` or a query of many fields ends
    as a crash of the server instead of an answer
    (https://github.com/django/django/blob/5.2/django/http/request.py, ``_set_content_type_params``).
    """
    if "CONTENT_TYPE" in environ:
        environ["CONTENT_TYPE"] = _without_charset(environ["CONTENT_TYPE"])
    return _django(environ, start_response)


def _without_charset(content_type: str) -> str:
    """UTF-8 is what we take anyway; a body in any other charset is nothing that we can read."""
    rest = UTF_8.sub("", content_type)
    return "application/octet-stream" if "charset" in rest.lower() else rest
