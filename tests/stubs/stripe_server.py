"""The stand-in for Stripe in a test: real HTTP, real signatures, in threads of the test's own process.

    with stripe_stand_in(seed="7") as stripe:
        settings.STRIPE_API_BASE, settings.STRIPE_SECRET_KEY = stripe.url, stripe.key
        stripe.send_webhooks_to(f"{live_server.url}/stripe/webhook/", secret="whsec_1")
        stripe.pay(session_id)                          # card="declined", "fails-later", "debit"...: see CARDS
        stripe.advance(days=31)                         # renewals, retries, debits, expiries happen on the way
        stripe.refund(session_id, amount=500)           # of a session, invoice, payment intent or charge
        stripe.faults(requests=[{"kind": "lost_reply", "times": 1, "path": "/v1/checkout/sessions"}])
        stripe.faults(webhooks={"drop": 0.1, "copies": 3, "shuffle": 0.5}, seed=1)
        stripe.drain()                                  # until no webhook is on its way
        assert stripe.state()["cents"]["charged"] == 2500

The kinds of faults stand in ``achk_site.demo.stripe.faults``, all that the control side can do in ``...control``: each
of its methods is one here. Without ``send_webhooks_to`` no webhook leaves, but ``events()`` has them, and
``webhook(event, secret)`` gives the body and the header as they would have come. ``client()`` is Stripe's own client.
``stripe_stand_in(process=True)`` runs a process of its own, which a test may stop and start again on its ``data``.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import stripe

from achk_site.demo.stripe.server import StandIn
from achk_site.demo.stripe.webhooks import sign
from achk_site.demo.stripe.world import Settings

ROOT = Path(__file__).resolve().parent.parent.parent
KEY = "sk_test_standin"
TOKEN = "control-token-of-tests"
# What changes nothing may be asked again when a busy machine cuts the line, as a real client would.
ONLY_LOOK = ("state", "events", "ledger", "requests", "drain")
log = logging.getLogger(__name__)


class ControlError(Exception):
    """The control side refused; ``status`` and the text say why."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(f"{status}: {message}")
        self.status = status


class StripeStandIn:
    def __init__(self, url: str, key: str = KEY) -> None:
        self.url, self.key = url, key

    def client(self, **options: Any) -> stripe.StripeClient:
        """Return Stripe's own client; it repeats nothing by itself unless ``max_network_retries`` says so."""
        options = {"max_network_retries": 0, **options}
        return stripe.StripeClient(self.key, base_addresses={"api": self.url}, **options)

    def control(self, name: str, /, **fields: Any) -> Any:
        """Call ``/_control/<name>``; raise ControlError when it refuses."""
        request = urllib.request.Request(
            f"{self.url}/_control/{name}",
            json.dumps(fields).encode(),
            {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"},
        )
        for is_last in (False, False, True):
            try:
                with urllib.request.urlopen(request, timeout=120) as answer:
                    return json.load(answer)
            except urllib.error.HTTPError as error:
                raise ControlError(error.code, json.load(error)["error"]["message"]) from error
            except (urllib.error.URLError, ConnectionError) as error:
                if is_last or name not in ONLY_LOOK:
                    raise
                log.warning("the stand-in cut the line at %s (%s); asked again", name, error)
        return None

    def __getattr__(self, name: str) -> Any:
        """Every other method is the control side's: ``stand_in.settle(session=...)``."""
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda **fields: self.control(name, **fields)

    def pay(
        self, session: str, *, card: str = "works", email: str = "donor@example.org", name: str = "Ann Donor"
    ) -> dict[str, Any]:
        """Pay as on the hosted page; the answer has "session" and "error" (None, or why the card was refused)."""
        return self.control("pay", session=session, card=card, email=email, name=name)

    def refund(self, of: str, *, amount: int | None = None) -> dict[str, Any]:
        return self.control("refund", of=of, amount=amount)

    def dispute(self, of: str) -> dict[str, Any]:
        return self.control("dispute", of=of)

    def send_webhooks_to(self, *addresses: str, secret: str, kinds: list[str] | None = None) -> None:
        """Send all events from now on, or those of ``kinds``, to the addresses."""
        self.control("endpoints", endpoints=[[address, secret, *([kinds] if kinds else [])] for address in addresses])

    def drain(self, seconds: float = 30) -> None:
        assert self.control("drain", seconds=seconds)["drained"], "webhooks are still on their way"

    def events(self, kind: str = "") -> list[dict[str, Any]]:
        """Return the events of a type, or all, the oldest first."""
        return self.control("events", type=kind)["events"]

    def ledger(self) -> list[dict[str, Any]]:
        """Return a line for each charge that succeeded: amount, refunded, fee, net (cents), session, subscription..."""
        return self.control("ledger")["charges"]

    def sent(self, path: str = "") -> list[dict[str, Any]]:
        """Return the requests that reached the API: method, path, params, key (idempotency), takes (their type)."""
        return self.control("requests", path=path)["requests"]


def webhook(event: dict[str, Any], secret: str, *, at: int | None = None) -> tuple[bytes, str]:
    """Return body and Stripe-Signature of a webhook that carries the event, signed at ``at`` (UTC seconds, now)."""
    body = json.dumps(event, indent=2).encode()
    return body, sign(body, secret, at=at)


@contextmanager
def stripe_stand_in(
    *, seed: str = "", data: Path | None = None, process: bool = False, key: str = KEY
) -> Iterator[StripeStandIn]:
    with _in_process(seed, data, key) if process else _in_threads(seed, data, key) as url:
        yield StripeStandIn(url, key)


@contextmanager
def _in_threads(seed: str, data: Path | None, key: str) -> Iterator[str]:
    stand_in = StandIn(Settings(secret_key=key, control_token=TOKEN, retry_pauses=(0.2, 0.5, 1)), seed=seed, data=data)
    stand_in.start()
    try:
        yield stand_in.url
    finally:
        stand_in.stop()


@contextmanager
def _in_process(seed: str, data: Path | None, key: str) -> Iterator[str]:
    command = [sys.executable, "-m", "achk_site.demo.stripe", "--key", key, "--seed", seed]
    command += ["--data", str(data)] if data else []
    environment = {**os.environ, "STANDIN_CONTROL_TOKEN": TOKEN}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as running:
        try:
            assert running.stdout is not None
            yield running.stdout.readline().rpartition(" ")[2].strip()
        finally:
            running.terminate()
            running.wait(timeout=30)
