"""Sends events to the endpoints, signed as Stripe signs, again and again until one answers 2xx."""

from __future__ import annotations

import hashlib
import heapq
import hmac
import http.client
import json
import threading
import time
from contextlib import closing
from urllib.parse import urlsplit

from achk_site.demo.stripe.events import endpoints_for, whole_event
from achk_site.demo.stripe.faults import Faults
from achk_site.demo.stripe.store import Json
from achk_site.demo.stripe.world import World

PATIENCE_SECONDS = 20
THREADS = 8
MOST_ATTEMPTS = 16


class Courier:
    """Deliveries wait in the store, so that a restart forgets none, and in a heap by the moment when they leave."""

    def __init__(self, world: World, faults: Faults) -> None:
        self._world, self._faults = world, faults
        self._changed = threading.Condition()
        self._waiting: list[tuple[float, int, str]] = []
        self._order = 0
        self._busy = 0
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(THREADS)]
        world.on_event = self.take

    def start(self) -> None:
        for delivery in self._world.store.oldest_first("delivery"):
            self._put(delivery["id"], 0)
        for thread in self._threads:
            thread.start()

    def take(self, event: Json) -> None:
        """Plan the deliveries of a new event; the caller holds the store's lock."""
        for number, _address, _secret in endpoints_for(self._world, event["type"]):
            pauses = self._faults.plan_delivery()
            # Copies are one delivery to Stripe's own book-keeping: the event is delivered when the first arrived.
            for copy, pause in enumerate(pauses):
                self._add(event, number, pause=pause, counts=copy == 0)

    def resend(self, event: Json) -> None:
        """Send an event again, as staff can from Stripe's dashboard."""
        for number, _address, _secret in endpoints_for(self._world, event["type"]):
            self._add(event, number, pause=0, counts=event["pending_webhooks"] > 0)

    def waiting(self) -> int:
        with self._changed:
            return len(self._waiting) + self._busy

    def hurry(self) -> None:
        """Let everything that waits leave now."""
        with self._changed:
            self._waiting = [(0.0, order, delivery) for _due, order, delivery in self._waiting]
            heapq.heapify(self._waiting)
            self._changed.notify_all()

    def drain(self, seconds: float) -> bool:
        """Wait until nothing is left to send; return whether that was so in time."""
        deadline = time.monotonic() + seconds
        while self.waiting():
            if time.monotonic() > deadline or self._world.stopping.wait(0.02):
                return False
        return True

    def stop(self) -> None:
        with self._changed:
            self._changed.notify_all()
        for thread in self._threads:
            if thread.ident is not None:
                thread.join(timeout=PATIENCE_SECONDS + 1)

    def _add(self, event: Json, endpoint: int, *, pause: float, counts: bool) -> None:
        delivery = {"id": self._world.store.new_id("whd"), "object": "delivery", "event": event["id"]}
        delivery |= {"endpoint": endpoint, "attempts": 0, "counts": counts}
        self._world.store.add(delivery)
        self._put(delivery["id"], pause)

    def _put(self, delivery_id: str, pause: float) -> None:
        with self._changed:
            self._order += 1
            heapq.heappush(self._waiting, (time.monotonic() + pause, self._order, delivery_id))
            self._changed.notify()

    def _work(self) -> None:
        while (delivery_id := self._next()) is not None:
            try:
                self._deliver(delivery_id)
            finally:
                with self._changed:
                    self._busy -= 1

    def _next(self) -> str | None:
        with self._changed:
            while not self._world.stopping.is_set():
                pause = self._waiting[0][0] - time.monotonic() if self._waiting else None
                if pause is not None and pause <= 0:
                    self._busy += 1
                    return heapq.heappop(self._waiting)[2]
                self._changed.wait(pause)
        return None

    def _deliver(self, delivery_id: str) -> None:
        store = self._world.store
        with store.lock:
            delivery = store.peek(delivery_id)
            if delivery is None:
                return
            if delivery["endpoint"] >= len(self._world.settings.endpoints):
                store.remove(delivery)  # the endpoint is gone
                return
            event = store.get("event", delivery["event"])
            body = json.dumps(whole_event(self._world, event), indent=2).encode()
            address, secret, _kinds = self._world.settings.endpoints[delivery["endpoint"]]
        arrived = post(address, body, sign(body, secret))
        with store.lock:
            self._note(delivery, event, arrived=arrived)
            store.write_down()

    def _note(self, delivery: Json, event: Json, *, arrived: bool) -> None:
        store, pauses = self._world.store, self._world.settings.retry_pauses
        delivery["attempts"] += 1
        if arrived or delivery["attempts"] >= MOST_ATTEMPTS:
            if arrived and delivery["counts"]:
                event["pending_webhooks"] -= 1
                store.save(event)
            store.remove(delivery)
            return
        store.save(delivery)
        self._put(delivery["id"], pauses[min(delivery["attempts"], len(pauses)) - 1])


def sign(body: bytes, secret: str, *, at: int | None = None) -> str:
    """Return the Stripe-Signature header of a body, made at ``at`` (UTC seconds; now by default)."""
    moment = int(time.time()) if at is None else at
    digest = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={moment},v1={digest}"


def post(address: str, body: bytes, signature: str) -> bool:
    """Return whether the endpoint took the event; redirects are not followed."""
    parts = urlsplit(address)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Stripe-Signature": signature,
        "User-Agent": "Stripe/1.0 (stand-in)",
    }
    try:
        with closing(kind(parts.hostname or "", parts.port, timeout=PATIENCE_SECONDS)) as connection:
            connection.request("POST", parts.path or "/", body, headers)
            return 200 <= connection.getresponse().status < 300
    except (OSError, ValueError, http.client.HTTPException):
        return False
