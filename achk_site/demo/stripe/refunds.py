"""Refunds and disputes: money that goes back."""

from __future__ import annotations

from achk_site.demo.stripe.balance import book
from achk_site.demo.stripe.errors import invalid
from achk_site.demo.stripe.events import emit, snapshot
from achk_site.demo.stripe.params import Params, integer, metadata, text
from achk_site.demo.stripe.store import Json
from achk_site.demo.stripe.world import DAY, World

REASONS = ("duplicate", "fraudulent", "requested_by_customer")
DISPUTE_FEE = 1500
DAYS_TO_ANSWER = 21


def create_refund(world: World, params: Params) -> Json:
    charge = _refundable(world, params)
    left = charge["amount"] - charge["amount_refunded"]
    amount = integer(params, "amount", default=left, minimum=1) or 0
    if left == 0:
        message = f"Charge {charge['id']} has already been refunded."
        raise invalid(message, code="charge_already_refunded")
    if amount > left:
        raise invalid(f"Refund amount ({amount}) is greater than unrefunded amount on charge ({left}).", param="amount")
    reason = text(params, "reason")
    if reason is not None and reason not in REASONS:
        raise invalid(f"Invalid reason: must be one of {', '.join(REASONS)}", param="reason")
    refund = _refund(world, charge, amount, reason, metadata(params))
    entry = book(world, "refund", -amount, source=refund["id"], description="REFUND FOR CHARGE")
    refund["balance_transaction"] = entry["id"]
    world.store.save(refund)
    before = charge["amount_refunded"]
    _set_refunded(world, charge, before + amount)
    emit(world, "charge.refunded", charge, amount_refunded=before)
    emit(world, "refund.created", refund)
    return refund


def update_refund(world: World, params: Params, refund_id: str) -> Json:
    refund = world.store.get("refund", refund_id)
    refund["metadata"] = metadata(params, old=refund["metadata"])
    world.store.save(refund)
    emit(world, "refund.updated", refund)
    return refund


def fail_refund(world: World, refund_id: str) -> Json:
    """The bank sends a refund back: the money is in our balance again."""
    refund = world.store.get("refund", refund_id)
    if refund["status"] != "succeeded":
        raise invalid("Only a refund that succeeded can fail here.")
    entry = book(world, "refund_failure", refund["amount"], source=refund["id"], description="REFUND FAILURE")
    refund |= {"status": "failed", "failure_reason": "lost_or_stolen_card", "failure_balance_transaction": entry["id"]}
    world.store.save(refund)
    charge = world.store.get("charge", refund["charge"])
    _set_refunded(world, charge, charge["amount_refunded"] - refund["amount"])
    emit(world, "refund.failed", refund)
    emit(world, "refund.updated", refund, status="succeeded")
    emit(world, "charge.updated", charge, amount_refunded=charge["amount_refunded"] + refund["amount"])
    return refund


def open_dispute(world: World, charge_id: str) -> Json:
    """A donor asks the bank for the money: it leaves our balance, with Stripe's fee."""
    charge = world.store.get("charge", charge_id)
    if charge["disputed"] or charge["status"] != "succeeded":
        raise invalid("This charge can not be disputed.")
    amount = charge["amount"] - charge["amount_refunded"]
    dispute = world.store.add(_dispute(world, charge, amount))
    entry = book(
        world, "adjustment", -amount, source=dispute["id"], fee=DISPUTE_FEE, description="Chargeback withdrawal"
    )
    dispute["balance_transactions"].append(snapshot(entry))
    world.store.save(dispute)
    charge["disputed"] = True
    world.store.save(charge)
    emit(world, "charge.dispute.created", dispute)
    emit(world, "charge.dispute.funds_withdrawn", dispute)
    emit(world, "charge.updated", charge, disputed=False)
    return dispute


def close_dispute(world: World, dispute_id: str, *, won: bool) -> Json:
    dispute = world.store.get("dispute", dispute_id)
    if dispute["status"] in ("won", "lost"):
        raise invalid("This dispute is already closed.")
    dispute |= {"status": "won" if won else "lost", "is_charge_refundable": False}
    if won:
        entry = book(
            world, "adjustment", dispute["amount"], source=dispute["id"], category="dispute_reversal",
            description="Chargeback reversal",
        )  # fmt: skip
        dispute["balance_transactions"].append(snapshot(entry))
    world.store.save(dispute)
    if won:
        emit(world, "charge.dispute.funds_reinstated", dispute)
    emit(world, "charge.dispute.closed", dispute)
    return dispute


def update_dispute(world: World, params: Params, dispute_id: str) -> Json:
    """Staff answered, on Stripe's side or through the API: the bank looks at it."""
    dispute = world.store.get("dispute", dispute_id)
    before = dispute["status"]
    if before == "needs_response":
        dispute["status"] = "under_review"
        dispute["evidence_details"] |= {"has_evidence": True, "submission_count": 1, "submission_method": "manual"}
    dispute["metadata"] = metadata(params, old=dispute["metadata"])
    world.store.save(dispute)
    emit(world, "charge.dispute.updated", dispute, status=before)
    return dispute


def _refundable(world: World, params: Params) -> Json:
    charge_id = text(params, "charge")
    intent_id = text(params, "payment_intent")
    if intent_id is not None:
        charge_id = world.store.get("payment_intent", intent_id, param="payment_intent")["latest_charge"]
    if charge_id is None:
        raise invalid(
            "One of the following params should be provided: charge, payment_intent.", code="parameter_missing"
        )
    charge = world.store.get("charge", charge_id, param="charge")
    if charge["status"] != "succeeded":
        raise invalid("This payment has not succeeded, so it can not be refunded.", code="charge_not_refundable")
    if charge["disputed"]:
        raise invalid(f"Charge {charge_id} has been charged back; cannot issue a refund.", code="charge_disputed")
    return charge


def _set_refunded(world: World, charge: Json, amount: int) -> None:
    charge |= {"amount_refunded": amount, "refunded": amount == charge["amount"]}
    world.store.save(charge)


def _refund(world: World, charge: Json, amount: int, reason: str | None, extra: dict[str, str]) -> Json:
    card = charge["payment_method_details"]["type"] == "card"
    details = {
        "reference": None,
        "reference_status": "pending",
        "reference_type": "acquirer_reference_number",
        "type": "refund",
    }
    return world.store.add(
        {
            "id": world.store.new_id("re"),
            "object": "refund",
            "amount": amount,
            "balance_transaction": None,
            "charge": charge["id"],
            "created": world.now(),
            "currency": charge["currency"],
            "customer": charge["customer"],
            "customer_account": None,
            "destination_details": {"card": details, "type": "card"} if card else None,
            "metadata": extra,
            "payment_intent": charge["payment_intent"],
            "payment_method": charge["payment_method"],
            "reason": reason,
            "receipt_number": None,
            "source_transfer_reversal": None,
            "status": "succeeded",
            "transfer_reversal": None,
        }
    )


def _dispute(world: World, charge: Json, amount: int) -> Json:
    return {
        "id": world.store.new_id("du"),
        "object": "dispute",
        "amount": amount,
        "balance_transactions": [],
        "charge": charge["id"],
        "created": world.now(),
        "currency": charge["currency"],
        "enhanced_eligibility_types": [],
        "evidence": {"enhanced_evidence": {}},
        "evidence_details": {
            "due_by": world.now() + DAYS_TO_ANSWER * DAY,
            "enhanced_eligibility": {},
            "has_evidence": False,
            "past_due": False,
            "submission_count": 0,
            "submission_method": "not_submitted",
        },
        "is_charge_refundable": False,
        "livemode": False,
        "metadata": {},
        "payment_intent": charge["payment_intent"],
        "payment_method_details": {
            "card": {"brand": "visa", "case_type": "chargeback", "network": "visa", "network_reason_code": "10.4"},
            "type": "card",
        },
        "reason": "fraudulent",
        "status": "needs_response",
    }
