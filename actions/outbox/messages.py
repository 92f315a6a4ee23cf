"""The one place where mails are put together: one recipient, our own address, our own Message-ID, no header tricks."""

from __future__ import annotations

import re
import unicodedata
import uuid
from dataclasses import dataclass, field
from email.utils import formataddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

# Controls, line separators, marks that turn the reading direction, and halves of characters.
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")
# The dot-atom of RFC 5322, 3.2.3: nothing in it can open a second recipient, a comment, a route or a header.
BARE_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9.-]{1,253}")
SUBJECT_LENGTH = 200


@dataclass(frozen=True)
class MailLink:
    """A way on, such as "Parliament Hill" with its number; ``shown`` leads to ``href``, which plain text leaves out."""

    label: str
    shown: str
    href: str = ""


@dataclass
class MailContent:
    """A mail in one language: plain paragraphs, at most one button, and texts shown as they were written.

    ``links`` stand in a list of their own, under the paragraphs. ``sheets`` are (heading, text) pairs such as a letter;
    ``way_out`` is the link by which one gets no more such mails; ``reason`` says at the foot why the person gets this
    mail. ``as_it_is`` is a whole text that is sent alone, without HTML and without anything around it.
    ``are_links_shown`` makes links of the addresses in paragraphs, as they are.
    """

    subject: str
    paragraphs: list[str]
    links: list[MailLink] = field(default_factory=list)
    button: tuple[str, str] | None = None
    sheets: list[tuple[str, str]] = field(default_factory=list)
    closing: list[str] = field(default_factory=list)
    way_out: MailLink | None = None
    reason: str = ""
    as_it_is: str = ""
    are_links_shown: bool = False


def new_message_id() -> str:
    """Return a fresh Message-ID under our own domain."""
    return f"<{uuid.uuid4().hex}@{settings.SENDER_DOMAIN}>"


def one_line(text: str, *, limit: int = SUBJECT_LENGTH) -> str:
    """Return the text safe for a header: control characters become blanks, cut at ``limit`` characters.

    What looks like an encoded word (RFC 2047) is broken up: mail programs would decode it into something else.
    """
    return unicodedata.normalize("NFC", CONTROL.sub(" ", text)).replace("=?", "= ?").strip()[:limit].strip()


def checked_address(address: str) -> str:
    """Return the address; raise ValueError when it is not one bare ASCII address and nothing else."""
    if not BARE_ADDRESS.fullmatch(address):
        raise ValueError("not one bare mail address")
    return address


def render_content(content: MailContent, *, language: str) -> dict[str, str]:
    """Return subject, text and html of the mail; nothing in it is loaded from anywhere."""
    if content.as_it_is:
        return {"subject": one_line(content.subject), "text": content.as_it_is, "html": ""}
    with translation.override(language):
        context: dict[str, Any] = {"mail": content, "language": language}
        return {
            "subject": one_line(content.subject),
            "text": render_to_string("emails/message.txt", context).strip() + "\n",
            "html": render_to_string("emails/message.html", context),
        }


def build_message(
    *,
    to: str,
    subject: str,
    text: str,
    html: str = "",
    from_name: str = "",
    reply_to: tuple[str, str] | None = None,
    message_id: str,
    language: str,
    headers: dict[str, str] | None = None,
) -> EmailMessage:
    """Return a mail from our own address to exactly one recipient.

    ``reply_to`` is (name, address). Raises ValueError for an address that is not one bare address or a header of
    several lines.
    """
    sender = formataddr((one_line(from_name, limit=100), settings.DEFAULT_FROM_EMAIL))
    message = EmailMultiAlternatives(
        subject=one_line(subject),
        body=text,
        from_email=sender,
        to=[checked_address(to)],
        reply_to=[formataddr((one_line(reply_to[0], limit=100), checked_address(reply_to[1])))] if reply_to else None,
        headers={"Message-ID": message_id, "Content-Language": language, **(headers or {})},
    )
    if any(CONTROL.search(value) for value in message.extra_headers.values()):
        raise ValueError("a header of several lines")
    # Read by anymail; other ways to send know nothing of it. Nobody is watched opening or clicking.
    message.track_opens = message.track_clicks = False  # type: ignore[attr-defined]
    if html:
        message.attach_alternative(html, "text/html")
    return message
