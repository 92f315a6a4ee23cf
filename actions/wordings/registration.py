"""What the wordings room does when the app is ready."""

from datetime import timedelta

from actions import registry
from actions.wordings.former import count_again
from actions.wordings.signals import connect


def register() -> None:
    connect()
    registry.register_job(registry.PeriodicJob("wordings.count_again", timedelta(hours=1), count_again))
