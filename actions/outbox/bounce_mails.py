"""Reading what arrives at our return paths: which mail it is about and what it says; nothing of it is kept.

Reports come as RFC 3464 says; older servers write free text (free_text_bounces.py). Out-of-office notes, challenges and
spam arrive at the same addresses and say nothing about delivery.
"""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message

from actions.outbox.bounces import BounceKind
from actions.outbox.free_text_bounces import report_in_text
from actions.outbox.return_path import tokens_in
from actions.outbox.status_codes import code_in, is_passing, status_in

MAX_BYTES = 262_144  # the report stands before the returned mail, which may be cut off
MAX_PARTS = 40  # deeper nested or more finely cut than any report
HEADERS_WITH_OUR_ADDRESS = ("To", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "Apparently-To")
ARRIVED = ("delivered", "relayed", "expanded")


@dataclass(frozen=True)
class BounceReport:
    """What one mail says about one of ours; ``status`` and ``code`` are empty and 0 where it does not say."""

    token: str
    kind: BounceKind
    status: str = ""
    code: int = 0


def read_bounce(raw: bytes, *, recipient: str = "") -> BounceReport | None:
    """Return what a mail reports, None when it is no report about a mail of ours.

    ``recipient`` is the envelope's, where it is known. Never raises, whatever the mail is made of.
    """
    try:
        return _read(raw[:MAX_BYTES], recipient)
    except Exception:  # noqa: BLE001 - the parser stumbles over hostile mail in many ways, and nothing of it may be told
        return None


def _read(raw: bytes, recipient: str) -> BounceReport | None:
    if raw.lower().count(b"boundary=") > MAX_PARTS:
        return None
    message = email.message_from_bytes(raw, policy=email.policy.compat32)
    token = _token(message, recipient)
    if token is None:
        return None
    blocks = list(_delivery_status(message))
    if blocks:
        return _report_in_blocks(token, blocks)
    found = report_in_text(message)
    return BounceReport(token, *found) if found else None


def _token(message: Message, recipient: str) -> str | None:
    """The token of the address that the mail was sent to; several different ones are nobody's report."""
    lines = [recipient, *(str(value) for name in HEADERS_WITH_OUR_ADDRESS for value in message.get_all(name, ()))]
    found = set(tokens_in(" ".join(lines)))
    return found.pop() if len(found) == 1 else None


def _delivery_status(message: Message) -> Iterator[Message]:
    """Yield the blocks about recipients of the report's own machine-readable part, not of mails returned with it."""
    own_parts = _parts(message) if message.get_content_maintype() == "multipart" else []
    for part in (message, *own_parts):
        if part.get_content_type() == "message/delivery-status":
            yield from (block for block in _parts(part) if block.get("Action"))


def _parts(message: Message) -> list[Message]:
    payload = message.get_payload()
    return [part for part in payload if isinstance(part, Message)] if isinstance(payload, list) else []


def _report_in_blocks(token: str, blocks: list[Message]) -> BounceReport | None:
    """Our mails have one recipient; where the address stands for several, one that has it is enough."""
    by_action = {str(block["Action"]).split(";")[0].split("(")[0].strip().lower(): block for block in reversed(blocks)}
    if any(action in ARRIVED for action in by_action):
        return BounceReport(token, BounceKind.DELIVERED)
    if (failed := by_action.get("failed")) is not None:
        return _failure(token, failed)
    return BounceReport(token, BounceKind.DELAYED) if "delayed" in by_action else None


def _failure(token: str, block: Message) -> BounceReport:
    """The remote server's own words are more exact than a status like 5.0.0 that a relay made of them."""
    words = str(block.get("Diagnostic-Code", ""))
    status = status_in(str(block.get("Status", "")))
    if not status or status.endswith(".0.0"):
        status = status_in(words) or status
    code = code_in(words)
    is_soft = is_passing(status) if status else 400 <= code <= 499
    return BounceReport(token, BounceKind.SOFT if is_soft else BounceKind.HARD, status, code)
