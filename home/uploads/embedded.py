"""Remarks taken out of pictures, with every pixel left to the byte.

For JPEGs that need no other change, and for pictures inside documents: a document says itself how its picture is
turned.
The formats: https://www.w3.org/Graphics/JPEG/itu-t81.pdf (annex B) and https://www.w3.org/TR/png-3/
"""

from __future__ import annotations

import re
import struct

from home.uploads import gif

_NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_DRAWING = {*range(0xC0, 0xD0), 0xDA, 0xDB, 0xDD}  # tables, frames and scans; not "APP" segments and comments
# JFIF's own segment without its preview, the profile, and how Adobe wrote the colours: how each begins, how long it is.
_PLAIN_SEGMENTS = {0xE0: (b"JFIF\x00", 14), 0xE2: (b"ICC_PROFILE\x00", None), 0xEE: (b"Adobe", 12)}
_PROFILE = 0xE2
_PNG_DRAWN = {
    b"IHDR",
    b"PLTE",
    b"IDAT",
    b"IEND",
    b"tRNS",
    b"gAMA",
    b"cHRM",
    b"sRGB",
    b"iCCP",
    b"sBIT",
    b"bKGD",
    b"pHYs",
}
_PNG_DRAWN |= {b"acTL", b"fcTL", b"fdAT"}
_WEBP_DRAWN = {b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"}
_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def without_remarks(raw: bytes) -> bytes:
    """Return the picture without remarks; anything but a sound JPEG, PNG, GIF or WebP comes back as it is."""
    try:
        if raw[:2] == b"\xff\xd8":
            return plain_jpeg(raw)
        if raw[:8] == _PNG_SIGNATURE:
            return _png(raw)
        if raw[:4] == b"GIF8":
            return gif.without_remarks(raw)
        if raw[:4] == b"RIFF" and raw[8:12] == b"WEBP":
            return _webp(raw)
    except (IndexError, struct.error):
        pass
    return raw


def plain_jpeg(raw: bytes, *, with_profile: bool = True) -> bytes:
    """Return what is drawn up to the end of the first picture; raise IndexError or struct.error for a broken one."""
    kept, at = [raw[:2]], 2
    while at < len(raw) and (marker := raw[at + 1]) != 0xD9:
        if raw[at] != 0xFF:
            raise IndexError("no JPEG segment begins so")
        if marker == 0xFF:  # padding
            at += 1
            continue
        end = at + 2 + struct.unpack(">H", raw[at + 2 : at + 4])[0]
        if marker == 0xDA:  # the drawing itself follows, of unknown length
            found = _NEXT_MARKER.search(raw, end)
            end = found.start() if found else len(raw)
        if with_profile or marker != _PROFILE:
            kept.append(_segment(marker, raw[at:end]))
        at = end
    return b"".join([*kept, b"\xff\xd9"])


def _segment(marker: int, segment: bytes) -> bytes:
    if marker in _DRAWING:
        return segment
    start, length = _PLAIN_SEGMENTS.get(marker, (b"", 0))
    body = segment[4:]
    if not start or not body.startswith(start):
        return b""
    if marker == 0xE0:
        body = body[:12] + b"\x00\x00"
    body = body[:length]
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def _png(raw: bytes) -> bytes:
    kept, at = [raw[:8]], 8
    while at < len(raw):
        length, name = struct.unpack(">I4s", raw[at : at + 8])
        end = at + 12 + length
        if name in _PNG_DRAWN:
            kept.append(raw[at:end])
        if name == b"IEND":
            break
        at = end
    return b"".join(kept)


def _webp(raw: bytes) -> bytes:
    """Keep the chunks that draw: https://developers.google.com/speed/webp/docs/riff_container"""
    kept, at = [], 12
    while at + 8 <= min(len(raw), 8 + struct.unpack("<I", raw[4:8])[0]):
        name, length = struct.unpack("<4sI", raw[at : at + 8])
        end = at + 8 + length + length % 2
        if name == b"VP8X":
            kept.append(raw[at : at + 8] + bytes([raw[at + 8] & ~0x0C]) + raw[at + 9 : end])  # no EXIF, no XMP
        elif name in _WEBP_DRAWN:
            kept.append(raw[at:end])
        at = end
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body
