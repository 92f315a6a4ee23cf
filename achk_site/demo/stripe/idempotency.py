"""Idempotency keys: https://docs.stripe.com/api/idempotent_requests.

The same key with the same parameters gives the first reply again, a stored 500 too; with others it is an
IdempotencyError; while the first is still running it is a conflict. A refusal of the parameters is not kept. Keys are
forgotten after a day.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from achk_site.demo.stripe.errors import ApiError
from achk_site.demo.stripe.params import Params
from achk_site.demo.stripe.store import Json
from achk_site.demo.stripe.world import DAY, World

LONGEST_KEY = 255


@dataclass(frozen=True)
class Reply:
    status: int
    body: Json
    request_id: str
    replayed: bool = False


class Keys:
    """Which keys are in use at the moment; what was answered lies in the store."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._running: set[str] = set()

    def begin(self, key: str, path: str, params: Params) -> Reply | None:
        """Return the reply to give again, or None when the request is new and now runs."""
        if len(key) > LONGEST_KEY:
            raise ApiError(400, "invalid_request_error", "Idempotency keys hold 255 characters.")
        store = self._world.store
        with store.lock:
            known = store.peek(_name(key))
            if known is not None and known["created"] + DAY <= self._world.now():
                store.remove(known)
                known = None
            if known is not None:
                _check_same(key, known["digest"], path, params)
                return Reply(known["status"], json.loads(known["body"]), known["request"], replayed=True)
            if key in self._running:
                message = f"There is currently another in-progress request using this Idempotent Key: {key}."
                raise ApiError(409, "idempotency_error", message, code="idempotency_key_in_use")
            self._running.add(key)
        return None

    def keep(self, key: str, path: str, params: Params, reply: Reply) -> None:
        """Keep what was answered; the caller holds no lock or the store's."""
        store = self._world.store
        with store.lock:
            store.add(
                {
                    "id": _name(key),
                    "object": "idempotency",
                    "digest": _digest(path, params),
                    "status": reply.status,
                    "body": json.dumps(reply.body),
                    "request": reply.request_id,
                    "created": self._world.now(),
                }
            )
            store.write_down()

    def end(self, key: str) -> None:
        with self._world.store.lock:
            self._running.discard(key)


def _check_same(key: str, digest: str, path: str, params: Params) -> None:
    if digest != _digest(path, params):
        message = (
            "Keys for idempotent requests can only be used with the same parameters they were first used with. "
            f"Try using a key other than '{key}' if you meant to execute a different request."
        )
        raise ApiError(400, "idempotency_error", message)


def _digest(path: str, params: Params) -> str:
    return hashlib.sha256(json.dumps([path, params], sort_keys=True).encode()).hexdigest()


def _name(key: str) -> str:
    return f"idempotency:{key}"
