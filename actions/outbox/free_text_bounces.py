"""The few kinds of reports without a machine-readable part that are still met: qmail, old Exim, old Exchange.

qmail: https://cr.yp.to/proto/qsbmf.txt ; Exim: X-Failed-Recipients. An automatic answer by a person's mailbox is none.
"""

from __future__ import annotations

import re
from email.message import Message
from email.utils import parseaddr

from actions.outbox.bounces import BounceKind
from actions.outbox.status_codes import code_in, is_passing, status_in

Found = tuple[BounceKind, str, int]

TEXT_LIMIT = 16_384  # what a server says stands at the top
SERVERS = ("mailer-daemon", "postmaster", "mail-daemon")
QMAIL = re.compile(r"^Hi\. This is the ", re.M)
# Below these lines stands the mail that is returned, with whatever its writer wrote.
RETURNED_MAIL = re.compile(
    r"^(?:--- Below this line is a copy|-+ ?(?:This is a copy of|Original message|The following is a copy)|"
    r"(?:Received|Return-Path): )",
    re.M | re.I,
)
DELAYED = re.compile(r"delayed|warning|still (?:being )?(?:trying|retried)|not yet been delivered", re.I)
FAILED = re.compile(r"undeliver|fail|return|could not be delivered|delivery (?:status|problem|error)", re.I)
ANSWERS = ("auto-replied", "auto-generated", "auto-notified")


def report_in_text(message: Message) -> Found | None:
    """Return kind, enhanced status and reply code that a mail from a mail server states in words, else None."""
    has_failed_line = bool(message.get("X-Failed-Recipients"))
    text = RETURNED_MAIL.split(_text(message), maxsplit=1)[0][:TEXT_LIMIT]
    is_qmail = bool(QMAIL.search(text)) and _is_from_server(message)
    if not (has_failed_line or is_qmail) and (_is_answer(message) or not _is_from_server(message)):
        return None
    return _judge(str(message.get("Subject", "")), text, is_certain=has_failed_line or is_qmail)


def _judge(subject: str, text: str, *, is_certain: bool) -> Found | None:
    status, code = status_in(text), code_in(text)
    if DELAYED.search(subject) and not FAILED.search(subject):
        return BounceKind.DELAYED, "", 0
    if not (is_certain or (FAILED.search(subject) and (status or code))):
        return None
    is_soft = is_passing(status) if status else 400 <= code <= 499
    return (BounceKind.SOFT if is_soft else BounceKind.HARD), status, code


def _is_from_server(message: Message) -> bool:
    name = parseaddr(str(message.get("From", "")))[1].partition("@")[0].lower()
    return name in SERVERS


def _is_answer(message: Message) -> bool:
    """Out-of-office notes and the like: RFC 3834, and what is common besides."""
    if str(message.get("Auto-Submitted", "")).strip().lower().startswith(ANSWERS):
        return True
    if str(message.get("Precedence", "")).strip().lower() in ("auto_reply", "bulk", "junk", "list"):
        return True
    return any(message.get(name) for name in ("X-Autoreply", "X-Autorespond", "X-Auto-Reply"))


def _text(message: Message) -> str:
    """The first plain text, whatever it says about its own characters."""
    for part in message.walk():
        if part.get_content_type() == "text/plain" and not part.is_multipart():
            payload = part.get_payload(decode=True)
            return payload[: 2 * TEXT_LIMIT].decode("latin-1") if isinstance(payload, bytes) else ""
    return ""
