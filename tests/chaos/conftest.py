"""A mail server, a crew of workers, and letters that wait."""

from __future__ import annotations

import logging
import os
import random
from collections.abc import Callable, Iterator

import pytest

from actions.letters.models import LetterDelivery
from tests.chaos.workers import Crew, crew
from tests.factories.letters import LetterCampaignFactory, confirmed_letters
from tests.factories.representatives import RepresentativeFactory
from tests.stubs.smtp import SmtpStub

log = logging.getLogger(__name__)


@pytest.fixture
def seed(record_property) -> int:
    """What everything by chance is drawn from; CHAOS_SEED repeats a run."""
    seed = int(os.environ.get("CHAOS_SEED", random.randrange(10**6)))
    record_property("seed", seed)
    log.info("CHAOS_SEED=%s", seed)
    return seed


@pytest.fixture
def mail_server() -> Iterator[SmtpStub]:
    with SmtpStub() as stub:
        yield stub


@pytest.fixture
def workers(transactional_db, mail_server) -> Iterator[Crew]:
    with crew(mail_server.port) as workers:
        yield workers


@pytest.fixture
def write_letters(transactional_db) -> Callable[..., list[LetterDelivery]]:
    """``write_letters(3)``: three people's confirmed letters, to as many MPs as makes sense; nothing else waits.

    The pace is far above what an editor may set, so that it is not what the test waits for.
    """

    def write(count: int, *, mps: int | None = None, pace_per_hour: int = 30_000, **letter) -> list[LetterDelivery]:
        mps = mps or min(count, 10 + count // 40, 100)
        ridings = [person.riding for person in RepresentativeFactory.create_batch(mps)]
        campaign = LetterCampaignFactory(pace_per_hour=pace_per_hour)
        confirmed_letters(campaign, ridings=ridings, count=count, **letter)
        return list(LetterDelivery.objects.order_by("pk"))

    return write
