"""What a room that sends mail tells the worker; the rules of claiming and settling stand in dispatch.py."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Generic, TypeVar

from django.core.mail import EmailMessage
from django.db.models import QuerySet

from actions.outbox.models import Dispatch

if TYPE_CHECKING:
    from actions.outbox.states import DispatchState

Row = TypeVar("Row", bound=Dispatch)


class Hold(Exception):
    """Raised by ``prepare``: the mail must not leave as it stands; ``reason`` is one of our own short words."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NotNow(Exception):
    """Raised by ``prepare``: the mail goes back to the queue as it was, until a stop is lifted or a job decides."""


class Refuse(Hold):
    """Raised by ``prepare``: the mail must never leave; it ends as failed."""


class Queue(Generic[Row]):
    """One table of mails. Subclasses name the model and say how a row becomes a mail."""

    name: str
    model: type[Row]

    def leavable(self) -> QuerySet[Row]:
        """Return the rows that may leave now; switches and stops are filtered here, so they act within one tick."""
        return self.model._default_manager.all()

    def in_time(self, row: Row, later: datetime, now: datetime) -> datetime:
        """Return when to try again at the latest: ``later``, or sooner for a mail that would else be of no use."""
        return later

    def complete(self) -> QuerySet[Row]:
        """Return all rows with whatever ``prepare`` reads besides, so that a worker reads many of them at once."""
        return self.model._default_manager.all()

    def prepare(self, row: Row) -> EmailMessage:
        """Return the mail. Raise Hold or Refuse when it may not leave."""
        raise NotImplementedError(self.name)

    def pace_seconds(self, row: Row) -> float:
        """Return the least time in seconds between two mails with the row's ``pace_key``; 0 means no pace."""
        return 0

    def may_repeat(self, row: Row) -> bool:
        """Return whether an uncertain mail is sent once more, under the same Message-ID, because twice does no harm."""
        return False

    def follows_up(self, row: Row, state: DispatchState) -> bool:
        """Return whether ``settled`` has anything to do then; without it an outcome is one statement."""
        return True

    def settled(self, row: Row, state: DispatchState, now: datetime) -> None:
        """Called in the transaction that settles or holds the row; may write and enqueue, not call out."""

    def may_send_again(self, row: Row) -> bool:
        """Return whether a mail that came back for now may leave once more: its text must still be here."""
        return False

    def bounced(self, row: Row, *, is_for_good: bool, left_at: datetime | None, now: datetime) -> None:
        """Called in the transaction that records a returned mail, before ``settled``; ``left_at`` says when it left."""

    def arrived(self, rows: QuerySet[Row], now: datetime) -> None:
        """Called in the transaction that counts the rows as delivered, since nothing came back in time."""
