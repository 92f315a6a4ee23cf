"""An open appeal, and payments by card that are possible."""

from __future__ import annotations

import pytest

from tests.factories.donations import AppealFactory


@pytest.fixture
def appeal(db):
    return AppealFactory(slug="lights")


@pytest.fixture
def with_key(settings):
    """Gifts by card are on; whoever really asks Stripe finds nobody there."""
    settings.STRIPE_SECRET_KEY = "sk_test_0123456789abcdef"
    settings.STRIPE_WEBHOOK_SECRETS = ["whsec_0123456789abcdef"]
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"
