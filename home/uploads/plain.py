"""Files of plain text: no program and no page behind a harmless ending; calendar files without their guests."""

from __future__ import annotations

import re

from home.uploads import refusals

_PAGE = re.compile(rb"\s*<(!doctype|html|script|svg|\?xml|head|body|iframe)", re.I)
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
# Google names an own calendar after its owner's address. A property with its folded lines: RFC 5545, 3.1.
_GUESTS = re.compile(
    rb"^(ATTENDEE|ORGANIZER|CONTACT|X-MS-OLK-SENDER|X-WR-RELCALID|X-WR-CALNAME(?=[^\n]*@))[;:][^\n]*\n([ \t][^\n]*\n)*",
    re.I | re.M,
)


def clean_plain(raw: bytes, ending: str) -> bytes:
    """Return the text, a calendar's without the people it names; raise ValidationError for what is no text."""
    text = raw.removeprefix(_BOMS[0])
    is_wide = raw.startswith(_BOMS[1:])
    if (b"\x00" in text and not is_wide) or _PAGE.match(text.replace(b"\x00", b"").lstrip(b"\xff\xfe")):
        raise refusals.other_kind(ending)
    if ending == "ics":
        if not text.lstrip().upper().startswith(b"BEGIN:VCALENDAR"):
            raise refusals.other_kind(ending)
        return _GUESTS.sub(b"", raw)
    return raw
