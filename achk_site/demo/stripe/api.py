"""Answers a request to the API: who asks, is it a repeat, shall it fail, and then the work itself."""

from __future__ import annotations

import base64
import binascii
import json
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from achk_site.demo.stripe.errors import ApiError, broken
from achk_site.demo.stripe.faults import Fault, Faults
from achk_site.demo.stripe.idempotency import Keys, Reply
from achk_site.demo.stripe.known_params import check_params
from achk_site.demo.stripe.lists import expand
from achk_site.demo.stripe.params import Params, parse_form
from achk_site.demo.stripe.routes import Route, find_route
from achk_site.demo.stripe.store import Json
from achk_site.demo.stripe.world import World

KEPT_REQUESTS = 20_000
TEST_KEYS = ("sk_test_", "rk_test_")


class LineCut(Exception):
    """The connection ends without an answer."""


@dataclass(frozen=True)
class Call:
    """One request; ``key`` is its idempotency key, empty where there is none."""

    route: Route
    pieces: tuple[str, ...]
    path: str
    params: Params
    key: str
    request_id: str
    fault: Fault | None

    def befallen_by(self, *kinds: str) -> bool:
        return self.fault is not None and self.fault.kind in kinds


class Api:
    """``requests`` keeps what was sent, for tests that compare it with the client's types."""

    def __init__(self, world: World, faults: Faults) -> None:
        self._world, self._faults = world, faults
        self._keys = Keys(world)
        self.requests: deque[Json] = deque(maxlen=KEPT_REQUESTS)

    def answer(self, method: str, target: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        """Return the reply; the headers' names are in small letters. Raise LineCut where the caller shall get none."""
        parts = urlsplit(target)
        with self._world.store.lock:
            request_id = self._world.store.new_id("req", length=14)
            fault = self._faults.draw(method, parts.path)
        try:
            if fault is not None and fault.kind == "rate_limit":
                message = "Request rate limit exceeded."
                raise ApiError(429, "invalid_request_error", message, code="rate_limit")
            self._check_key(headers.get("authorization", ""))
            params = parse_form(body.decode("utf-8", "replace") if method == "POST" else parts.query)
            route, pieces = find_route(method, parts.path)
            key = headers.get("idempotency-key", "") if method == "POST" else ""
            return self._run(Call(route, pieces, parts.path, params, key, request_id, fault))
        except ApiError as error:
            return Reply(error.status, error.body(), request_id)

    def _run(self, call: Call) -> Reply:
        """Answer between what befalls the line; a repeated request may be lost as well as the first."""
        sent = {"method": call.route.method, "path": call.path, "params": call.params, "takes": call.route.takes}
        self.requests.append({**sent, "key": call.key, "id": call.request_id})
        known = self._keys.begin(call.key, call.path, call.params) if call.key else None
        try:
            if call.befallen_by("hang"):
                self._wait(call)
            if call.befallen_by("lost_request"):
                raise LineCut
            reply = known or self._work(call)
            if call.befallen_by("hang_after"):
                self._wait(call)
            if call.befallen_by("lost_reply"):
                raise LineCut
            return reply
        finally:
            self._keys.end(call.key)

    def _work(self, call: Call) -> Reply:
        """Do what was asked and keep the reply under its key, all of it or nothing; refusals are not kept."""
        if call.befallen_by("error"):
            return self._broken(call, kept=call.fault is not None and call.fault.kept)
        check_params(call.route.takes, call.params)
        store, world = self._world.store, self._world
        with store.lock:
            world.asking = {"id": call.request_id, "idempotency_key": call.key or None}
            try:
                params = {name: value for name, value in call.params.items() if name != "expand"}
                found = expand(world, call.route.answer(world, params, *call.pieces), call.params)
                if call.befallen_by("error_after"):
                    return self._broken(call, kept=True)
                return self._kept(call, Reply(200, found, call.request_id))
            finally:
                world.asking = {"id": None, "idempotency_key": None}
                store.write_down()

    def _broken(self, call: Call, *, kept: bool) -> Reply:
        reply = Reply(500, broken().body(), call.request_id)
        return self._kept(call, reply) if kept else reply

    def _kept(self, call: Call, reply: Reply) -> Reply:
        if call.key:
            self._keys.keep(call.key, call.path, call.params, reply)
        return reply

    def _wait(self, call: Call) -> None:
        if call.fault is not None:
            self._world.stopping.wait(call.fault.seconds)

    def _check_key(self, header: str) -> None:
        given = _bearer(header)
        wanted = self._world.settings.secret_key
        if not given.startswith(TEST_KEYS) or (wanted and given != wanted):
            # A live key must never be sent here, so it is not repeated either.
            raise ApiError(
                401, "invalid_request_error", "Invalid API Key provided. The stand-in takes its test key only."
            )


def _bearer(header: str) -> str:
    kind, _, value = header.partition(" ")
    if kind.lower() == "bearer":
        return value
    if kind.lower() != "basic":
        return ""
    try:
        return base64.b64decode(value).decode().partition(":")[0]
    except (binascii.Error, UnicodeDecodeError):
        return ""


def encode(body: Any) -> bytes:
    return json.dumps(body, indent=2).encode()
