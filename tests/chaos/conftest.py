"""A mail server, a crew of workers, and letters that wait."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from actions.letters import services
from actions.letters.models import LetterDelivery
from actions.outbox.models import OutboxMessage
from tests.chaos.workers import Crew, crew
from tests.factories.letters import LetterCampaignFactory, written_letter
from tests.factories.representatives import RepresentativeFactory
from tests.stubs.smtp import SmtpStub


@pytest.fixture
def mail_server() -> Iterator[SmtpStub]:
    with SmtpStub() as stub:
        yield stub


@pytest.fixture
def workers(transactional_db, mail_server) -> Iterator[Crew]:
    with crew(mail_server.port) as workers:
        yield workers


@pytest.fixture
def write_letters(transactional_db) -> Callable[[int], list[LetterDelivery]]:
    """``write_letters(3)``: three people's confirmed letters to up to ten MPs; nothing else waits."""

    def write(count: int) -> list[LetterDelivery]:
        ridings = [person.riding for person in RepresentativeFactory.create_batch(min(count, 10))]
        campaign = LetterCampaignFactory(pace_per_hour=30_000)
        for number in range(count):
            riding = ridings[number % len(ridings)]
            letter = written_letter(campaign, riding=riding, email=f"writer{number}@writer.example")
            services.confirm(letter_id=letter.pk)
        OutboxMessage.objects.all().delete()
        return list(LetterDelivery.objects.order_by("pk"))

    return write
