"""The balance: one entry for each movement of money, and the payouts that carry entries to the bank."""

from __future__ import annotations

from achk_site.demo.stripe.errors import invalid
from achk_site.demo.stripe.events import emit
from achk_site.demo.stripe.store import Json
from achk_site.demo.stripe.world import DAY, World

DAYS_UNTIL_AVAILABLE = 2
_CATEGORIES = {"adjustment": "dispute", "refund_failure": "refund_failure"}


def fee_of(amount: int) -> int:
    """Return 2.9 % and 30 cents, half cents upwards, in cents."""
    return (amount * 29 + 500) // 1000 + 30


def book(
    world: World,
    kind: str,
    amount: int,
    *,
    source: str,
    fee: int = 0,
    category: str = "",
    description: str | None = None,
) -> Json:
    """Add an entry of ``amount`` cents, negative when money leaves; ``fee`` is taken from it as well."""
    now = world.now()
    details = {"amount": fee, "application": None, "currency": world.settings.currency, "type": "stripe_fee"}
    return world.store.add(
        {
            "id": world.store.new_id("txn"),
            "object": "balance_transaction",
            "amount": amount,
            "available_on": now if kind == "payout" else now + DAYS_UNTIL_AVAILABLE * DAY,
            "balance_type": "payments",
            "created": now,
            "currency": world.settings.currency,
            "description": description,
            "exchange_rate": None,
            "fee": fee,
            "fee_details": [{**details, "description": "Stripe processing fees"}] if fee else [],
            "net": amount - fee,
            "reporting_category": category or _CATEGORIES.get(kind, kind),
            "source": source,
            "status": "available" if kind == "payout" else "pending",
            "type": kind,
        }
    )


def unpaid(world: World, *, even_pending: bool) -> list[Json]:
    """Return the entries that no payout has carried yet."""
    entries = world.store.oldest_first("balance_transaction")
    now = world.now()
    return [
        entry
        for entry in entries
        if "payout" not in world.store.notes(entry)
        and entry["type"] != "payout"
        and (even_pending or entry["available_on"] <= now)
    ]


def new_payout(world: World, *, even_pending: bool = False) -> Json:
    """Carry what is available to the bank, at once; ``even_pending`` takes what is not available yet too."""
    entries = unpaid(world, even_pending=even_pending)
    amount = sum(entry["net"] for entry in entries)
    if amount <= 0:
        raise invalid("You have insufficient funds in your account for a payout.", code="balance_insufficient")
    payout = world.store.add(_payout(world, amount))
    own = book(world, "payout", -amount, source=payout["id"], description="STRIPE PAYOUT")
    payout["balance_transaction"] = own["id"]
    for entry in (*entries, own):
        world.store.notes(entry)["payout"] = payout["id"]
        entry["status"] = "available"
        world.store.save(entry)
    emit(world, "payout.created", payout)
    payout |= {"status": "paid", "reconciliation_status": "completed"}
    world.store.save(payout)
    emit(world, "payout.paid", payout)
    emit(world, "payout.reconciliation_completed", payout)
    return payout


def _payout(world: World, amount: int) -> Json:
    return {
        "id": world.store.new_id("po"),
        "object": "payout",
        "amount": amount,
        "application_fee": None,
        "application_fee_amount": None,
        "arrival_date": world.now() // DAY * DAY,
        "automatic": True,
        "balance_transaction": None,
        "created": world.now(),
        "currency": world.settings.currency,
        "description": "STRIPE PAYOUT",
        "destination": None,
        "failure_balance_transaction": None,
        "failure_code": None,
        "failure_message": None,
        "livemode": False,
        "metadata": {},
        "method": "standard",
        "original_payout": None,
        "payout_method": None,
        "reconciliation_status": "in_progress",
        "reversed_by": None,
        "source_type": "card",
        "statement_descriptor": None,
        "status": "in_transit",
        "trace_id": {"status": "unsupported", "value": None},
        "type": "bank_account",
    }
