"""Answers a request to the API: who asks, is it a repeat, shall it fail, and then the work itself."""

from __future__ import annotations

import base64
import binascii
import json
from collections import deque
from collections.abc import Mapping
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


class Api:
    """``requests`` keeps what was sent, for tests that compare it with the client's types."""

    def __init__(self, world: World, faults: Faults) -> None:
        self._world, self._faults = world, faults
        self._keys = Keys(world)
        self.requests: deque[Json] = deque(maxlen=KEPT_REQUESTS)

    def answer(self, method: str, target: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        """Return the reply; the headers' names are in small letters. Raise LineCut where the caller shall get none."""
        with self._world.store.lock:
            request_id = self._world.store.new_id("req", length=14)
            fault = self._faults.draw(method, urlsplit(target).path)
        try:
            if fault is not None and fault.kind == "rate_limit":
                message = "Request rate limit exceeded."
                raise ApiError(429, "invalid_request_error", message, code="rate_limit")
            self._check_key(headers.get("authorization", ""))
            return self._run(method, target, body, headers.get("idempotency-key", ""), request_id, fault)
        except ApiError as error:
            return Reply(error.status, error.body(), request_id)

    def _run(
        self, method: str, target: str, body: bytes, key: str, request_id: str, fault: Fault | None
    ) -> Reply:  # fmt: skip
        parts = urlsplit(target)
        params = parse_form(body.decode() if method == "POST" else parts.query)
        route, pieces = find_route(method, parts.path)
        self.requests.append(
            {"method": method, "path": parts.path, "params": params, "key": key, "takes": route.takes, "id": request_id}
        )
        if not key or method != "POST":
            return self._work(route, pieces, params, request_id, "", fault)
        known = self._keys.begin(key, parts.path, params)
        if known is not None:
            return known
        try:
            return self._work(route, pieces, params, request_id, key, fault, path=parts.path)
        finally:
            self._keys.end(key)

    def _work(
        self, route: Route, pieces: tuple[str, ...], params: Params, request_id: str, key: str, fault: Fault | None,
        *, path: str = "",
    ) -> Reply:  # fmt: skip
        """Do the work between the faults; what began under a key is kept under it, refusals of parameters are not."""
        kind = fault.kind if fault is not None else ""
        if fault is not None:
            self._before(fault, key, path, params, request_id)
        check_params(route.takes, params)
        store = self._world.store
        with store.lock:
            self._world.asking = {"id": request_id, "idempotency_key": key or None}
            try:
                found = expand(self._world, route.answer(self._world, _without_expand(params), *pieces), params)
            finally:
                self._world.asking = {"id": None, "idempotency_key": None}
                store.write_down()
            reply = Reply(200, found, request_id)
            if kind == "error_after":
                reply = Reply(500, broken().body(), request_id)
            if key:
                self._keys.keep(key, path, params, reply)
        if fault is not None and kind == "hang_after":
            self._world.stopping.wait(fault.seconds)
        if kind == "lost_reply":
            raise LineCut
        return reply

    def _before(self, fault: Fault, key: str, path: str, params: Params, request_id: str) -> None:
        if fault.kind == "hang":
            self._world.stopping.wait(fault.seconds)
        if fault.kind == "lost_request":
            raise LineCut
        if fault.kind == "error":
            if key and fault.kept:
                self._keys.keep(key, path, params, Reply(500, broken().body(), request_id))
            raise broken()

    def _check_key(self, header: str) -> None:
        given = _bearer(header)
        wanted = self._world.settings.secret_key
        if not given.startswith(TEST_KEYS) or (wanted and given != wanted):
            # A live key must never be sent here, so it is not repeated either.
            raise ApiError(
                401, "invalid_request_error", "Invalid API Key provided. The stand-in takes its test key only."
            )


def _without_expand(params: Params) -> Params:
    return {name: value for name, value in params.items() if name != "expand"}


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
