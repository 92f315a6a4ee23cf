"""SMTP command by command over Django's own connection, which is kept between mails.

Home-made because Django's back end and ``smtplib.sendmail`` hide the moment in which the text is offered, and because
their time-out starts again with every byte, so that a slow server could hold a worker for hours.
"""

from __future__ import annotations

import contextlib
import re
import smtplib
import time
from email.policy import Compat32
from email.utils import parseaddr
from functools import partial
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from actions.outbox.outcomes import HandOver, TemporaryFailure, UncertainOutcome, failure_for
from actions.outbox.status_codes import recipient_status, reply_status

if TYPE_CHECKING:
    import socket

BUDGET_SECONDS = 90.0  # for one mail from the greeting to the last reply; shorter than the worker's lease
LEADING_DOT = re.compile(rb"(?m)^\.")
LINE_LENGTH = 76
CLOSING = 421
TOO_BIG = 552


class BudgetReader:
    """Reads reply lines until a deadline that no trickle of bytes moves."""

    def __init__(self, server: BudgetMixin) -> None:
        self._server = server
        self._socket: socket.socket = server.sock
        self._received = b""

    def readline(self, limit: int) -> bytes:
        while b"\n" not in self._received and len(self._received) < limit:
            self._socket.settimeout(self._server.seconds_left())
            chunk = self._socket.recv(4096)
            if not chunk:
                break
            self._received += chunk
        end = min(self._received.find(b"\n") + 1 or len(self._received), limit)
        line, self._received = self._received[:end], self._received[end:]
        return line

    def close(self) -> None:
        """The socket is closed by its owner."""


class BudgetMixin:
    """An SMTP client that greets with our own domain and keeps to ``deadline`` (monotonic seconds)."""

    sock: Any
    file: Any

    def __init__(self, *args: Any, deadline: float, **kwargs: Any) -> None:
        self.deadline = deadline
        self.waits_for_verdict = False
        super().__init__(*args, **{**kwargs, "local_hostname": settings.SENDER_DOMAIN})

    def seconds_left(self) -> float:
        """Return how long to wait for the next bytes; the verdict on the text may use up the whole budget."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("the mail's time is used up")
        return left if self.waits_for_verdict else min(left, settings.EMAIL_TIMEOUT)

    def getreply(self) -> tuple[int, bytes]:
        if self.file is None and self.sock is not None:
            self.file = BudgetReader(self)
        return super().getreply()  # type: ignore[misc]


class BudgetSmtp(BudgetMixin, smtplib.SMTP):
    """Plain or STARTTLS."""


class BudgetSmtps(BudgetMixin, smtplib.SMTP_SSL):
    """TLS from the first byte."""


class Connection(EmailBackend):
    """Django's connection: host, port, log-in and TLS come from EMAIL_URL and the EMAIL_* settings."""

    deadline = 0.0

    @property
    def connection_class(self) -> Any:
        return partial(BudgetSmtps if self.use_ssl else BudgetSmtp, deadline=self.deadline)


class SmtpTransport:
    """One connection, opened when needed. Any failure drops it: no mail shall inherit another one's half-said words."""

    def __init__(self) -> None:
        self._server: Any = None

    def send(self, message: EmailMessage, *, hand_over: HandOver) -> None:
        """See Transport. Raises ValueError for a mail that has not exactly one recipient."""
        (recipient,) = message.recipients()
        sender = parseaddr(message.from_email)[1]
        text = wire_text(message)
        try:
            server = self._address(sender, recipient)
            hand_over()
            self._offer(server, text)
        except BaseException:
            self._drop()
            raise

    def close(self) -> None:
        """Say goodbye; the mails have their verdicts, so nothing here can fail."""
        if self._server is not None:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                self._server.deadline = time.monotonic() + 1
                self._server.quit()
        self._drop()

    def _drop(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            server.close()

    def _address(self, sender: str, recipient: str) -> Any:
        """Greet, name sender and recipient, and return the server that now waits for the text.

        A kept connection that the server has closed in the meantime is opened again, once.
        """
        is_kept = self._server is not None
        try:
            return self._say_envelope(sender, recipient)
        except TemporaryFailure as failure:
            if not is_kept or failure.code not in (0, CLOSING):
                raise
            self._drop()
            return self._say_envelope(sender, recipient)

    def _say_envelope(self, sender: str, recipient: str) -> Any:
        try:
            server = self._open()
            about_us, words = server.mail(sender, envelope_options(server))
            about_them, words = server.rcpt(recipient) if is_yes(about_us) else (about_us, words)
            ready, words = server.docmd("DATA") if is_yes(about_them) else (about_them, words)
        except smtplib.SMTPResponseException as error:
            raise TemporaryFailure(error.smtp_code, reply_status(error.smtp_code, error.smtp_error)) from error
        except (smtplib.SMTPException, OSError) as error:
            raise TemporaryFailure from error
        if ready == 354:
            return server
        # A sender that is refused is our trouble: no recipient is struck off for it, and no letter given up.
        if not is_yes(about_us) and ready != TOO_BIG:
            raise TemporaryFailure(ready, reply_status(ready, words))
        is_refused = is_yes(about_us) and not is_yes(about_them)
        raise failure_for(ready, (recipient_status if is_refused else reply_status)(ready, words))

    def _open(self) -> Any:
        deadline = time.monotonic() + BUDGET_SECONDS
        if self._server is None:
            connection = Connection(fail_silently=False)
            connection.deadline = deadline
            connection.open()
            self._server = connection.connection
        self._server.deadline, self._server.waits_for_verdict = deadline, False
        self._server.ehlo_or_helo_if_needed()
        return self._server

    @staticmethod
    def _offer(server: Any, text: bytes) -> None:
        try:
            server.waits_for_verdict = True
            server.sock.settimeout(server.seconds_left())
            server.send(text)
            code, words = server.getreply()
        except (smtplib.SMTPException, OSError) as error:
            raise UncertainOutcome from error
        if not 200 <= code <= 599:
            raise UncertainOutcome
        if not is_yes(code):
            raise failure_for(code, reply_status(code, words))


def envelope_options(server: Any) -> list[str]:
    """Return what to ask for after MAIL FROM: text as it is, and reports that do not quote the letter (RFC 3461)."""
    wanted = {"8bitmime": "BODY=8BITMIME", "dsn": "RET=HDRS"}
    return [option for extension, option in wanted.items() if server.has_extn(extension)]


def is_yes(code: int) -> bool:
    return 200 <= code <= 299


class QuickPolicy(Compat32):
    """Python's own way to write headers, without the search for places to fold where there is nothing to fold."""

    def fold_binary(self, name: str, value: Any) -> bytes:
        line = f"{name}: {value}"
        if isinstance(value, str) and line.isascii() and line.isprintable() and len(line) < LINE_LENGTH:
            return line.encode() + self.linesep.encode()
        return super().fold_binary(name, value)


def wire_text(message: EmailMessage) -> bytes:
    """Return the mail as it goes over the wire: CRLF, leading dots doubled, ended by a dot (RFC 5321, 4.5.2)."""
    mail = message.message()
    mail.policy = QuickPolicy()
    text = mail.as_bytes(linesep="\r\n")  # type: ignore[call-arg]
    if not text.endswith(b"\r\n"):
        text += b"\r\n"
    return LEADING_DOT.sub(b"..", text) + b".\r\n"
