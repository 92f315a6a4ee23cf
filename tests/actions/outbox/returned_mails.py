"""Mails as they arrive at a return path; the letter they quote is what must leave no trace."""

from __future__ import annotations

from actions.outbox.return_path import return_address, token_for

SECRET_WORDS = "my family in Hong Kong is watched"
ORIGINAL = f"From: no-reply@mail.achk.test\nTo: jordan.lee@parl.example\nSubject: A letter\n\n{SECRET_WORDS}\n"

REPORT = """\
Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@mx.parl.example>
To: {to}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.parl.example
Arrival-Date: Wed, 25 Nov 2026 10:00:00 -0500

Final-Recipient: rfc822; jordan.lee@parl.example
Action: {action}
Status: {status}
Diagnostic-Code: {diagnostic}

--b1
Content-Type: message/rfc822

{original}
--b1--
"""


def address_of(row) -> str:
    queue = "outbox" if row._meta.model_name == "outboxmessage" else "letters"
    return return_address(token_for(queue_name=queue, pk=row.pk))


def report(to: str, *, action="failed", status="5.1.1", diagnostic="smtp; 550 5.1.1 no such user") -> bytes:
    """A report as RFC 3464 says."""
    text = REPORT.format(to=to, action=action, status=status, diagnostic=diagnostic, original=ORIGINAL)
    return text.replace("\n", "\r\n").encode()


def plain(to: str, *, sender="MAILER-DAEMON@mx.example", subject="failure notice", text="", headers="") -> bytes:
    """A mail without a machine-readable part."""
    return f"Return-Path: <>\nFrom: {sender}\nTo: {to}\nSubject: {subject}\n{headers}\n{text}\n".encode()


QMAIL = (
    "Hi. This is the qmail-send program at mx.example.\n"
    "I'm afraid I wasn't able to deliver your message to the following addresses.\n"
    "This is a permanent error; I've given up. Sorry it didn't work out.\n\n"
    "<jordan.lee@parl.example>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n"
    f"--- Below this line is a copy of the message.\n\n{ORIGINAL}"
)
EXIM = (
    "This message was created automatically by mail delivery software.\n\n"
    "A message that you sent could not be delivered to one or more of its recipients.\n\n"
    "  jordan.lee@parl.example\n    SMTP error from remote mail server after RCPT TO:<jordan.lee@parl.example>:\n"
    f"    {{said}}\n\n------ This is a copy of the message, including all the headers. ------\n\n{ORIGINAL}"
)
OUT_OF_OFFICE = "I am out of the office until Monday. In urgent matters call 613 555-0100, room 550.\n"
