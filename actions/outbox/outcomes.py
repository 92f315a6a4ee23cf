"""What is certain after a mail was offered: it was taken (no exception), it was not, or nobody can know."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from django.core.mail import EmailMessage

from actions.outbox.status_codes import is_passing

HandOver = Callable[[], None]

# "Authentication required" and its kin say something about our log-in, not about the mail: RFC 4954, section 6.
ABOUT_OUR_LOGIN = (530, 534, 535, 538)


class NotDelivered(Exception):
    """The mail has certainly not been accepted.

    ``code`` is the server's reply code, 0 when there was none; ``status`` its enhanced status code such as 5.1.1.
    """

    def __init__(self, code: int = 0, status: str = "") -> None:
        super().__init__(f"reply code {code} {status}".rstrip())
        self.code, self.status = code, status


class TemporaryFailure(NotDelivered):
    """Try again later: 4xx, a refused connection, a time-out before the text was offered."""


class PermanentFailure(NotDelivered):
    """Do not try again: 5xx (RFC 5321, section 4.2.1) for a cause that does not pass."""


class UncertainOutcome(Exception):
    """The connection was lost after the text was offered: it may or may not have been accepted."""


class Transport(Protocol):
    """A way for a mail to leave.

    ``send`` calls ``hand_over`` once, just before the text is offered, so that the caller can commit that fact: a mail
    whose worker dies before it has certainly not left. It returns when the mail was accepted and raises NotDelivered
    or UncertainOutcome otherwise; what ``hand_over`` raises goes through, and nothing is offered then.
    """

    def send(self, message: EmailMessage, *, hand_over: HandOver) -> None: ...

    def close(self) -> None: ...


def failure_for(code: int, status: str = "") -> NotDelivered:
    """Return the failure that a server's reply stands for; a full mailbox (5.2.2) may be emptied."""
    is_permanent = 500 <= code <= 599 and code not in ABOUT_OUR_LOGIN and not is_passing(status)
    return PermanentFailure(code, status) if is_permanent else TemporaryFailure(code, status)
