"""What a public form may send: a small text form in UTF-8, no files, no NUL; anything else never reaches a view."""

from __future__ import annotations

from urllib.parse import unquote_to_bytes

from django.http import HttpRequest
from django.http.request import RawPostDataException, UnreadablePostError

# The longest letter that our own form takes: 12,350 characters, which URL-encoding makes nine bytes each in Chinese and
# twelve in emoji.
MAX_BODY_BYTES = 160 * 1024
MAX_FIELDS = 60
URLENCODED = "application/x-www-form-urlencoded"
CONTENT_TYPES = ("", URLENCODED, "multipart/form-data")


class UnacceptableContent(Exception):
    """The body cannot come from one of our forms; ``status`` says what to answer (400, 413 or 415)."""

    def __init__(self, status: int) -> None:
        super().__init__(f"unacceptable content: {status}")
        self.status = status


def check_posted_content(request: HttpRequest) -> None:
    """Read the body and raise UnacceptableContent, unless it is a form that we could have served.

    Malformed multipart raises Django's own MultiPartParserError, which Django answers with 400.
    """
    # The length is looked at before a byte is read; without one the server passes on an empty body.
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not (length.isascii() and length.isdigit()):
        raise UnacceptableContent(400)
    if int(length) > MAX_BODY_BYTES:
        raise UnacceptableContent(413)
    if request.content_type not in CONTENT_TYPES:
        raise UnacceptableContent(415)
    _check_text(request)
    _check_fields(request)


def _check_text(request: HttpRequest) -> None:
    """Django replaces undecodable bytes silently; here they are refused, surrogates in UTF-8 included."""
    try:
        body = request.body
    except (UnreadablePostError, RawPostDataException) as error:
        raise UnacceptableContent(400) from error
    if request.content_type == URLENCODED:
        body = unquote_to_bytes(body)
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnacceptableContent(400) from error
    if request.encoding is not None and request.encoding.lower() not in ("utf-8", "utf8"):
        raise UnacceptableContent(415)


def _check_fields(request: HttpRequest) -> None:
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    if len(fields) > MAX_FIELDS or request.FILES:
        raise UnacceptableContent(400)
    if any("\0" in name or "\0" in value for name, value in fields):
        raise UnacceptableContent(400)
