"""The front page in the demo: time, money and the newest gifts, with the buttons that a person needs to show them.

English only: it is for who shows the site, not for donors.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from html import escape
from itertools import islice

from achk_site.demo.stripe import balance, refunds
from achk_site.demo.stripe.clockwork import advance
from achk_site.demo.stripe.errors import ApiError
from achk_site.demo.stripe.pages.html import Page, button, link, page, problem, redirect, text
from achk_site.demo.stripe.pages.texts import date, money, say
from achk_site.demo.stripe.store import Json
from achk_site.demo.stripe.tally import state
from achk_site.demo.stripe.world import DAY, World

NEWEST = 15
# Pages of other sites can post here but can not read this.
_SECRET = secrets.token_urlsafe(16)


def show_desk(world: World, reasons: list[str] | None = None) -> Page:
    sums = state(world)["cents"]
    rows = [_session(world, one) for one in islice(world.store.newest_first("checkout.session"), NEWEST)]
    return page(
        "en",
        "What Stripe would know",
        problem("en", reasons or []),
        "<h2>Time</h2>",
        text(f"It is {date('en', world.now())} here. Monthly gifts are charged when their day comes."),
        _row(_press("day", "A day passes"), _press("month", "A month passes")),
        "<h2>Money</h2>",
        _sums(sums),
        _row(_press("payout", "Pay out to the bank now")),
        "<h2>Newest gifts</h2>",
        "<ul>" + "".join(rows) + "</ul>" if rows else text("Nobody has given yet. Start on the site."),
        status=409 if reasons else 200,
    )


def take_desk(world: World, fields: dict[str, str]) -> Page:
    action = _ACTIONS.get(fields.get("action", ""))
    if action is None or not hmac.compare_digest(fields.get("secret", "").encode(), _SECRET.encode()):
        return page("en", say("en", "missing"), status=404)
    try:
        action(world, fields.get("of", ""))
    except ApiError as error:
        return show_desk(world, [error.message])
    return redirect("/")


def _sums(sums: Json) -> str:
    names = {"charged": "Given", "refunded": "Refunded", "fees": "Fees", "net": "Left of it", "paid_out": "Paid out"}
    return "<ul>" + "".join(f"<li>{name}: {money('en', sums[key])}</li>" for key, name in names.items()) + "</ul>"


def _session(world: World, session: Json) -> str:
    kind = "monthly" if session["mode"] == "subscription" else "once"
    amount = money("en", world.store.notes(session)["lines"][0]["amount_total"])
    what = f"{amount}, {kind}: {session['status']}, {session['payment_status'].replace('_', ' ')}"
    more = ""
    if session["status"] == "open":
        more = link("to its page", session["url"])
    elif session["payment_intent"] and session["payment_status"] == "paid":
        more = _row(_press("refund", "Refund", session["id"]), _press("dispute", "Dispute", session["id"]))
    return f"<li>{escape(what)} {more}</li>"


def _press(action: str, label: str, of: str = "") -> str:
    fields = {"action": action, "of": of, "secret": _SECRET}
    hidden = "".join(f'<input type="hidden" name="{name}" value="{escape(value)}">' for name, value in fields.items())
    return f'<form method="post" action="/">{hidden}{button(label, quiet=True)}</form>'


def _row(*parts: str) -> str:
    return f'<div class="row">{"".join(parts)}</div>'


def _charge_of(world: World, session_id: str) -> str:
    session = world.store.get("checkout.session", session_id)
    return str(world.store.get("payment_intent", session["payment_intent"])["latest_charge"])


_ACTIONS: dict[str, Callable[[World, str], object]] = {
    "day": lambda world, _of: advance(world, DAY),
    "month": lambda world, _of: advance(world, 31 * DAY),
    "payout": lambda world, _of: balance.new_payout(world, even_pending=True),
    "refund": lambda world, of: refunds.create_refund(world, {"charge": _charge_of(world, of)}),
    "dispute": lambda world, of: refunds.open_dispute(world, _charge_of(world, of)),
}
