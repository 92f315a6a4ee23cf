"""Periodic jobs: each due time is run by exactly one worker, however many there are."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta

from django.db import IntegrityError, transaction

from actions import registry
from actions.outbox.clock import database_now
from actions.outbox.models import JobRun, WorkerBeat
from actions.registry import PeriodicJob

log = logging.getLogger(__name__)

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
KEEP_RUNS = timedelta(days=30)


def due_time(job: PeriodicJob, now: datetime) -> datetime:
    """Return the latest time at or before ``now`` at which the job is due; the same for every worker."""
    return EPOCH + ((now - EPOCH) // job.every) * job.every


def run_due_jobs(now: datetime) -> list[str]:
    """Run what is due and not yet taken by another worker; returns the names run here.

    A job that fails is logged by name and waits for its next due time; the others go on.
    """
    ran = []
    for job in registry.jobs():
        run = take(job, due_time(job, now))
        if run is None:
            continue
        try:
            job.run(now)
        except Exception as error:  # noqa: BLE001 - one failing job must not stop the others
            log.error("job %s failed: %s", job.name, type(error).__name__)
        else:
            run.succeeded = True
        run.ended_at = database_now()
        run.save(update_fields=["succeeded", "ended_at"])
        ran.append(job.name)
    return ran


def run_chores(now: datetime) -> bool:
    """Run what is looked for in each round; one that fails is logged by name, and the mails go on."""
    was_busy = False
    for chore in registry.chores():
        try:
            was_busy = chore.run(now) or was_busy
        except Exception as error:  # noqa: BLE001 - counting must not stop the mails
            log.error("chore %s failed: %s", chore.name, type(error).__name__)
    return was_busy


def take(job: PeriodicJob, due_at: datetime) -> JobRun | None:
    """Claim one due time; None when it is taken."""
    if JobRun.objects.filter(name=job.name, due_at__gte=due_at).exists():
        return None
    try:
        with transaction.atomic():
            return JobRun.objects.create(name=job.name, due_at=due_at)
    except IntegrityError:
        return None


def forget_old_runs(now: datetime) -> None:
    """Delete the records of old runs and of workers long gone."""
    JobRun.objects.filter(due_at__lt=now - KEEP_RUNS).delete()
    WorkerBeat.objects.filter(seen_at__lt=now - KEEP_RUNS).delete()
