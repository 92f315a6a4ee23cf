"""Waiting for Stripe: never longer than a deadline, never more than two threads of a process, with plain errors.

Stripe's client runs in a thread of a small pool, because its timeouts bound each read and not the whole (looking up the
name, an answer that drips, a retry). Who finds the pool full hears so at once: a process keeps its threads for others.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

import stripe

T = TypeVar("T")

DEADLINE_SECONDS = 9.0
AT_ONCE = 2
# (connecting, reading) for each of two tries: with half a second between them they stay within the deadline.
TIMEOUTS = (2.0, 4.0)
RETRIES = 1
# Until when, by the steady clock, all questions together must be answered, where somebody waits for several.
_all_until: ContextVar[float | None] = ContextVar("stripe_all_until", default=None)


class StripeTrouble(Exception):
    """Stripe did not do what we asked; nothing is known to have happened. ``code`` is a short word for logs."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Unavailable(StripeTrouble):
    """No answer, or none that helps: it may or may not have been done.

    ``is_stored`` means that Stripe failed inside and would repeat this very answer under the same idempotency key
    (https://docs.stripe.com/api/idempotent_requests).
    """

    def __init__(self, code: str, *, is_stored: bool = False) -> None:
        super().__init__(code)
        self.is_stored = is_stored


class Busy(StripeTrouble):
    """Two threads of this process wait for Stripe already; nothing was sent."""


class Refused(StripeTrouble):
    """Stripe understood and says no; asking again changes nothing."""


class NotThere(Refused):
    """Stripe knows nothing under that number."""


@contextmanager
def all_within(seconds: float) -> Iterator[None]:
    """Let all questions inside end within ``seconds`` together; who asks later hears Unavailable("deadline")."""
    before = _all_until.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _all_until.reset(before)


def _seconds_left() -> float:
    until = _all_until.get()
    return DEADLINE_SECONDS if until is None else min(DEADLINE_SECONDS, until - time.monotonic())


class StripeLine:
    """One process's line to Stripe; made anew in each process, since threads do not survive a fork."""

    def __init__(self, client: stripe.StripeClient) -> None:
        self.client = client
        self._places = threading.BoundedSemaphore(AT_ONCE)
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="stripe")

    def ask(self, call: Callable[[stripe.StripeClient], T]) -> T:
        """Return what ``call`` returns. Raises Busy, Unavailable, Refused or NotThere."""
        seconds = _seconds_left()
        if seconds <= 0:
            raise Unavailable("deadline")
        if not self._places.acquire(blocking=False):
            raise Busy("busy")
        waiting = self._pool.submit(self._run, call)
        try:
            return waiting.result(timeout=seconds)
        except TimeoutError as error:
            raise Unavailable("deadline") from error
        except stripe.StripeError as error:
            raise _translated(error) from error

    def _run(self, call: Callable[[stripe.StripeClient], T]) -> T:
        try:
            return call(self.client)
        finally:
            self._places.release()


def _translated(error: stripe.StripeError) -> StripeTrouble:
    code = type(error).__name__
    status = error.http_status or 0
    if isinstance(error, stripe.APIConnectionError):
        return Unavailable("connection")
    if status == 404:
        return NotThere(code)
    if status in (409, 429) or isinstance(error, (stripe.AuthenticationError, stripe.PermissionError)):
        return Unavailable(code)
    if status >= 500 or not status:
        return Unavailable(code, is_stored=status >= 500)
    return Refused(code)
