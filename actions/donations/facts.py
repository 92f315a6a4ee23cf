"""What Stripe told us, as plain frozen values: nothing of its client travels further than the gateway.

Sums are cents, times UTC. Only what some room needs is here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class EventFacts:
    """``account`` is set for events of accounts connected to ours, which are none of our business."""

    id: str
    kind: str
    object_id: str
    livemode: bool
    created_at: datetime
    account: str = ""


@dataclass(frozen=True)
class SessionFacts:
    """A visit to the payment page. ``status`` is open, complete or expired; ``payment_status`` paid or unpaid."""

    id: str
    url: str
    status: str
    payment_status: str
    created_at: datetime
    expires_at: datetime
    amount_cents: int
    currency: str
    client_reference_id: str
    metadata: dict[str, str]
    livemode: bool
    payment_intent_id: str = ""
    subscription_id: str = ""
    customer_id: str = ""
    name: str = ""
    email: str = ""

    @property
    def is_paid(self) -> bool:
        return self.status == "complete" and self.payment_status in ("paid", "no_payment_required")


@dataclass(frozen=True)
class RefundFacts:
    """``metadata`` says which form of our staff asked for it; ``undone_at`` when a failed one came back to us."""

    id: str
    amount_cents: int
    status: str
    reason: str
    created_at: datetime
    charge_id: str = ""
    undone_at: datetime | None = None
    metadata: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class DisputeMove:
    """What a dispute moved on our balance: negative when the bank took it, positive when it gave it back."""

    id: str
    amount_cents: int
    moved_at: datetime


@dataclass(frozen=True)
class DisputeFacts:
    id: str
    charge_id: str
    amount_cents: int
    status: str
    reason: str
    created_at: datetime
    evidence_due_at: datetime | None
    moves: tuple[DisputeMove, ...] = ()


@dataclass(frozen=True)
class ChargeFacts:
    """One charge with all that came of it; ``fee_cents`` is None until Stripe has booked it.

    ``metadata`` is that of its payment intent, which a single gift's session fills.
    """

    id: str
    payment_intent_id: str
    amount_cents: int
    currency: str
    is_paid: bool
    created_at: datetime
    livemode: bool
    refunded_cents: int = 0
    is_disputed: bool = False
    fee_cents: int | None = None
    net_cents: int | None = None
    balance_transaction_id: str = ""
    name: str = ""
    email: str = ""
    metadata: dict[str, str] = field(default_factory=dict)
    refunds: tuple[RefundFacts, ...] = ()
    disputes: tuple[DisputeFacts, ...] = ()


@dataclass(frozen=True)
class InvoiceFacts:
    """One month of a monthly gift; ``metadata`` is that of its subscription."""

    id: str
    status: str
    amount_paid_cents: int
    currency: str
    subscription_id: str
    customer_id: str
    created_at: datetime
    paid_at: datetime | None
    livemode: bool
    is_renewal: bool = False
    attempt_count: int = 0
    next_try_at: datetime | None = None
    payment_intent_id: str = ""
    charge_id: str = ""
    name: str = ""
    email: str = ""
    metadata: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class SubscriptionFacts:
    """A monthly gift as Stripe runs it; ``status`` is Stripe's word (active, past_due, unpaid, canceled …)."""

    id: str
    status: str
    customer_id: str
    livemode: bool
    ended_at: datetime | None = None
    cancels_at: datetime | None = None
    renews_at: datetime | None = None
    metadata: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class BalanceLine:
    """One booking on our balance at Stripe."""

    id: str
    kind: str
    source_id: str
    amount_cents: int
    fee_cents: int
    net_cents: int
    created_at: datetime


@dataclass(frozen=True)
class PayoutFacts:
    id: str
    amount_cents: int
    currency: str
    status: str
    arrives_at: datetime
    created_at: datetime
    livemode: bool
