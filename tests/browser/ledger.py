"""The demo's books beside those of its Stripe: the same charges, refunds, fees and monthly gifts, to the cent."""

from __future__ import annotations

import json
import sqlite3
import time
from typing import Any
from urllib.request import Request, urlopen

from tests.browser.demo_site import CONTROL_TOKEN, DemoSite

# Stripe's words for a monthly gift beside ours.
SUBSCRIPTIONS = {"active": "active", "past_due": "past_due", "canceled": "cancelled"}
CHARGES = "SELECT charge_id, amount_cents, refunded_cents, fee_cents FROM actions_payment WHERE charge_id IS NOT NULL"
MONTHLY = (
    "SELECT state, COUNT(*) FROM actions_donation WHERE frequency = 'monthly' AND subscription_id IS NOT NULL "
    "AND subscription_id != '' GROUP BY state"
)


def ledger_equals_the_stand_in(demo: DemoSite, stripes: str, *, seconds: float = 20) -> None:
    """Wait until the worker has heard of everything; fail with both sides when they never become equal.

    ``stripes`` is the address of the stand-in, as the donor's browser saw it.
    """
    deadline = time.monotonic() + seconds
    while (ours := books(demo)) != (theirs := books_of(stripes)) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert ours == theirs
    cents = ask(stripes, "state")["cents"]
    sums = [sum(column) for column in zip(*ours["charges"].values(), strict=True)]
    assert (sums or [0, 0, 0]) == [cents["charged"], cents["refunded"], cents["fees"]]


def books(demo: DemoSite) -> dict[str, Any]:
    """Return the site's own ledger; the fee is None until Stripe's balance has been asked."""
    with sqlite3.connect(demo.folder.parent / "demo.sqlite3") as database:
        charges = {charge: tuple(cents) for charge, *cents in database.execute(CHARGES)}
        return {"charges": charges, "monthly": dict(database.execute(MONTHLY))}


def books_of(stripes: str) -> dict[str, Any]:
    lines = ask(stripes, "ledger")["charges"]
    statuses = ask(stripes, "state")["counts"]["subscription"]
    return {
        "charges": {line["charge"]: (line["amount"], line["refunded"], line["fee"]) for line in lines},
        "monthly": {SUBSCRIPTIONS[status]: count for status, count in statuses.items()},
    }


def ask(stripes: str, what: str) -> dict[str, Any]:
    """Ask the other side of the stand-in, which no donor can reach."""
    headers = {"Authorization": f"Bearer {CONTROL_TOKEN}", "Content-Type": "application/json"}
    with urlopen(Request(f"{stripes}/_control/{what}", b"{}", headers), timeout=10) as answer:
        return json.load(answer)
