"""Staff are told of a pause once, by mail, with numbers and nobody's name."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.utils import timezone

from actions import registry
from actions.outbox.breaker_news import tell_of_pauses
from actions.outbox.models import OutboxMessage
from actions.outbox.staff_mail import KIND
from actions.protection.breaker import record_failure, record_success
from actions.protection.models import BreakerMinute
from home.site_settings import SiteSettings
from tests.threads import at_once

pytestmark = pytest.mark.django_db
NOW = timezone.now()
HOUR = timedelta(hours=1)


@pytest.fixture
def administrator():
    return get_user_model().objects.create_superuser("admin", "admin@staff.example")


def fail(times: int) -> None:
    for _ in range(times):
        record_failure("donations")


def mails() -> list[dict]:
    return [row.payload for row in OutboxMessage.objects.filter(kind=KIND).order_by("pk")]


def test_a_pause_is_told_once_with_its_numbers(administrator):
    get_user_model().objects.create_user("editor", "editor@staff.example")
    get_user_model().objects.create_superuser("gone", "gone@staff.example", is_active=False)
    fail(101)
    record_success("donations")
    for minute in range(5):
        tell_of_pauses(NOW + timedelta(minutes=minute))
    [mail] = mails()
    assert mail["to"] == "admin@staff.example"
    assert mail["subject"] == "Paused: Donations"
    assert "101 failed and 1 succeeded within 10 minutes." in mail["text"]


def test_a_challenge_alone_wakes_nobody(administrator):
    fail(100)
    tell_of_pauses(NOW)
    assert not mails()


def test_an_attack_that_goes_on_is_told_again_after_six_hours(administrator):
    fail(101)
    for hours in (0, 3, 5, 6, 8):
        tell_of_pauses(NOW + hours * HOUR)
    assert len(mails()) == 2


def test_without_an_administrators_address_the_contact_address_is_told():
    get_user_model().objects.create_superuser("admin", "")
    SiteSettings.objects.update_or_create(site=SiteSettings.current().site, defaults={"contact_email": "us@achk.test"})
    fail(101)
    tell_of_pauses(NOW)
    assert [mail["to"] for mail in mails()] == ["us@achk.test"]


def test_with_no_address_at_all_it_is_logged(caplog):
    fail(101)
    tell_of_pauses(NOW)
    assert "nobody has an address" in caplog.text


def test_a_quiet_minute_costs_one_query(administrator, django_assert_num_queries):
    BreakerMinute.objects.all().delete()
    cache.clear()
    with django_assert_num_queries(1):
        tell_of_pauses(NOW)


@pytest.mark.django_db(transaction=True)
def test_ten_workers_at_once_send_one_mail():
    get_user_model().objects.create_superuser("admin", "admin@staff.example")
    fail(101)
    at_once(10, lambda n: tell_of_pauses(NOW + timedelta(seconds=n * 20)))
    assert len(mails()) == 1


def test_the_worker_looks_every_minute():
    job = next(job for job in registry.jobs() if job.name == "outbox.breakers")
    assert (job.every, job.run) == (timedelta(minutes=1), tell_of_pauses)
