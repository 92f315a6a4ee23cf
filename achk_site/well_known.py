"""The few addresses without a language: the way in, robots.txt and security.txt."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import get_language_from_request
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

# At most a year ahead (https://www.rfc-editor.org/rfc/rfc9116#section-2.5.5); a test asks for a new date in time.
SECURITY_TXT_EXPIRES = "2027-10-31T00:00:00Z"
NOT_FOR_ROBOTS = (
    "/admin/",
    "/accounts/",
    "/*/act/confirm/",
    "/*/act/donate/manage/",
    "/*/subscribe/leave/",
    "/*/my-data/",
    "/*/search/",
)
ONE_DAY = 86_400


@require_safe
def to_best_language(request: HttpRequest) -> HttpResponse:
    """Send ``/`` to the home page in the language that the browser asks for; remember nothing."""
    response = HttpResponseRedirect(f"/{get_language_from_request(request)}/")
    # Not for shared caches: several ignore Vary and would send everyone to the first visitor's language.
    patch_cache_control(response, private=True, no_cache=True)
    patch_vary_headers(response, ["Accept-Language"])
    return response


@require_safe
@cache_control(public=True, max_age=ONE_DAY)
def robots_txt(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_ROBOTS)]
    lines += ["", f"Sitemap: {settings.SITE_URL}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=ONE_DAY)
def security_txt(request: HttpRequest) -> HttpResponse:
    """Where to report a weakness: https://www.rfc-editor.org/rfc/rfc9116."""
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {SECURITY_TXT_EXPIRES}",
        "Preferred-Languages: en, fr, zh-Hant",
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
