"""What happens by itself when time passes: renewals, retries, slow payments, sessions that expire, payouts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from achk_site.demo.stripe.balance import new_payout, unpaid
from achk_site.demo.stripe.checkout import close_session
from achk_site.demo.stripe.paying import settle_payment
from achk_site.demo.stripe.store import Json
from achk_site.demo.stripe.subscriptions import LIVING, UPCOMING_DAYS, collect, renew, warn_of_renewal
from achk_site.demo.stripe.world import DAY, World

# When, the place in the order of creation, and what; what looks again whether it is still due.
Due = tuple[int, int, Callable[[], None]]


def advance(world: World, seconds: int) -> int:
    """Put the clock forward and let everything happen at its own moment; return how many things were looked at."""
    return run_until(world, world.now() + seconds)


def run_until(world: World, target: int) -> int:
    """Do day by day what is due until ``target``: a thing may make another one due."""
    done = 0
    while due := sorted(_due(world, target), key=lambda one: one[:2]):
        today = due[0][0] // DAY
        for moment, _place, act in due:
            if moment // DAY > today:
                break
            world.move_to(moment)
            act()
            done += 1
    world.move_to(target)
    return done


def _due(world: World, target: int) -> Iterator[Due]:
    return (one for one in _planned(world) if one[0] <= target)


def _planned(world: World) -> Iterator[Due]:
    place = world.store.place
    for session in world.store.oldest_first("checkout.session", status="open"):
        yield session["expires_at"], place(session["id"]), partial(_expire, world, session)
    for intent in world.store.oldest_first("payment_intent", status="processing"):
        yield world.store.notes(intent)["due"], place(intent["id"]), partial(_settle, world, intent)
    for subscription in world.store.oldest_first("subscription"):
        if subscription["status"] in LIVING:
            yield from _of_subscription(world, subscription)
    if world.settings.automatic_payouts:
        yield world.store.memory.get("payout_day", 0) * DAY + DAY, 0, partial(_pay_out, world)


def _of_subscription(world: World, subscription: Json) -> Iterator[Due]:
    end, place = _period_end(subscription), world.store.place(subscription["id"])
    yield end, place, partial(_renew, world, subscription, end)
    if not world.store.notes(subscription)["warned"]:
        yield end - UPCOMING_DAYS * DAY, place, partial(warn_of_renewal, world, subscription)
    invoice = world.store.peek(subscription["latest_invoice"] or "")
    if invoice is not None and invoice["status"] == "open" and invoice["next_payment_attempt"]:
        yield invoice["next_payment_attempt"], place, partial(_collect, world, subscription, invoice)


def _expire(world: World, session: Json) -> None:
    if session["status"] == "open":
        close_session(world, session)


def _settle(world: World, intent: Json) -> None:
    if intent["status"] == "processing":
        settle_payment(world, intent)


def _renew(world: World, subscription: Json, end: int) -> None:
    if subscription["status"] in LIVING and _period_end(subscription) == end:
        renew(world, subscription)


def _collect(world: World, subscription: Json, invoice: Json) -> None:
    if invoice["status"] == "open" and invoice["next_payment_attempt"]:
        collect(world, subscription, invoice)


def _pay_out(world: World) -> None:
    """Once a day, what is available goes to the bank."""
    world.store.memory["payout_day"] = world.now() // DAY
    if sum(entry["net"] for entry in unpaid(world, even_pending=False)) > 0:
        new_payout(world)


def _period_end(subscription: Json) -> int:
    return int(subscription["items"]["data"][0]["current_period_end"])
