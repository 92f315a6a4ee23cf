"""Links out of plain text for the HTML part of a mail; Django's urlize knows no end of a link but an ASCII blank."""

from __future__ import annotations

import re

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

# A link ends before a blank, a quote, CJK punctuation (U+3000-303F), full-width forms (U+FF00-FFEF) or a Han character.
LINK = re.compile(r"https?://[^\s<>\"'\u3000-\u303f\uff00-\uffef\u4e00-\u9fff]+")
AFTER_A_LINK = ".,:;!?…»”’"
PAIRS = {")": "(", "]": "[", "}": "{"}


def linked(text: str) -> SafeString:
    """Return the text escaped, each http(s) address in it a link that shows exactly where it leads."""
    parts, end = [], 0
    for found in LINK.finditer(text):
        address = without_punctuation(found[0])
        parts += [escape(text[end : found.start()]), _anchor(address)]
        end = found.start() + len(address)
    return mark_safe("".join([*parts, escape(text[end:])]))  # noqa: S308 - every part is escaped


def _anchor(address: str) -> str:
    has_host = address.partition("://")[2]
    return format_html('<a href="{0}">{0}</a>', address) if has_host else escape(address)


def without_punctuation(address: str) -> str:
    """Return the address without what closes the sentence around it; a bracket that it opened itself stays."""
    while address and (address[-1] in AFTER_A_LINK or _is_lone_bracket(address)):
        address = address[:-1]
    return address


def _is_lone_bracket(address: str) -> bool:
    opening = PAIRS.get(address[-1])
    return opening is not None and address.count(address[-1]) > address.count(opening)
