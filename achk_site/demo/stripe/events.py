"""Events: what happened, as it was at that moment. The webhooks carry them; lists give them again."""

from __future__ import annotations

import json
from typing import Any

from achk_site.demo.stripe.store import Json
from achk_site.demo.stripe.world import API_VERSION, World


def emit(world: World, kind: str, item: Json, **previous: Any) -> Json:
    """Record an event of the type ``kind``; ``previous`` are the values that ``item`` had before."""
    wanted = sum(1 for endpoint in world.settings.endpoints if _listens(endpoint, kind))
    data: Json = {"object": item}
    if previous:
        data["previous_attributes"] = previous
    event = {
        "id": world.store.new_id("evt"),
        "object": "event",
        "api_version": API_VERSION,
        "created": world.now(),
        "livemode": False,
        "pending_webhooks": wanted,
        "request": dict(world.asking),
        "type": kind,
    }
    # As text it takes a fifth of the memory, and there are several events for each gift.
    world.store.add(event, data=json.dumps(data, separators=(",", ":")))
    if wanted:
        world.on_event(event)
    return event


def whole_event(world: World, event: Json) -> Json:
    """Return an event with what it is about, as it is sent."""
    return {**event, "data": json.loads(world.store.notes(event)["data"])}


def endpoints_for(world: World, kind: str) -> list[tuple[int, str, str]]:
    """Return (number, address, secret) of the endpoints that listen to the type."""
    numbered = enumerate(world.settings.endpoints)
    return [(number, one[0], one[1]) for number, one in numbered if _listens(one, kind)]


def snapshot(item: Json) -> Json:
    copy: Json = json.loads(json.dumps(item))
    return copy


def _listens(endpoint: tuple[str, str, tuple[str, ...]], kind: str) -> bool:
    return not endpoint[2] or kind in endpoint[2]
