"""Content-Security-Policy by kind of page, Permissions-Policy and framing."""

from __future__ import annotations

from collections.abc import Callable

from csp.middleware import CSPMiddleware
from csp.utils import DIRECTIVES_T
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from achk_site.middleware.public_paths import is_preview, is_staff_path
from actions.protection.admin_scripts import nonce_for_this_request

# What no page of ours needs: https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Permissions-Policy
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer",
        "microphone", "midi", "payment", "usb",
    )
)  # fmt: skip


class SecurityHeadersMiddleware(CSPMiddleware):
    """django-csp with a choice: the strict policy for everyone, one with nonces for staff, a framed one for previews."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        super().__init__(self._within_nonce(get_response))

    def _within_nonce(
        self, get_response: Callable[[HttpRequest], HttpResponseBase]
    ) -> Callable[[HttpRequest], HttpResponseBase]:
        def respond(request: HttpRequest) -> HttpResponseBase:
            with nonce_for_this_request(lambda: str(self._make_nonce(request))):
                return get_response(request)

        return respond

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        response = super().process_response(request, response)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        if not (is_staff_path(request) or is_preview(request)):
            response["X-Frame-Options"] = "DENY"
        return response

    def get_policy_parts(self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False):  # type: ignore[no-untyped-def]
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only:
            parts.config = _policy_for(request)
        return parts


def _policy_for(request: HttpRequest) -> DIRECTIVES_T:
    if is_preview(request):
        return settings.CSP_PREVIEW
    if is_staff_path(request):
        return settings.CSP_STAFF
    return settings.CSP_PUBLIC
