"""Does our ledger say what the stand-in for Stripe says, to the cent? Asked at the end of each donor's journey."""

from __future__ import annotations

import sqlite3
import time
from typing import Any

from tests.browser.demo_site import DemoSite

# Webhooks and the worker need a moment; what is still different after it is wrong.
SECONDS = 20


def ledger_equals_the_stand_in(demo: DemoSite) -> None:
    """Compare each charge and all sums, the sessions and the monthly gifts that run; wait until the news is through."""
    demo.stripe.drain()
    deadline = time.monotonic() + SECONDS
    while (ours := books(demo)) != (theirs := books_of_the_stand_in(demo)) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert ours == theirs


def books(demo: DemoSite) -> dict[str, Any]:
    with sqlite3.connect(demo.folder.parent / "demo.sqlite3") as database:
        charges = database.execute(
            "SELECT charge_id, amount_cents, refunded_cents, fee_cents, net_cents FROM actions_payment"
            " WHERE charge_id IS NOT NULL"
        ).fetchall()
        [(sessions, running)] = database.execute(
            "SELECT count(session_id), sum(frequency = 'monthly' AND state = 'active') FROM actions_donation"
        )
    return told(charges, sessions=sessions, running=running)


def books_of_the_stand_in(demo: DemoSite) -> dict[str, Any]:
    state, lines = demo.stripe.state(), demo.stripe.ledger()
    charges = [tuple(line[name] for name in ("charge", "amount", "refunded", "fee", "net")) for line in lines]
    found = told(charges, sessions=state["sessions"], running=state["counts"]["subscription"].get("active", 0))
    assert (found["charges"], found["charged"], found["refunded"]) == (
        state["charges"], state["cents"]["charged"], state["cents"]["refunded"],
    )  # fmt: skip
    return found


def told(charges: list[tuple], *, sessions: int, running: int | None) -> dict[str, Any]:
    return {
        "each": sorted(charges),
        "charges": len(charges),
        "charged": sum(charge[1] for charge in charges),
        "refunded": sum(charge[2] for charge in charges),
        "sessions": sessions,
        "monthly gifts that run": running or 0,
    }
