"""Content-Security-Policy by kind of page, Permissions-Policy and framing."""

from __future__ import annotations

from csp.middleware import CSPMiddleware, PolicyParts
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
    """django-csp with a choice: strict for everyone, with nonces for staff, framed for previews."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with nonce_for_this_request(lambda: str(self._make_nonce(request))):
            return super().__call__(request)  # type: ignore[return-value]  # we run under WSGI only

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        response = super().process_response(request, response)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        if not (is_staff_path(request) or is_preview(request)):
            response["X-Frame-Options"] = "DENY"
        return response

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only:
            parts.config = _policy_for(request)
            # A template that shows something from elsewhere (protection_tags.challenge) says so on its request.
            parts.update = getattr(request, "csp_additions", parts.update)
        return parts


def _policy_for(request: HttpRequest) -> DIRECTIVES_T:
    if is_preview(request):
        return settings.CSP_PREVIEW
    if is_staff_path(request):
        return settings.CSP_STAFF
    return settings.CSP_PUBLIC
