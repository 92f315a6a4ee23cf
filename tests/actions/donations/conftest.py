"""An open appeal, and payments by card that are possible."""

from __future__ import annotations

import pytest

from actions.donations import processing
from actions.protection.limits import Limit
from tests.actions.donations.reading import SECRET
from tests.factories.donations import AppealFactory
from tests.stubs.stripe_server import stripe_stand_in


@pytest.fixture
def appeal(db):
    return AppealFactory(slug="lights")


@pytest.fixture
def with_key(settings):
    """Gifts by card are on; whoever really asks Stripe finds nobody there."""
    settings.STRIPE_SECRET_KEY = "sk_test_0123456789abcdef"
    settings.STRIPE_WEBHOOK_SECRETS = ["whsec_0123456789abcdef"]
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"


@pytest.fixture
def stripe(settings):
    """A Stripe of the test's own, spoken to over HTTP; its webhooks stay there until a test asks for them."""
    with stripe_stand_in(seed="7") as stand_in:
        settings.STRIPE_SECRET_KEY = stand_in.key
        settings.STRIPE_WEBHOOK_SECRETS = [SECRET]
        settings.STRIPE_API_BASE = stand_in.url
        settings.PROTECTION_LIMITS = {"payment": Limit(1000, 600), "payment-day": Limit(1000, 86_400)}
        processing.forget_rest()
        yield stand_in
