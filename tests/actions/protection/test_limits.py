"""Counts are exact, need no cache and cannot be traced back to an address."""

from __future__ import annotations

import threading
from datetime import UTC, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from actions.protection import limits
from actions.protection.limits import hit, sweep_limits
from actions.protection.models import DailySalt, LimitWindow

pytestmark = pytest.mark.django_db


def test_the_first_hits_pass_and_the_next_do_not():
    assert [hit("a", limit=3, window_seconds=3600) for _ in range(5)] == [True, True, True, False, False]


def test_buckets_and_windows_are_counted_apart():
    assert hit("a", limit=1, window_seconds=3600)
    assert hit("b", limit=1, window_seconds=3600)
    assert hit("a", limit=1, window_seconds=60)
    assert not hit("a", limit=1, window_seconds=3600)


def test_a_new_window_starts_from_nothing(monkeypatch):
    now, today = limits._database_now()
    assert hit("a", limit=1, window_seconds=600)
    assert not hit("a", limit=1, window_seconds=600)
    monkeypatch.setattr(limits, "_database_now", lambda: (now + 600, today))
    assert hit("a", limit=1, window_seconds=600)


def test_the_database_says_what_time_it_is():
    now, today = limits._database_now()
    assert abs(now - timezone.now().timestamp()) < 60
    assert today == timezone.now().astimezone(UTC).date()


@pytest.mark.django_db(transaction=True)
def test_exactly_the_limit_passes_under_fifty_threads(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    passed, start = [], threading.Barrier(50)

    def knock() -> None:
        start.wait()
        passed.extend(hit("door", limit=25, window_seconds=86_400) for _ in range(4))
        connection.close()

    threads = [threading.Thread(target=knock) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(passed) == 200
    assert sum(passed) == 25


def test_neither_the_bucket_nor_the_address_is_stored():
    hit("letter|198.51.100.7", limit=3, window_seconds=3600)
    row = LimitWindow.objects.get()
    assert len(row.key) == 64
    assert "198" not in str(vars(row)).replace(str(row.ends_at_epoch), "").replace(row.key, "")


def test_another_days_salt_or_another_server_gives_another_key(settings):
    hit("a", limit=3, window_seconds=3600)
    DailySalt.objects.update(salt=b"x" * 32)
    hit("a", limit=3, window_seconds=3600)
    settings.SECRET_KEY = "another server's secret"
    hit("a", limit=3, window_seconds=3600)
    assert LimitWindow.objects.count() == 3


def test_the_sweep_forgets_old_windows_and_salts_only():
    hit("a", limit=3, window_seconds=86_400)
    today = DailySalt.objects.get().day
    for days in (1, 2, 3):
        DailySalt.objects.create(day=today - timedelta(days=days), salt=b"x" * 32)
    LimitWindow.objects.create(key="k" * 64, ends_at_epoch=1, hits=1)
    sweep_limits(timezone.now())
    assert LimitWindow.objects.count() == 1
    assert set(DailySalt.objects.values_list("day", flat=True)) == {today, today - timedelta(days=1)}


def test_an_unknown_limit_is_noticed_at_once():
    with pytest.raises(KeyError):
        limits.limit_named("no such limit")


def test_settings_override_single_limits(settings):
    settings.PROTECTION_LIMITS = {"submit": limits.Limit(2, 60)}
    assert limits.limit_named("submit").hits == 2
    assert limits.limit_named("flood").hits == 600


@pytest.mark.postgres  # SQLite has no such setting
@pytest.mark.django_db(transaction=True)
def test_counting_does_not_wait_for_the_disk_but_what_is_accepted_with_it_does():
    def committing() -> str:
        with connection.cursor() as cursor:
            cursor.execute("SHOW synchronous_commit")
            return cursor.fetchone()[0]

    with CaptureQueriesContext(connection) as seen:
        assert hit("a", limit=1, window_seconds=60)
    assert "synchronous_commit" in seen[-1]["sql"]
    assert committing() == "on"
    with transaction.atomic():
        assert not hit("a", limit=1, window_seconds=60)
        assert committing() == "on"
