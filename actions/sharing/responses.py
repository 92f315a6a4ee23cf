"""An action's pictures over HTTP, the same for everybody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from actions.sharing.asks import Shareable, address_of, language_of
from actions.sharing.pictures import qr_code, story_picture
from home.site_settings import SiteSettings

FOR_EVERYBODY = "public, max-age=300, stale-while-revalidate=60"


def qr_response(ask: Shareable, *, file_name: str) -> HttpResponse:
    """Return the QR code of the action's own page as an SVG to download."""
    return _to_download(qr_code(address_of(ask)).encode(), "image/svg+xml", f"{file_name}-{ask.language}-qr.svg")


def story_response(request: HttpRequest, ask: Shareable, *, call: str, file_name: str) -> HttpResponse:
    """Return the upright picture with title, ``call`` to act, address and QR code as a PNG to download."""
    picture = story_picture(
        title=ask.title,
        call=call,
        url=address_of(ask),
        organisation=SiteSettings.for_request(request).organisation_name,
        language=language_of(ask),
    )
    return _to_download(picture, "image/png", f"{file_name}-{ask.language}-story.png")


def _to_download(content: bytes, content_type: str, file_name: str) -> HttpResponse:
    headers = {"Cache-Control": FOR_EVERYBODY, "Content-Disposition": f'attachment; filename="{file_name}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)
