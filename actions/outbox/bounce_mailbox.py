"""Reads the mailbox in which bounces arrive, over IMAP, and deletes each mail once it is recorded.

For sites that send by plain SMTP. Bounces quote supporters' letters: nothing of them is stored or logged.
"""

from __future__ import annotations

import contextlib
import imaplib
import logging
import socket
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import DatabaseError

from actions.outbox.bounce_mails import MAX_BYTES, BounceReport, read_bounce
from actions.outbox.bounces import record_bounce

if TYPE_CHECKING:
    from achk_site.env import Mailbox

log = logging.getLogger(__name__)

MAILS_PER_RUN = 50
SECONDS_PER_ANSWER = 10
SECONDS_PER_RUN = 45  # a worker sends no letter meanwhile


class MailboxUnavailable(Exception):
    """The mailbox could not be read, or not to the end; what was not read stays there."""


@dataclass
class Reading:
    """What one run did: mails looked at, reports that changed something, mails left behind."""

    read: int = 0
    recorded: int = 0
    left: int = 0


def read_mailbox_job(now: datetime) -> None:
    """The periodic job; does nothing where no mailbox is named."""
    if settings.BOUNCE_MAILBOX is not None:
        read_mailbox(settings.BOUNCE_MAILBOX)


def read_mailbox(mailbox: Mailbox, *, at_most: int = MAILS_PER_RUN) -> Reading:
    """Record and delete the oldest mails. Raises MailboxUnavailable; database errors go through."""
    reading = Reading()
    try:
        with opened(mailbox) as server:
            numbers = _checked(server.uid("SEARCH", "UNDELETED"))[0] or b""
            uids = numbers.split()
            reading.left = max(0, len(uids) - at_most)
            for uid in uids[:at_most]:
                _read_one(server, uid.decode("ascii"), reading)
            server.expunge()
    except (imaplib.IMAP4.error, OSError, ValueError, IndexError, AttributeError) as error:
        raise MailboxUnavailable(type(error).__name__) from error
    finally:
        if reading.read:
            log.info("bounce mailbox: %d read, %d recorded, %d left", reading.read, reading.recorded, reading.left)
    return reading


def _read_one(server: imaplib.IMAP4, uid: str, reading: Reading) -> None:
    """Record first and delete then: a mail that is read twice changes nothing the second time."""
    found = _checked(server.uid("FETCH", uid, f"(BODY.PEEK[]<0.{MAX_BYTES}>)"))
    raw = next((item[1] for item in found if isinstance(item, tuple) and len(item) > 1), None)
    if raw is None:
        reading.left += 1  # somebody else has taken it away
        return
    report = read_bounce(raw)
    if report and _is_recorded(report):
        reading.recorded += 1
    _checked(server.uid("STORE", uid, "+FLAGS.SILENT", r"(\Deleted)"))
    reading.read += 1


def _is_recorded(report: BounceReport) -> bool:
    """Record one report. One that fails is logged and left behind: it must not keep the others from being read."""
    try:
        return record_bounce(token=report.token, kind=report.kind, status=report.status, code=report.code)
    except DatabaseError:
        raise  # the mail stays and is read again
    except Exception as error:  # noqa: BLE001
        log.error("bounce report not recorded: %s", type(error).__name__)
        return False


def _checked(answer: tuple[str, Any]) -> Any:
    """Return the data of an answer. Raises imaplib's error, without the server's words, when it is not OK."""
    state, data = answer
    if state != "OK":
        raise imaplib.IMAP4.error("refused")
    return data


@contextlib.contextmanager
def opened(mailbox: Mailbox) -> Iterator[imaplib.IMAP4]:
    """Log in and open the folder; the connection is cut after SECONDS_PER_RUN, however slowly its bytes trickle."""
    server = _connect(mailbox)
    watchdog = threading.Timer(SECONDS_PER_RUN, _cut, args=[server])
    watchdog.daemon = True
    watchdog.start()
    try:
        server.login(mailbox.user, mailbox.password)
        _checked(server.select(_quoted(mailbox.folder)))
        yield server
        with contextlib.suppress(imaplib.IMAP4.error, OSError):
            server.logout()
    finally:
        watchdog.cancel()
        with contextlib.suppress(OSError, ValueError):
            server.shutdown()


def _connect(mailbox: Mailbox) -> imaplib.IMAP4:
    if not mailbox.is_encrypted:
        return imaplib.IMAP4(mailbox.host, mailbox.port, timeout=SECONDS_PER_ANSWER)
    context = ssl.create_default_context()
    return imaplib.IMAP4_SSL(mailbox.host, mailbox.port, ssl_context=context, timeout=SECONDS_PER_ANSWER)


def _cut(server: imaplib.IMAP4) -> None:
    """Wake up whoever waits for bytes; imaplib's own way out would wait for them too."""
    with contextlib.suppress(OSError):
        server.sock.shutdown(socket.SHUT_RDWR)


def _quoted(folder: str) -> str:
    return '"' + folder.replace("\\", "\\\\").replace('"', '\\"') + '"'
