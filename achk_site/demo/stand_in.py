"""The demo's own Stripe: a process beside the worker, unless keys of a real Stripe account stand in the environment."""

from __future__ import annotations

import secrets
import socket
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from achk_site.env import BASE_DIR

# The site and its Stripe know each other by this key; it opens nothing else.
DEMO_KEY = "sk_test_demo_only"
# A donor in the demo should see how a bank debit ends.
SLOW_SECONDS = 60


@dataclass(frozen=True)
class StandInProcess:
    """How the stand-in is started and what the site must be told of it; the secrets are new at each start."""

    port: int
    data: Path
    site: str
    webhook_secret: str = field(default_factory=lambda: f"whsec_{secrets.token_hex(16)}")
    control_token: str = field(default_factory=lambda: secrets.token_urlsafe(16))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def command(self) -> list[str]:
        return [
            sys.executable, "-m", "achk_site.demo.stripe", "--port", str(self.port), "--data", str(self.data),
            "--key", DEMO_KEY, "--webhook", f"{self.site}/stripe/webhook/", "--slow-seconds", str(SLOW_SECONDS),
            "--automatic-payouts", "--desk",
        ]  # fmt: skip

    def own_environment(self) -> dict[str, str]:
        return {
            "STANDIN_WEBHOOK_SECRET": self.webhook_secret,
            "STANDIN_CONTROL_TOKEN": self.control_token,
            "PYTHONPATH": str(BASE_DIR),  # manage.py may be called from any folder
        }

    def site_environment(self) -> dict[str, str]:
        """Return what web server and worker need to speak to it."""
        return {
            "STRIPE_API_BASE": self.url,
            "STRIPE_SECRET_KEY": DEMO_KEY,
            "STRIPE_WEBHOOK_SECRETS": self.webhook_secret,
        }


def stand_in_beside(port: int, *, data: Path, environment: Mapping[str, str]) -> StandInProcess | None:
    """Return the stand-in for a site on ``port``, or None when ``environment`` names a Stripe to speak to."""
    if environment.get("STRIPE_SECRET_KEY"):
        return None
    stand_in = StandInProcess(_free_port(port + 1), data, f"http://127.0.0.1:{port}")
    if token := environment.get("STANDIN_CONTROL_TOKEN"):
        stand_in = replace(stand_in, control_token=token)  # a test that counts the money knows it beforehand
    return stand_in


def _free_port(wanted: int) -> int:
    """Return the wanted port when it is free, so that links in yesterday's mails still lead there, else another."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except (OSError, OverflowError):
                continue
            return int(probe.getsockname()[1])
    raise OSError("No port is free.")
