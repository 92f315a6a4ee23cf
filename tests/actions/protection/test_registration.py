"""The worker is told to forget."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from actions import registry
from actions.protection.limits import hit
from actions.protection.mailcap import reserve
from actions.protection.models import DailySalt, LimitWindow, MailAllowance, SpentToken
from actions.protection.tokens import spend_token


@pytest.mark.django_db
def test_the_hourly_sweep_leaves_nothing_of_three_days_ago():
    sweep = next(job for job in registry.jobs() if job.name == "protection.sweep")
    hit("a", limit=1, window_seconds=60)
    reserve(address="may@example.org", now=timezone.now())
    spend_token(uuid.uuid4())
    LimitWindow.objects.update(ends_at_epoch=1)
    DailySalt.objects.update(day="2020-01-01")
    sweep.run(timezone.now() + timedelta(days=3))
    for model in (DailySalt, LimitWindow, MailAllowance, SpentToken):
        assert not model.objects.exists(), model
