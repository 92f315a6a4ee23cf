"""Ways for a mail to leave; each tells what is certain: it left, it did not, or nobody can know.

A transport calls ``hand_over`` once, just before the text is offered, so that the caller can commit that fact: a mail
whose worker dies before it has certainly not left. Home-made because Django's back ends hide that moment.
"""

from __future__ import annotations

import contextlib
import smtplib
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend as SmtpConnection

HandOver = Callable[[], None]


class NotDelivered(Exception):
    """The mail has certainly not been accepted; ``code`` is the server's reply code, 0 when there was none."""

    def __init__(self, code: int = 0) -> None:
        super().__init__(f"reply code {code}")
        self.code = code


class TemporaryFailure(NotDelivered):
    """Try again later: 4xx, a refused connection, a time-out before the text was offered."""


class PermanentFailure(NotDelivered):
    """Do not try again: 5xx (RFC 5321, section 4.2.1)."""


class UncertainOutcome(Exception):
    """The connection was lost after the text was offered: it may or may not have been accepted."""


class Transport(Protocol):
    def send(self, message: EmailMessage, *, hand_over: HandOver) -> None: ...

    def close(self) -> None: ...


def failure_for(code: int) -> NotDelivered:
    return PermanentFailure(code) if 500 <= code <= 599 else TemporaryFailure(code)


class SmtpTransport:
    """SMTP command by command over Django's own connection, which is kept between mails."""

    def __init__(self) -> None:
        self._connection: SmtpConnection | None = None

    def send(self, message: EmailMessage, *, hand_over: HandOver) -> None:
        server = self._greet(message)
        hand_over()
        try:
            code, _ = server.data(message.message().as_bytes(linesep="\r\n"))
        except smtplib.SMTPDataError as error:
            self.close()
            raise failure_for(error.smtp_code) from error
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            raise UncertainOutcome from error
        if code != 250:
            self._reset()
            raise failure_for(code)

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                connection.close()

    def _greet(self, message: EmailMessage) -> smtplib.SMTP:
        """Name sender and recipient; a connection that the server closed while idle is opened again once."""
        is_fresh = self._connection is None
        try:
            server = self._open()
            for code, _ in self._envelope(server, message):
                if code not in (250, 251):
                    self._reset()
                    raise failure_for(code)
        except smtplib.SMTPResponseException as error:
            self.close()
            raise TemporaryFailure(error.smtp_code) from error
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            if is_fresh:
                raise TemporaryFailure from error
            return self._greet(message)
        return server

    def _open(self) -> smtplib.SMTP:
        if self._connection is None:
            self._connection = SmtpConnection(fail_silently=False)
            self._connection.open()
        server = self._connection.connection
        if server is None:
            raise smtplib.SMTPServerDisconnected("no connection")
        return server

    @staticmethod
    def _envelope(server: smtplib.SMTP, message: EmailMessage):  # type: ignore[no-untyped-def]
        sender = message.extra_headers.get("Return-Path") or bare_address(message.from_email)
        yield server.mail(sender)
        for recipient in message.recipients():
            yield server.rcpt(recipient)

    def _reset(self) -> None:
        if self._connection is not None and self._connection.connection is not None:
            try:
                self._connection.connection.rset()
            except (smtplib.SMTPException, OSError):
                self.close()


class FolderTransport:
    """Writes each mail as ``<message id>.eml`` into OUTBOX_FOLDER: the demo's post office."""

    def send(self, message: EmailMessage, *, hand_over: HandOver) -> None:
        folder = Path(settings.OUTBOX_FOLDER)
        folder.mkdir(parents=True, exist_ok=True)
        name = str(message.extra_headers["Message-ID"]).strip("<>").partition("@")[0]
        draft = folder / f".{uuid.uuid4().hex}.part"
        draft.write_bytes(message.message().as_bytes())
        hand_over()
        draft.rename(folder / f"{name}.eml")

    def close(self) -> None:
        """Nothing is kept open."""


class BackendTransport:
    """Any Django mail back end, such as a provider's HTTP API through anymail."""

    def send(self, message: EmailMessage, *, hand_over: HandOver) -> None:
        hand_over()
        try:
            get_connection(fail_silently=False).send_messages([message])
        except smtplib.SMTPResponseException as error:
            raise failure_for(error.smtp_code) from error
        except OSError as error:
            raise UncertainOutcome from error

    def close(self) -> None:
        """Each mail has its own connection."""


TRANSPORTS: dict[str, Callable[[], Transport]] = {
    "smtp": SmtpTransport,
    "folder": FolderTransport,
    "backend": BackendTransport,
}


def make_transport() -> Transport:
    """Return the transport that ``settings.OUTBOX_TRANSPORT`` names."""
    return TRANSPORTS[settings.OUTBOX_TRANSPORT]()


def bare_address(address: str) -> str:
    """Return the address of ``Name <address>``."""
    return address.rpartition("<")[2].rstrip(">").strip()
