"""Published phone numbers as links."""

from __future__ import annotations

import re
import unicodedata

# The North American Numbering Plan: area code and exchange begin with 2 to 9 (https://www.nanpa.com/numbering).
NUMBER = re.compile(r"(?:\+?1)?([2-9]\d{2})([2-9]\d{2})(\d{4})(?:(?:extension|ext|poste|x|#)(\d{1,7}))?", re.ASCII)
PUNCTUATION = re.compile(r"[\s().,:\-\u2010-\u2015/]+")


def tel_href(number: str) -> str:
    """Return ``tel:+1-613-992-1385`` for ``1 613 992-1385`` (RFC 3966), or nothing for what is no such number."""
    if len(number) > 60:
        return ""
    found = NUMBER.fullmatch(PUNCTUATION.sub("", unicodedata.normalize("NFKC", number)).casefold())
    if found is None:
        return ""
    area, exchange, line, extension = found.groups()
    return f"tel:+1-{area}-{exchange}-{line}" + (f";ext={extension}" if extension else "")
