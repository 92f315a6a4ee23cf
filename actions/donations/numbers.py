"""How far an appeal is: what was given and not given back, for the bar; kept for less than a minute."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import F, Sum

from actions.donations.models import Appeal, Payment
from actions.donations.modes import counted
from actions.donations.states import PaymentState

KEPT_SECONDS = 55


@dataclass(frozen=True)
class Raised:
    """``cents`` towards ``goal_cents``."""

    cents: int
    goal_cents: int

    @property
    def percent(self) -> int:
        return min(100, self.cents * 100 // self.goal_cents)


def raised(appeal: Appeal) -> Raised | None:
    """Return what the bar shows; None without a goal. Disputed payments are not ours until the bank says so."""
    if not appeal.goal_cents:
        return None
    key = f"donations-raised:{appeal.pk}"
    cents: int | None = cache.get(key)
    if cents is None:
        rows = Payment.objects.filter(donation__appeal=appeal).exclude(state=PaymentState.DISPUTED)
        cents = counted(rows).aggregate(sum=Sum(F("amount_cents") - F("refunded_cents")))["sum"] or 0
        cache.set(key, cents, KEPT_SECONDS)
    return Raised(cents, appeal.goal_cents)
