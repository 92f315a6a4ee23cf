"""What the outbox room offers to the others."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from actions import registry
from actions.outbox import provider_reports
from actions.outbox.bounce_mailbox import read_mailbox_job
from actions.outbox.bounce_wait import count_as_delivered
from actions.outbox.breaker_news import tell_of_pauses
from actions.outbox.models import OutboxMessage
from actions.outbox.periodic import forget_old_runs
from actions.outbox.supporter_mail import OutboxQueue
from actions.privacy.addresses import canonical_email
from actions.privacy.errors import UndecryptableError
from actions.privacy.retention import blank, retire

log = logging.getLogger(__name__)


def _find(email: str) -> Iterator[Any]:
    """Waiting mails to the mailbox, however it was typed; few, because payloads are blanked once they have left."""
    wanted = _mailbox(email)
    for row in OutboxMessage.objects.filter(payload__isblank=False).iterator():
        if _addressee(row) == wanted:
            yield row


def _addressee(row: OutboxMessage) -> str:
    """One row that cannot be read must not keep a person's others from being found."""
    try:
        return _mailbox(row.payload["to"])
    except UndecryptableError:
        log.error("outbox mail %s cannot be read", row.pk)
        return ""


def _mailbox(address: str) -> str:
    try:
        return canonical_email(address).address
    except ValueError:
        return address


def register() -> None:
    registry.register_queue(OutboxQueue())
    registry.register_job(registry.PeriodicJob("outbox.forget_runs", timedelta(days=1), forget_old_runs))
    registry.register_job(registry.PeriodicJob("outbox.delivered", timedelta(minutes=30), count_as_delivered))
    registry.register_job(registry.PeriodicJob("outbox.bounces", timedelta(minutes=5), read_mailbox_job))
    registry.register_job(registry.PeriodicJob("outbox.breakers", timedelta(minutes=1), tell_of_pauses))
    provider_reports.listen()
    registry.register_source(
        registry.PersonalDataSource(
            name="outbox",
            model=OutboxMessage,
            find=_find,
            tell=lambda row: {"subject": row.payload["subject"], "text": row.payload["text"]},
            erase=blank,
            retire=lambda now: retire(OutboxMessage, now),
        )
    )
