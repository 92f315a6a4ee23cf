"""What of an answer a browser or a mail program would act on."""

from __future__ import annotations

from collections import Counter
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.html import escape

from tests.home.reading import Reading

MAY_HOLD_ADDRESS = ("href", "src", "action", "formaction", "srcset", "poster", "data", "xlink:href")
OUR_SCHEMES = ("", "http", "https", "mailto", "tel")
HEADERS_OF_A_LETTER = Counter(
    ["Content-Type", "MIME-Version", "Content-Transfer-Encoding", "Subject", "From", "To", "Reply-To", "Date",
     "Message-ID", "Content-Language"]
)  # fmt: skip


def shape(html: str) -> Counter[tuple[str, ...]]:
    """The page's elements with the names of their attributes: input must not be able to change it."""
    return Counter((tag, *sorted(attributes)) for tag, attributes in Reading(html).elements)


def dangers(html: str) -> list[str]:
    """What of the page would run or load something that is not ours."""
    page = Reading(html)
    found = page.forbidden_by_policy()
    for tag, attributes in page.elements:
        if tag in ("iframe", "object", "embed", "base"):
            found.append(tag)
        is_data = attributes.get("type") == "application/ld+json" and "src" not in attributes  # run by nobody
        if tag == "script" and not is_data and not attributes.get("src", "").startswith("/static/"):
            found.append("script")
        for name in MAY_HOLD_ADDRESS:
            if urlsplit(attributes.get(name, "")).scheme.lower() not in OUR_SCHEMES:
                found.append(f"{tag} {name}={attributes[name]}")
    return found


def holds(html: str, text: str) -> bool:
    """Whether the text can be read on the page, written so that it is text and nothing else."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return all(escape(line) in html for line in lines)


def sent(message: Any) -> EmailMessage:
    """The mail as its reader's program parses it, with the faults that would make it more than one plain mail."""
    raw = message.message().as_bytes()
    assert max(len(line) for line in raw.splitlines()) <= 998
    parsed = message_from_bytes(raw, policy=policy.default)
    assert len(message.recipients()) == 1
    assert [address.addr_spec for address in parsed["To"].addresses] == message.recipients()
    assert [address.addr_spec for address in parsed["From"].addresses] == [settings.DEFAULT_FROM_EMAIL]
    assert not parsed["Cc"]
    assert not parsed["Bcc"]
    assert "\n" not in parsed["Subject"]
    assert parsed.defects == []
    return parsed
