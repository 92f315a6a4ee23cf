"""Switches that make the stand-in fail as a real service and a real network do, by chance from a seed."""

from __future__ import annotations

import random
import re
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from achk_site.demo.stripe.errors import invalid

# hang, hang_after: wait ``seconds`` before or after the work. error: a 500 before the work, kept under the key unless
# ``kept`` is false; error_after: the work is done and the answer is a 500. rate_limit: 429. lost_request: the
# connection ends before the work; lost_reply: after it.
KINDS = ("hang", "hang_after", "error", "error_after", "rate_limit", "lost_request", "lost_reply")


@dataclass
class Fault:
    """``probability`` from 0 to 1; ``times`` how often at most, None without end; ``path`` and ``method`` narrow it."""

    kind: str
    probability: float = 1.0
    times: int | None = None
    path: str = ""
    method: str = ""
    seconds: float = 30.0
    kept: bool = True


@dataclass
class WebhookFaults:
    """``drop``: part that never arrives, nor is tried again. ``copies``: how often each of the others is sent.

    ``duplicate``: the part to which ``copies`` applies. ``delay``: seconds that each waits; ``shuffle``: seconds up to
    which each waits more, by chance, so that later ones overtake.
    """

    drop: float = 0.0
    copies: int = 1
    duplicate: float = 1.0
    delay: float = 0.0
    shuffle: float = 0.0


@dataclass
class Faults:
    """All switches; a fault is drawn once for each request."""

    chance: random.Random
    requests: list[Fault] = field(default_factory=list)
    webhooks: WebhookFaults = field(default_factory=WebhookFaults)

    def set(self, given: dict[str, Any]) -> None:
        """Replace the switches that are named: {"requests": [...], "webhooks": {...}, "seed": ...}."""
        if "requests" in given:
            self.requests = [_made(Fault, one) for one in given["requests"]]
            for fault in self.requests:
                if fault.kind not in KINDS:
                    raise invalid(f"No such fault: {fault.kind}. There are: {', '.join(KINDS)}.")
        if "webhooks" in given:
            self.webhooks = _made(WebhookFaults, given["webhooks"])
        if "seed" in given:
            self.chance.seed(given["seed"])

    def clear(self) -> None:
        self.requests, self.webhooks = [], WebhookFaults()

    def draw(self, method: str, path: str) -> Fault | None:
        """Return the fault that befalls this request; the caller holds the store's lock."""
        for fault in self.requests:
            if fault.times == 0 or (fault.method and fault.method != method) or not re.search(fault.path, path):
                continue
            if self.chance.random() < fault.probability:
                if fault.times is not None:
                    fault.times -= 1
                return fault
        return None

    def plan_delivery(self) -> list[float]:
        """Return after how many seconds each copy of a webhook leaves; nothing when it is dropped."""
        wanted = self.webhooks
        if self.chance.random() < wanted.drop:
            return []
        copies = wanted.copies if self.chance.random() < wanted.duplicate else 1
        return [wanted.delay + self.chance.random() * wanted.shuffle for _ in range(copies)]

    def as_json(self) -> dict[str, Any]:
        return {"requests": [asdict(one) for one in self.requests], "webhooks": asdict(self.webhooks)}


def _made(kind: type[Any], given: dict[str, Any]) -> Any:
    unknown = set(given) - {one.name for one in fields(kind)}
    if unknown:
        raise invalid(f"Unknown switch: {', '.join(sorted(unknown))}.")
    return kind(**given)
