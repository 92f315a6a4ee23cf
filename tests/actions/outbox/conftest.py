"""A real mail server on this machine, and a worker's turn of the handle."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from actions.outbox import dispatch
from actions.outbox.clock import database_now
from actions.outbox.models import OutboxMessage
from actions.outbox.smtp import SmtpTransport
from actions.outbox.supporter_mail import OutboxQueue
from tests.factories.outbox import claim
from tests.stubs.smtp import SmtpStub


@pytest.fixture
def queue() -> OutboxQueue:
    return OutboxQueue()


@pytest.fixture
def mail_server(settings) -> Iterator[SmtpStub]:
    with SmtpStub() as stub:
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", stub.port, 0.5
        yield stub


@pytest.fixture
def transport(mail_server) -> Iterator[SmtpTransport]:
    transport = SmtpTransport()
    yield transport
    transport.close()


@pytest.fixture
def send(queue, transport) -> Callable[[], OutboxMessage]:
    """Send the oldest mail that is due and return its row as it is afterwards."""

    def send_one() -> OutboxMessage:
        row = claim(queue, database_now())
        dispatch.deliver(queue, row, transport)
        return OutboxMessage.objects.get(pk=row.pk)

    return send_one
