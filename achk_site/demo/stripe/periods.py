"""When a monthly gift is charged, and how much the first time."""

from __future__ import annotations

import calendar
from datetime import UTC, datetime, timedelta

from achk_site.demo.stripe.errors import invalid
from achk_site.demo.stripe.params import Params, integer, text
from achk_site.demo.stripe.store import Json
from achk_site.demo.stripe.world import DAY, World

SHORTEST_TRIAL = 2 * DAY


def read_start(world: World, data: Params, lines: list[Json]) -> Json:
    """Return {"kind": "now" | "trial" | "anchor", "at": when the first whole period begins, "prorate": bool}.

    Stripe's own limits: a trial in Checkout lasts 48 hours at least, an anchor lies within one period.
    """
    now = world.now()
    trial, days = integer(data, "trial_end"), integer(data, "trial_period_days", minimum=1)
    anchor = integer(data, "billing_cycle_anchor")
    if trial is not None or days is not None:
        at = now + days * DAY if days is not None else world.read_time(trial or 0)
        if at < now + SHORTEST_TRIAL - 60:
            message = "The `trial_end` date has to be at least 2 days in the future."
            raise invalid(message, param="subscription_data[trial_end]")
        return {"kind": "trial", "at": at, "prorate": False}
    if anchor is None:
        return {"kind": "now", "at": now, "prorate": False}
    at = world.read_time(anchor)
    if not now < at <= period_end(now, _recurring(lines), 1):
        message = "`billing_cycle_anchor` has to be in the future and no later than the next natural billing date."
        raise invalid(message, param="subscription_data[billing_cycle_anchor]")
    return {"kind": "anchor", "at": at, "prorate": text(data, "proration_behavior") != "none"}


def first_amount(world: World, start: Json, lines: list[Json]) -> int:
    """Return the cents that are due at once."""
    once = sum(line["amount_total"] for line in lines if not line["price"]["recurring"])
    recurring = sum(line["amount_total"] for line in lines if line["price"]["recurring"])
    if start["kind"] == "now":
        return once + recurring
    if not start["prorate"]:
        return once
    whole = period_end(start["at"], _recurring(lines), 1) - start["at"]
    share = start["at"] - world.now()
    return once + (recurring * share * 2 + whole) // (2 * whole)


def period_end(anchor: int, recurring: Json, number: int) -> int:
    """Return the end of the period ``number`` (1 is the first) after ``anchor``; short months end on their last day."""
    count = recurring["interval_count"] * number
    begin = datetime.fromtimestamp(anchor, UTC)
    if recurring["interval"] in ("day", "week"):
        days = count * (7 if recurring["interval"] == "week" else 1)
        return int((begin + timedelta(days=days)).timestamp())
    months = begin.year * 12 + begin.month - 1 + count * (12 if recurring["interval"] == "year" else 1)
    year, month = divmod(months, 12)
    day = min(begin.day, calendar.monthrange(year, month + 1)[1])
    return int(begin.replace(year=year, month=month + 1, day=day).timestamp())


def _recurring(lines: list[Json]) -> Json:
    found: Json = next(line["price"]["recurring"] for line in lines if line["price"]["recurring"])
    return found
