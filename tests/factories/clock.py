"""A clock that a test turns by hand, for the outbox and the letters alike."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from actions.outbox import dispatch, worker

OTTAWA = ZoneInfo("America/Toronto")


def ottawa(text: str) -> datetime:
    """``2026-03-06 08:00`` on the wall in Ottawa, as UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=OTTAWA).astimezone(UTC)


class Clock:
    """``clock.now`` is what everybody reads until ``clock.turn_to`` or ``clock.pass_``."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, start: datetime) -> None:
        self.now = start
        monkeypatch.setattr(timezone, "now", lambda: self.now)
        for module in (dispatch, worker):
            monkeypatch.setattr(module, "database_now", lambda: self.now)

    def turn_to(self, moment: datetime) -> None:
        self.now = moment

    def pass_(self, **duration: float) -> None:
        self.now += timedelta(**duration)
