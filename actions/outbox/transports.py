"""The ways for a mail to leave, by the name that ``settings.OUTBOX_TRANSPORT`` gives them."""

from __future__ import annotations

import smtplib
import socket
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from actions.outbox.outcomes import (
    HandOver,
    PermanentFailure,
    TemporaryFailure,
    Transport,
    UncertainOutcome,
    failure_for,
)
from actions.outbox.return_path import without_return_path
from actions.outbox.smtp import SmtpTransport
from actions.outbox.status_codes import recipient_status, reply_status


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
    """Any Django mail back end, such as a provider's HTTP API through anymail; the errors are read by what they say."""

    def send(self, message: EmailMessage, *, hand_over: HandOver) -> None:
        if settings.EMAIL_BACKEND.startswith("anymail."):
            message = without_return_path(message)
        hand_over()
        try:
            get_connection(fail_silently=False).send_messages([message])
        except smtplib.SMTPRecipientsRefused as error:
            code, words = next(iter(error.recipients.values()))
            raise failure_for(code, recipient_status(code, words)) from error
        except smtplib.SMTPResponseException as error:
            raise failure_for(error.smtp_code, reply_status(error.smtp_code, error.smtp_error)) from error
        except Exception as error:
            raise provider_failure(error) from error

    def close(self) -> None:
        """Each mail has its own connection."""


# Names, because neither anymail's nor urllib3's classes are imported by a site that does not use them.
NEVER_CONNECTED = ("ConnectTimeout", "ConnectTimeoutError", "NewConnectionError", "NameResolutionError")
REFUSED_BEFORE_SENDING = (
    "AnymailInvalidAddress",
    "AnymailRecipientsRefused",
    "AnymailSerializationError",
    "AnymailUnsupportedFeature",
)


def provider_failure(error: BaseException) -> Exception:
    """Return what an error of a provider's API says about the mail.

    Refused requests were not accepted: 401, 403, 408, 425 and 429 speak of us or of the moment, other 4xx of the mail.
    After 5xx, or when the connection broke off, nobody can know.
    """
    if any(is_unconnected(link) for link in chain_of(error)):
        return TemporaryFailure()
    if type(error).__name__ in REFUSED_BEFORE_SENDING:
        return PermanentFailure()
    status = getattr(error, "status_code", None) or 0
    if status in (401, 403, 408, 425, 429, 503):
        return TemporaryFailure(status)
    return PermanentFailure(status) if 400 <= status <= 499 else UncertainOutcome()


def is_unconnected(error: BaseException) -> bool:
    return isinstance(error, (ConnectionRefusedError, socket.gaierror)) or type(error).__name__ in NEVER_CONNECTED


def chain_of(error: BaseException | None) -> Iterator[BaseException]:
    """Yield the error and what caused it, first cause last."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


TRANSPORTS: dict[str, Callable[[], Transport]] = {
    "smtp": SmtpTransport,
    "folder": FolderTransport,
    "backend": BackendTransport,
}


def make_transport() -> Transport:
    """Return the transport that ``settings.OUTBOX_TRANSPORT`` names."""
    return TRANSPORTS[settings.OUTBOX_TRANSPORT]()
