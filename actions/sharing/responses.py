"""An action's pictures over HTTP, the same for everybody."""

from __future__ import annotations

from django.http import HttpResponse

from actions.sharing.pictures import qr_code, story_picture

FOR_EVERYBODY = "public, max-age=300, stale-while-revalidate=60"


def qr_response(*, url: str, file_name: str) -> HttpResponse:
    """Return the QR code of an absolute address as an SVG to download."""
    return _to_download(qr_code(url).encode(), "image/svg+xml", f"{file_name}-qr.svg")


def story_response(
    *, title: str, call: str, url: str, organisation: str, language: str, file_name: str
) -> HttpResponse:
    """Return the upright picture as a PNG to download; see ``story_picture``."""
    picture = story_picture(title=title, call=call, url=url, organisation=organisation, language=language)
    return _to_download(picture, "image/png", f"{file_name}-story.png")


def _to_download(content: bytes, content_type: str, file_name: str) -> HttpResponse:
    headers = {"Cache-Control": FOR_EVERYBODY, "Content-Disposition": f'attachment; filename="{file_name}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)
