"""Web addresses in plain text as links: for mails, where Django's ``urlize`` does not do.

``urlize`` parts words at blanks only. Chinese has none, so it takes a whole sentence for the address, or finds none.
"""

from __future__ import annotations

import re

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

# Up to a blank, a quotation mark, or a Chinese sign or mark.
ADDRESS = re.compile(r"https?://[^\s<>\"'\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]+")
ENDS_A_SENTENCE = ".,;:!?)]"


def with_links(text: str) -> SafeString:
    """Return the text escaped, each web address in it a link that shows itself."""
    parts, last = [], 0
    for match in ADDRESS.finditer(text):
        address = match[0].rstrip(ENDS_A_SENTENCE)
        parts += [escape(text[last : match.start()]), format_html('<a href="{0}">{0}</a>', address)]
        last = match.start() + len(address)
    return mark_safe("".join([*parts, escape(text[last:])]))  # noqa: S308 - every part is escaped
