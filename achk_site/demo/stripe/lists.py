"""Lists with Stripe's paging and filters, and expansion: https://docs.stripe.com/api/pagination, /expanding_objects."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any

from achk_site.demo.stripe.errors import invalid
from achk_site.demo.stripe.events import snapshot, whole_event
from achk_site.demo.stripe.params import Params, integer, items, text
from achk_site.demo.stripe.store import INDEXED, Json
from achk_site.demo.stripe.world import World

DEEPEST = 4
_BOUNDS: dict[str, Callable[[int, int], bool]] = {
    "gt": lambda value, bound: value > bound,
    "gte": lambda value, bound: value >= bound,
    "lt": lambda value, bound: value < bound,
    "lte": lambda value, bound: value <= bound,
}
Test = Callable[[Json], bool]


def list_of(world: World, kind: str, params: Params, *, url: str, wanted: dict[str, str], tests: list[Test]) -> Json:
    """Return a page of the objects of a kind whose fields are as ``wanted`` and that pass the tests, newest first."""
    bounds = [_bounds(params, field) for field in ("created", "arrival_date") if field in params]
    checks = [*tests, *bounds]
    indexed = {field: value for field, value in wanted.items() if field in INDEXED}
    found: Iterable[Json] = (
        reversed(world.store.oldest_first(kind, **indexed)) if indexed else world.store.newest_first(kind)
    )
    matching = (
        item
        for item in found
        if all(_plain(item.get(name)) == value for name, value in wanted.items())
        and all(check(item) for check in checks)
    )
    return _page(world, matching, params, url)


def _plain(value: Any) -> Any:
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else value


def _page(world: World, matching: Iterable[Json], params: Params, url: str) -> Json:
    limit = integer(params, "limit", default=10, minimum=1) or 10
    if limit > 100:
        raise invalid("This value must be less than or equal to 100 (it currently is more).", param="limit")
    after, before = text(params, "starting_after"), text(params, "ending_before")
    if before is not None:
        newer = [item for item in matching if world.store.place(item["id"]) > _cursor(world, before)]
        page, more = newer[-limit:], len(newer) > limit
    else:
        place = _cursor(world, after) if after is not None else None
        older = (item for item in matching if place is None or world.store.place(item["id"]) < place)
        page = list(islice(older, limit + 1))
        page, more = page[:limit], len(page) > limit
    return {"object": "list", "data": page, "has_more": more, "url": url}


def _cursor(world: World, wanted: str) -> int:
    if world.store.peek(wanted) is None:
        raise invalid(f"No such object: '{wanted}'", param="starting_after", code="resource_missing")
    return world.store.place(wanted)


def _bounds(params: Params, field: str) -> Test:
    given = params[field]
    if not isinstance(given, dict):
        exact = integer(params, field)
        return lambda item: bool(item[field] == exact)
    bounds = [(_BOUNDS[name], integer(given, name) or 0) for name in given if name in _BOUNDS]
    return lambda item: all(holds(item[field], bound) for holds, bound in bounds)


# Fields that may be expanded and that Stripe leaves out of an object where there is nothing to say.
_ONLY_SOMETIMES = {("refund", "failure_balance_transaction")}


def expand(world: World, answer: Json, params: Params) -> Json:
    """Return a copy of the answer in which the asked ids are objects."""
    if answer["object"] == "event":
        answer = whole_event(world, answer)
    elif answer["object"] == "list":
        whole = [whole_event(world, one) if one["object"] == "event" else one for one in answer["data"]]
        answer = {**answer, "data": whole}
    copy = snapshot(answer)
    for path in items(params, "expand"):
        pieces = path.split(".")
        if len(pieces) > DEEPEST + (pieces[0] == "data"):
            raise invalid(f"You cannot expand more than {DEEPEST} levels of a property ({path}).", param="expand")
        _expand(world, copy, pieces, path)
    return copy


def _expand(world: World, item: Any, pieces: list[str], path: str) -> None:
    if isinstance(item, list):
        for one in item:
            _expand(world, one, pieces, path)
        return
    if not isinstance(item, dict) or not pieces:
        return
    name = pieces[0]
    if item.get("object") == "list" and name != "data":
        _expand(world, item["data"], pieces, path)
        return
    included = _INCLUDED.get((item.get("object", ""), name))
    if included is not None and name not in item:
        item[name] = snapshot(included(world, item))
    if name not in item:
        if (item.get("object", ""), name) in _ONLY_SOMETIMES:
            return
        raise invalid(f"This property cannot be expanded ({path}).", param="expand")
    known = world.store.peek(item[name]) if isinstance(item[name], str) else None
    if known is not None:
        item[name] = snapshot(known)
    _expand(world, item[name], pieces[1:], path)


def _children(kind: str, field: str, url: str) -> Callable[[World, Json], Json]:
    def children(world: World, item: Json) -> Json:
        found = world.store.oldest_first(kind, **{field: item["id"]})
        return {"object": "list", "data": found[::-1], "has_more": False, "url": url.format(id=item["id"])}

    return children


def line_items(world: World, session: Json) -> Json:
    lines = world.store.notes(session)["lines"]
    url = f"/v1/checkout/sessions/{session['id']}/line_items"
    return {"object": "list", "data": lines, "has_more": False, "url": url}


# What Stripe leaves out until somebody asks for it.
_INCLUDED: dict[tuple[str, str], Callable[[World, Json], Json]] = {
    ("checkout.session", "line_items"): line_items,
    ("charge", "refunds"): _children("refund", "charge", "/v1/charges/{id}/refunds"),
    ("invoice", "payments"): _children("invoice_payment", "invoice", "/v1/invoice_payments"),
    ("customer", "subscriptions"): _children("subscription", "customer", "/v1/customers/{id}/subscriptions"),
}
