"""An action's pictures over HTTP, the same for everybody."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from actions.protection.stop_pages import stop_page
from actions.sharing.asks import Shareable, address_of, language_of, preview_of
from actions.sharing.pictures import preview_picture, qr_code, qr_png, story_picture
from actions.typesetting.press import NotTypeset
from home.site_settings import SiteSettings

FOR_EVERYBODY = "public, max-age=300, stale-while-revalidate=60"
AGAIN_IN = 60  # seconds


def qr_response(ask: Shareable, *, file_name: str) -> HttpResponse:
    """Return the QR code of the action's own page as an SVG to download."""
    return _answer(qr_code(address_of(ask)).encode(), "image/svg+xml", f"{file_name}-{ask.language}-qr.svg")


def qr_png_response(ask: Shareable, *, file_name: str) -> HttpResponse:
    """Return the same as a PNG in a size to print."""
    return _answer(qr_png(address_of(ask)), "image/png", f"{file_name}-{ask.language}-qr.png")


def story_response(request: HttpRequest, ask: Shareable, *, call: str, file_name: str) -> HttpResponse:
    """Return the upright picture with title, ``call`` to act, address and QR code as a PNG to download."""

    def draw() -> bytes:
        return story_picture(
            title=ask.title,
            call=call,
            url=address_of(ask),
            organisation=SiteSettings.for_request(request).organisation_name,
            language=language_of(ask),
        )

    return _drawn(request, draw, f"{file_name}-{ask.language}-story.png")


def preview_response(request: HttpRequest, ask: Shareable) -> HttpResponse:
    """Return the wide picture that chats and networks show with a link to the action."""
    return drawn_response(request, title=ask.title, line=preview_of(ask).campaign, language=language_of(ask))


def drawn_response(request: HttpRequest, *, title: str, line: str, language: str) -> HttpResponse:
    """Return a wide picture of ``title`` with ``line`` under it, which may be blank, and the organisation's name."""

    def draw() -> bytes:
        organisation = SiteSettings.for_request(request).organisation_name
        return preview_picture(title=title, campaign=line, organisation=organisation, language=language)

    return _drawn(request, draw)


def _drawn(request: HttpRequest, draw: Callable[[], bytes], file_name: str = "") -> HttpResponse:
    try:
        return _answer(draw(), "image/png", file_name)
    except NotTypeset:
        return stop_page(request, status=503, retry_after_seconds=AGAIN_IN)


def _answer(content: bytes, content_type: str, file_name: str) -> HttpResponse:
    """``file_name``: to be saved under it; blank: to be shown."""
    response = HttpResponse(content, content_type=content_type, headers={"Cache-Control": FOR_EVERYBODY})
    if file_name:
        response["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response
