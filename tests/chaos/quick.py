"""Shortens the worker's times to seconds and, for the negative control, takes its protection away."""

from __future__ import annotations

from datetime import timedelta

from django.apps import AppConfig

LEASE = timedelta(seconds=2)


class QuickConfig(AppConfig):
    name = "tests.chaos"
    label = "chaos"

    def ready(self) -> None:
        from django.conf import settings

        from actions.letters.delivery import LetterQueue
        from actions.outbox import dispatch, smtp, worker

        dispatch.LEASE, dispatch.BACKOFF = LEASE, [timedelta(seconds=0.3)]
        smtp.BUDGET_SECONDS = 1.5
        worker.SWEEP_EVERY, worker.IDLE_SECONDS = timedelta(seconds=0.3), 0.1
        pace_seconds = LetterQueue.pace_seconds
        LetterQueue.pace_seconds = lambda queue, row: pace_seconds(queue, row) / settings.CLOCK_RUNS_TIMES
        if settings.WITHOUT_PROTECTION:
            worker.sweep = {"requeue": requeue_blindly, "assume": assume_sent}[settings.WITHOUT_PROTECTION]


def requeue_blindly(queue, now) -> int:
    """Send again whatever a dead worker had in hand."""
    from actions.outbox.dispatch import RELEASED
    from actions.outbox.states import DispatchState

    stale = queue.model._default_manager.filter(state=DispatchState.SENDING, lease_until__lt=now)
    return stale.update(state=DispatchState.QUEUED, next_attempt_at=now, **RELEASED)


def assume_sent(queue, now) -> int:
    """Take for sent whatever a dead worker had in hand."""
    from actions.outbox.states import DispatchState

    stale = queue.model._default_manager.filter(state=DispatchState.SENDING, lease_until__lt=now)
    return stale.update(state=DispatchState.SENT)
