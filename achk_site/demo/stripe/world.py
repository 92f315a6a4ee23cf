"""What every part of the stand-in shares: the store, the clock, the settings, and who is asking at the moment."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from achk_site.demo.stripe.store import Json, Store

API_VERSION = "2026-10-28.endive"
DAY = 86_400


@dataclass
class Settings:
    """``endpoints`` are (address, secret, event types; none means all); ``public_url`` is where the pages stand."""

    public_url: str = ""
    secret_key: str = ""
    control_token: str = ""
    endpoints: list[tuple[str, str, tuple[str, ...]]] = field(default_factory=list)
    currency: str = "cad"
    automatic_payouts: bool = False
    # The front page with its buttons; it needs no token, so it is for a machine that nobody else uses.
    desk: bool = False
    # How long a bank debit takes, in seconds of the stand-in's clock.
    slow_payment_seconds: int = 3 * DAY
    # Pauses of the webhooks' retries, in seconds of real time; the last one repeats.
    retry_pauses: tuple[float, ...] = (1, 5, 30, 300, 3600)


class World:
    """All state of one stand-in. Whoever reads or writes it holds ``store.lock``."""

    def __init__(self, settings: Settings, *, seed: str = "", data: Path | None = None) -> None:
        self.settings = settings
        self.store = Store(seed=seed, data=data)
        self.random = random.Random(self.store.memory["seed"])  # noqa: S311 - chance of faults, no secret
        self.stopping = threading.Event()
        self.asking: Json = {"id": None, "idempotency_key": None}
        self.on_event: Callable[[Json], None] = lambda _event: None

    def now(self) -> int:
        """The stand-in's time: the machine's, and what the control side has added to it."""
        return int(time.time()) + int(self.store.memory["offset"])

    def read_time(self, value: int) -> int:
        """Return a caller's time in ours: after the clock was put forward, callers may still live in the old time."""
        return value if value > self.now() else value + int(self.store.memory["offset"])

    def move_to(self, moment: int) -> None:
        """Put the clock forward to a moment; it never goes back."""
        memory = self.store.memory
        memory["offset"] = max(memory["offset"], moment - int(time.time()))
