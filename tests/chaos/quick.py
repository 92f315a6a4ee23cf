"""Shortens the worker's times to seconds and, for the negative controls, takes its protection away."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

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
        hurry_gifts()
        if settings.WITHOUT_PROTECTION == "dedupe":
            forget_what_was_counted()
        elif settings.WITHOUT_PROTECTION:
            worker.sweep = {"requeue": requeue_blindly, "assume": assume_sent}[settings.WITHOUT_PROTECTION]


def hurry_gifts() -> None:
    from actions.donations import processing

    processing.LEASE, processing.PAUSES, processing.REST_SECONDS = LEASE, [timedelta(seconds=0.5)], 0.3


def forget_what_was_counted() -> None:
    """Take each copy of a webhook for news, and each news of a charge for another charge."""
    from actions.donations import applying, webhook

    keep_event, record_payment = webhook.keep_event, applying.record_payment

    def keep_all(event, *, came_by):
        keep_event(replace(event, id=f"{event.id}-{uuid4().hex[:8]}"), came_by=came_by)

    def record_again(donation, found, *, asked_at, invoice_id=""):
        another = replace(found, id=f"{found.id}-{uuid4().hex[:8]}", payment_intent_id="")
        return record_payment(donation, another, asked_at=asked_at)

    webhook.keep_event, applying.record_payment = keep_all, record_again


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
