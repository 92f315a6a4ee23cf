"""GIFs block by block: what is drawn stays as it is, to the byte, with its animation; remarks and what follows go.

Written anew by a program, an animation gets other colours and grows. The format: https://www.w3.org/Graphics/GIF/spec-gif89a.txt
"""

from __future__ import annotations

_EXTENSION, _PICTURE, _END = 0x21, 0x2C, 0x3B
_GRAPHIC_CONTROL, _APPLICATION = 0xF9, 0xFF
_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")


def without_remarks(raw: bytes) -> bytes:
    """Return the GIF without comments, texts, XMP and what stands behind its end; IndexError for a broken one."""
    at = 13 + _colours(raw[10])
    kept = [raw[:at]]
    while at < len(raw) and raw[at] != _END:
        if raw[at] == 0:  # some programs pad between blocks
            at += 1
            continue
        end = _block_end(raw, at)
        kept.append(_kept(raw[at:end]))
        at = end
    return b"".join([*kept, bytes([_END])])


def _colours(packed: int) -> int:
    """Return how many bytes of colour table follow: three for each colour, if there is one at all."""
    return 3 * 2 ** ((packed & 7) + 1) if packed & 0x80 else 0


def _block_end(raw: bytes, at: int) -> int:
    if raw[at] == _PICTURE:
        return _sub_blocks_end(raw, at + 10 + _colours(raw[at + 9]) + 1)
    if raw[at] == _EXTENSION:
        return _sub_blocks_end(raw, at + 2)
    raise IndexError("no GIF block begins so")


def _sub_blocks_end(raw: bytes, at: int) -> int:
    while raw[at]:
        at += raw[at] + 1
    return at + 1


def _kept(block: bytes) -> bytes:
    if block[0] == _PICTURE or block[1] == _GRAPHIC_CONTROL:
        return block
    if block[1] == _APPLICATION and block[3:14] in _LOOPS and block[14] == 3:
        return block[:18] + b"\x00"
    return b""
