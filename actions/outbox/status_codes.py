"""What mail servers' replies and reports mean, by enhanced status code.

https://www.rfc-editor.org/rfc/rfc3463 and https://www.iana.org/assignments/smtp-enhanced-status-codes/
"""

from __future__ import annotations

import re

AT_THE_START = re.compile(r"\s*([245]\.\d{1,3}\.\d{1,3})(?!\.?\d)")
ANYWHERE = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?!\.?\d)")
REPLY_CODE = re.compile(r"(?<![\d.])([45]\d\d)(?!\.?\d)")
UNSPECIFIED_ADDRESS_FAULT = "5.1.0"
# Codes for mailbox unavailable, moved, or a name that is not allowed: RFC 5321, 4.2.3.
ABOUT_THE_MAILBOX = (550, 551, 553)
# Said under the same codes about us and not about the mailbox.
ABOUT_US = re.compile(
    r"spam|block|black ?list|deny ?list|polic|reputation|spf|dkim|dmarc|relay|reverse|rdns|banned", re.IGNORECASE
)
# Permanent by their number, but of a cause that passes: mailbox or disk full, system not accepting, time used up.
PASSING = ("5.2.2", "5.3.1", "5.3.2", "5.4.5", "5.4.7")
# 5.1.7 and 5.1.8 speak of the sender's address.
ABOUT_THE_SENDER = ("5.1.7", "5.1.8")


def reply_status(code: int, reply: bytes | str) -> str:
    """Return the enhanced status code that a reply begins with (RFC 2034), "" when there is none or it contradicts."""
    text = reply.decode("ascii", "replace") if isinstance(reply, bytes) else reply
    found = AT_THE_START.match(text)
    return found[1] if found and found[1][0] == str(code)[0] else ""


def recipient_status(code: int, reply: bytes | str) -> str:
    """Return the status of a refused recipient: without an enhanced code, 550, 551 and 553 speak of the address."""
    text = reply.decode("ascii", "replace") if isinstance(reply, bytes) else reply
    if (status := reply_status(code, text)) or code not in ABOUT_THE_MAILBOX or ABOUT_US.search(text):
        return status
    return UNSPECIFIED_ADDRESS_FAULT


def status_in(text: str) -> str:
    """Return the first enhanced code of a failure in a report's free text, "" when there is none."""
    return next((status for status in ANYWHERE.findall(text) if status[0] != "2"), "")


def code_in(text: str) -> int:
    """Return the first 4xx or 5xx reply code in a report's free text, 0 when there is none."""
    found = REPLY_CODE.search(text)
    return int(found[1]) if found else 0


def is_passing(status: str) -> bool:
    """Return whether it is worth trying again although a server said no."""
    return status.startswith("4.") or status in PASSING


def is_about_address(status: str) -> bool:
    """Return whether the status says that the recipient's address is bad: unknown, moved, disabled; never policy."""
    return status == "5.2.1" or (status.startswith("5.1.") and status not in ABOUT_THE_SENDER)


def is_about_policy(status: str) -> bool:
    """Return whether the status says that this mail was not wanted (RFC 3463, 3.8), not that the address is bad."""
    return status[1:4] == ".7."
