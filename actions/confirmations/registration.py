"""What the confirmations room offers to the others."""

from datetime import timedelta

from actions import registry
from actions.confirmations.services import forget_expired


def register() -> None:
    registry.register_job(registry.PeriodicJob("confirmations.forget", timedelta(hours=6), forget_expired))
