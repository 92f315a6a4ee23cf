"""An appeal, a cheque for it, and payments that are tests: what tests of the finance role's pages begin with."""

from __future__ import annotations

import pytest
from django.utils import timezone

from actions.donations.models import Donation
from actions.donations.offline import enter
from actions.donations.states import Source
from tests.factories.donations import AppealFactory


@pytest.fixture(autouse=True)
def only_test_payments(settings):
    """Only test payments can be made, so they are the ones that count."""
    settings.STRIPE_SECRET_KEY = "sk_test_0123456789abcdef"
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"


@pytest.fixture
def appeal(db):
    return AppealFactory(slug="lights", name="Lights")


def cheque(appeal, cents: int = 40_00, **changes) -> Donation:
    given = {
        "source": Source.CHEQUE, "received_at": timezone.now(), "language": "en", "entered_by": None,
        "name": "Ann Donor", "email": "ann@example.org",
    }  # fmt: skip
    return enter(appeal=appeal, amount_cents=cents, **{**given, **changes})
