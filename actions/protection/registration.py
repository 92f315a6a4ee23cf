"""What the protection room hands to the worker."""

from __future__ import annotations

from datetime import datetime, timedelta

from actions import registry
from actions.protection.admin_scripts import carry_nonce_in_choosers
from actions.protection.breaker import sweep_breakers
from actions.protection.challenge.proof_of_work import sweep_proofs
from actions.protection.limits import sweep_limits
from actions.protection.mailcap import sweep_allowances
from actions.protection.tokens import sweep_tokens


def sweep(now: datetime) -> None:
    """Delete everything that no longer protects: what was spent, windows that are over, old salts and allowances."""
    sweep_tokens(now)
    sweep_limits(now)
    sweep_allowances(now)
    sweep_proofs(now)
    sweep_breakers(now)


def register() -> None:
    registry.register_job(registry.PeriodicJob("protection.sweep", timedelta(hours=1), sweep))
    carry_nonce_in_choosers()
