"""Periodic jobs: once per due time, whatever the number of workers, and none stops another."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections

from actions import registry
from actions.outbox.clock import database_now
from actions.outbox.models import JobRun, WorkerBeat
from actions.outbox.periodic import due_time, forget_old_runs, run_chores, run_due_jobs
from actions.registry import PeriodicJob

HOUR = timedelta(hours=1)


@pytest.fixture
def jobs(monkeypatch) -> list[PeriodicJob]:
    """The registered jobs; the test hands in its own."""
    shelf: list[PeriodicJob] = []
    monkeypatch.setattr(registry, "jobs", lambda: shelf)
    return shelf


@pytest.mark.django_db
def test_a_job_runs_once_per_due_time_and_once_after_a_long_downtime(jobs):
    ran: list = []
    jobs.append(PeriodicJob("count", HOUR, ran.append))
    start = due_time(jobs[0], database_now())
    moments = [start, start + HOUR / 2, start + HOUR, start + 1.5 * HOUR, start + 100.5 * HOUR, start + 100.9 * HOUR]
    assert [run_due_jobs(moment) for moment in moments] == [["count"], [], ["count"], [], ["count"], []]
    assert len(ran) == 3


@pytest.mark.django_db
def test_a_failing_job_stops_no_other_and_waits_for_its_next_due_time(jobs, caplog):
    ran: list = []

    def fail(now):
        raise ValueError("someone@writer.example")

    jobs += [PeriodicJob("bad", HOUR, fail), PeriodicJob("good", HOUR, ran.append)]
    now = database_now()
    assert run_due_jobs(now) == ["bad", "good"]
    assert run_due_jobs(now) == []
    assert dict(JobRun.objects.values_list("name", "succeeded")) == {"bad": False, "good": True}
    assert "ValueError" in caplog.text
    assert "writer.example" not in caplog.text
    assert run_due_jobs(now + HOUR) == ["bad", "good"]


@pytest.mark.django_db(transaction=True)
def test_workers_that_come_at_the_same_moment_run_a_job_once(jobs):
    ran: list = []
    jobs += [PeriodicJob(f"job{number}", HOUR, lambda now, number=number: ran.append(number)) for number in range(5)]
    start, barrier = database_now(), threading.Barrier(4)

    def work(_):
        try:
            barrier.wait(10)
            return [run_due_jobs(start + turn * HOUR) for turn in range(3)]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    assert JobRun.objects.count() >= 5
    assert len(ran) == JobRun.objects.count()
    assert not JobRun.objects.filter(succeeded=False).exists()


@pytest.mark.django_db
def test_old_runs_and_workers_long_gone_are_forgotten(jobs):
    now = database_now()
    jobs.append(PeriodicJob("count", HOUR, lambda now: None))
    run_due_jobs(now - 40 * 24 * HOUR), run_due_jobs(now)
    WorkerBeat.objects.create(seen_at=now - 40 * 24 * HOUR)
    forget_old_runs(now)
    assert JobRun.objects.count() == 1
    assert not WorkerBeat.objects.exists()


def test_every_registered_job_has_a_due_time_in_the_last_interval():
    now = datetime(2027, 3, 14, 7, 30, tzinfo=UTC)
    for job in registry.jobs():
        assert now - job.every < due_time(job, now) <= now


def test_a_chore_that_fails_is_logged_by_name_and_the_others_run(monkeypatch, caplog):
    ran = []

    def fail(now):
        raise ValueError("tai-man@writer.example")

    chores = [registry.Chore("broken", fail), registry.Chore("whole", lambda now: ran.append(now) or True)]
    monkeypatch.setattr(registry, "chores", lambda: chores)
    assert run_chores(datetime.now(UTC)) is True
    assert len(ran) == 1
    assert "chore broken failed: ValueError" in caplog.text
    assert "writer.example" not in caplog.text
